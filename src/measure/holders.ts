/** Who holds one value just now, out of events. */
import { DEFAULT_KEY } from '../gossip/default-key.ts'
import type { GossipEvent } from './event.ts'

export class Holders {
  readonly #timestamp: number | undefined
  readonly #key: string
  readonly #since: Map<string, number>

  /** @param timestamp of the value; undefined: of none, which nobody holds */
  constructor(timestamp?: number, key = DEFAULT_KEY, since: ReadonlyMap<string, number> = new Map()) {
    this.#timestamp = timestamp
    this.#key = key
    this.#since = new Map(since)
  }

  get size(): number {
    return this.#since.size
  }

  has(node: string): boolean {
    return this.#since.has(node)
  }

  /** When it took it last, or was first known to hold it. */
  since(node: string): number | undefined {
    return this.#since.get(node)
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#since.keys()
  }

  copy(): Holders {
    return new Holders(this.#timestamp, this.#key, this.#since)
  }

  /** How many of these nodes, or of all, hold it. */
  count(nodes: Iterable<string> = this.#since.keys()): number {
    let count = 0
    for (const it of nodes) if (this.has(it)) count += 1
    return count
  }

  /** Has it told that already? */
  hasTold(it: GossipEvent): boolean {
    return this.#isIt(it) && this.since(it.node) === it.at
  }

  see(it: GossipEvent): void {
    const { event, node, at } = it
    const isIt = this.#isIt(it)
    if (event === 'stopped' || (event === 'started' && !isIt)) this.#since.delete(node)
    else if (!isIt) return
    else if (event === 'updated' || event === 'started') this.#since.set(node, at)
    // Who passes it on holds it, even if its recording begins later or lacks a start.
    else if (event === 'sent') this.add(node, at)
  }

  #isIt({ timestamp, key = DEFAULT_KEY }: GossipEvent): boolean {
    return timestamp !== undefined && timestamp === this.#timestamp && key === this.#key
  }

  /** It is known to hold it. */
  add(node: string, at: number): void {
    if (!this.#since.has(node)) this.#since.set(node, at)
  }

  delete(node: string): void {
    this.#since.delete(node)
  }
}
