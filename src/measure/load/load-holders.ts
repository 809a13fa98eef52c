/** Who holds what of a load just now, of all keys, out of events. */
import { DEFAULT_KEY } from '../../gossip/value.ts'
import type { GossipEvent } from '../event.ts'
import type { LoadRecorder } from './load-recorder.ts'

/** What a node holds of a key. */
interface Held {
  readonly timestamp: number
  readonly at: number
}

type ByKey = Map<string, Held>

export class LoadHolders {
  readonly #record: LoadRecorder
  readonly #nodes: Map<string, ByKey>
  /** What nodes held that have stopped: those that start again with a value start with all of it. */
  readonly #stopped = new Map<string, ByKey>()

  /** @param record which values there are */
  constructor(record: LoadRecorder, nodes: ReadonlyMap<string, ByKey> = new Map()) {
    this.#record = record
    this.#nodes = new Map([...nodes].map(([node, held]) => [node, new Map(held)]))
  }

  copy(): LoadHolders {
    return new LoadHolders(this.#record, this.#nodes)
  }

  /** How many of these nodes, or of all, hold a value or a newer one of its key: the mean over the values. */
  count(nodes: Iterable<string> = this.#nodes.keys()): number {
    let pairs = 0
    for (const node of nodes) {
      const held = this.#nodes.get(node)
      if (held !== undefined) pairs += this.#record.heldBy((key) => held.get(key)?.timestamp)
    }
    return pairs / Math.max(1, this.#record.values)
  }

  /** Has it told that already? */
  hasTold({ node, at, timestamp, key = DEFAULT_KEY }: GossipEvent): boolean {
    const held = this.#nodes.get(node)?.get(key)
    return held !== undefined && held.timestamp === timestamp && held.at === at
  }

  see({ event, node, at, type, timestamp, key = DEFAULT_KEY }: GossipEvent): void {
    if (event === 'stopped') this.#stop(node)
    else if (event === 'started') this.#start(node, timestamp, key, at)
    else if (timestamp === undefined || type !== 'value') return
    else if (event === 'updated') this.#of(node).set(key, { timestamp, at })
    // Who passes it on holds it, even if its recording begins later or lacks a start.
    else if (event === 'sent') this.#sends(node, timestamp, key, at)
  }

  #stop(node: string): void {
    const held = this.#nodes.get(node)
    if (held !== undefined) this.#stopped.set(node, held)
    this.#nodes.delete(node)
  }

  /** @param timestamp of a value that it has kept, if it has kept any */
  #start(node: string, timestamp: number | undefined, key: string, at: number): void {
    this.#nodes.delete(node)
    const before = this.#stopped.get(node)
    this.#stopped.delete(node)
    if (timestamp === undefined) return
    this.#nodes.set(node, before ?? new Map())
    this.#sends(node, timestamp, key, at)
  }

  #sends(node: string, timestamp: number, key: string, at: number): void {
    const held = this.#of(node)
    if ((held.get(key)?.timestamp ?? -1) < timestamp) held.set(key, { timestamp, at })
  }

  #of(node: string): ByKey {
    const known = this.#nodes.get(node)
    if (known !== undefined) return known
    const held: ByKey = new Map()
    this.#nodes.set(node, held)
    return held
  }
}
