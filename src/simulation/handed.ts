/** What clients have handed in to simulated nodes, who holds it, and what is counted of it. */
import type { GossipNode } from '../gossip/node.ts'
import type { Value } from '../gossip/value.ts'
import { LoadRecorder } from '../measure/load/load-recorder.ts'
import { Recorder, type RunRecord } from '../measure/recorder.ts'
import { NodeSet } from './node-set.ts'

/** The value of a key that was handed in last, and the live nodes that hold it. */
interface Handed {
  readonly value: Value
  readonly holders: NodeSet
}

export class HandedIn {
  /** Of the value that was handed in last, or of all since a load began. */
  record: RunRecord
  readonly #nodes: number
  readonly #keys = new Map<string, Handed>()
  #last: Handed | undefined
  /** Over all keys, how many nodes hold the last value. */
  #held = 0

  constructor(nodes: number) {
    this.#nodes = nodes
    this.record = new Recorder(nodes)
  }

  /** From here on all values are counted, not only the last. */
  beginLoad(): void {
    if (!this.isLoad) this.record = new LoadRecorder(this.#nodes)
  }

  get isLoad(): boolean {
    return this.record instanceof LoadRecorder
  }

  /** A client hands in a value that is newer than all before. @param now ms, or rounds @param text null deletes */
  add(node: number, text: string | null, key: string, now: number): Value {
    const timestamp = Math.max(Math.floor(now), (this.#last?.value.timestamp ?? -1) + 1)
    const value = { key, value: text, timestamp }
    const holders = this.#keys.get(key)?.holders ?? new NodeSet(this.#nodes)
    this.#held -= holders.size
    holders.clear()
    this.#last = { value, holders }
    this.#keys.set(key, this.#last)
    this.record.begin(node, timestamp, now, key)
    return value
  }

  /** A node took a value. */
  took(node: number, { key, timestamp, value }: Value): void {
    const handed = key === this.#last?.value.key ? this.#last : this.#keys.get(key)
    if (handed === undefined) return
    const { timestamp: newest, value: text } = handed.value
    this.#set(handed.holders, node, timestamp === newest && value === text)
  }

  /** It holds nothing any more. */
  killed(node: number): void {
    for (const { holders } of this.#keys.values()) this.#set(holders, node, false)
  }

  /** How many hold the value that was handed in last. */
  get infected(): number {
    return this.#last?.holders.size ?? 0
  }

  /** Do so many nodes, all that live, hold the last value of each key? */
  areHeldBy(live: number): boolean {
    return this.#keys.size > 0 && this.#held === live * this.#keys.size
  }

  /**
   * How many live nodes ended with the value; of a load the mean over its values, of which a newer one of the same key
   * counts for the older ones.
   * @param live the nodes that live
   */
  ended(live: () => Iterable<Pick<GossipNode, 'get'>>): number {
    const { record } = this
    if (record instanceof Recorder) return this.infected
    let pairs = 0
    for (const node of live()) pairs += record.heldBy((key) => node.get(key)?.timestamp)
    return pairs / Math.max(1, record.values)
  }

  #set(holders: NodeSet, node: number, isIn: boolean): void {
    this.#held -= holders.size
    holders.set(node, isIn)
    this.#held += holders.size
  }
}
