/** What clients have handed in to simulated nodes, who holds it, and what is counted of it. */
import type { GossipNode } from '../gossip/node.ts'
import type { Value } from '../gossip/value.ts'
import type { Figures, LoadFigures } from '../measure/figures.ts'
import { LoadRecorder } from '../measure/load/load-recorder.ts'
import { Recorder, type RunRecord } from '../measure/recorder.ts'
import { type HandIn, handIns, type Load, roundOf } from '../scenario/load.ts'
import { NodeSet } from './node-set.ts'
import type { Scheduler } from './scheduler.ts'

/** The value of a key that was handed in last, and the live nodes that hold it. */
interface Handed {
  readonly value: Value
  readonly holders: NodeSet
}

export class HandedIn {
  /** Of the value that was handed in last, or of all since a load began. */
  record: RunRecord
  /** Values of loads that are still to come. */
  toCome = 0
  readonly #nodes: number
  readonly #keys = new Map<string, Handed>()
  #last: Handed | undefined
  /** Over all keys, how many nodes hold the last value. */
  #held = 0

  constructor(nodes: number) {
    this.#nodes = nodes
    this.record = new Recorder(nodes)
  }

  /** From here on all values are counted, not only the last; those of the load come, each in its time. */
  load(load: Load, time: Scheduler, rounds: boolean, handIn: (it: HandIn) => void): void {
    if (this.record instanceof Recorder) this.record = new LoadRecorder(this.#nodes)
    const since = time.now
    for (const it of handIns(load, this.#nodes)) {
      this.toCome += 1
      time.byClient(since + (rounds ? roundOf(it.after) : it.after), () => {
        this.toCome -= 1
        handIn(it)
      })
    }
  }

  /** A client hands in a value that is newer than all before. @param now ms, or rounds @param text null deletes */
  add(node: number, key: string, text: string | null, now: number): Value {
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
  taken(node: number, { key, timestamp, value }: Value): void {
    const handed = key === this.#last?.value.key ? this.#last : this.#keys.get(key)
    if (handed === undefined) return
    const { timestamp: newest, value: text } = handed.value
    this.#set(handed.holders, node, timestamp === newest && value === text)
  }

  /** It holds nothing any more. */
  lost(node: number): void {
    for (const { holders } of this.#keys.values()) this.#set(holders, node, false)
  }

  /** How many hold the value that was handed in last. */
  get infected(): number {
    return this.#last?.holders.size ?? 0
  }

  /** Do so many nodes, all that live, hold the last value of each key? */
  isWith(live: number): boolean {
    return this.#keys.size > 0 && this.#held === live * this.#keys.size
  }

  /** @param live how many nodes live @param nodes those that do */
  figures(live: number, nodes: () => Iterable<Pick<GossipNode, 'get'>>): Figures & Partial<LoadFigures> {
    const { record } = this
    if (record instanceof Recorder) return record.figures(this.infected, live)
    // Of one key a newer value counts for the older ones.
    let pairs = 0
    for (const node of nodes()) pairs += record.heldBy((key) => node.get(key)?.timestamp)
    return record.figures(pairs / Math.max(1, record.values), live)
  }

  #set(holders: NodeSet, node: number, isIn: boolean): void {
    this.#held -= holders.size
    holders.set(node, isIn)
    this.#held += holders.size
  }
}
