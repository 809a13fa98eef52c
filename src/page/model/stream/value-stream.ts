/**
 * Many values at once, as one: how many are handed in, what share is delivered, how long it takes, and who works most.
 * More than `OVERLAP` values under way at the same time are a stream; it lasts until one is handed in after `WINDOW_MS`
 * without any. A value is under way from its injection, for `WINDOW_MS` at most, until every live node has had it or a newer one of its key comes.
 * All of it is kept for the last `WINDOW_MS`, and a line of figures a second.
 */
import { DEFAULT_KEY } from '../../../gossip/default-key.ts'
import type { GossipEvent } from '../../../measure/event.ts'
import { DelayCounts } from '../../../measure/load/delay-counts.ts'
import { NodeBits } from '../../../measure/load/node-bits.ts'
import { compareValues, type ValueId, ValueMap } from '../value-id.ts'
import { type Load, Traffic } from './traffic.ts'

/** Values under way at once that are still shown one by one. */
export const OVERLAP = 8
/** Ms for which values, deliveries and messages count. */
export const WINDOW_MS = 30_000
/** Values that count, at most: the last ones. */
export const MAX_VALUES = 1000
/** Ms between two lines of figures, and how many are kept. */
export const STEP_MS = 1000
export const MAX_MOMENTS = 180
const STEPS = WINDOW_MS / STEP_MS

/** The figures at one moment; all but the first are of the last `WINDOW_MS`. */
export interface StreamFigures {
  /** Its time, by the events' clock, in ms. */
  readonly at: number
  /** Values a second that were handed in since the last one. */
  readonly rate: number
  /** Share of all pairs of a value and a live node that had it, or a newer one of its key; null where there are none. */
  readonly delivered: number | null
  /** Ms from a value's injection to a node's first copy: what half, nine of ten and all of them did not exceed. */
  readonly delays: readonly [half: number, most: number, all: number] | null
}

interface Value extends ValueId {
  readonly at: number
  /** Nodes that have had it. */
  readonly nodes: NodeBits
  /** It is with all live nodes, or was, or a newer one of its key came. */
  isThrough: boolean
}

interface Cluster {
  live(): ReadonlySet<string>
  numberOf(node: string): number
}

export class ValueStream {
  /** The last ones, oldest first, a second apart. */
  readonly moments: StreamFigures[] = []
  /** Are there so many values at once that no one can follow each? */
  isOn = false
  /** Since the stream began. */
  handedIn = 0
  /** When it began, by the events' clock. */
  beganAt = 0
  readonly #cluster: Cluster
  readonly #traffic = new Traffic(STEPS)
  /** Of each step that counts, the newest, which goes on, last. */
  readonly #delays: DelayCounts[] = [new DelayCounts()]
  /** In the order in which they were handed in. */
  readonly #values: Value[] = []
  readonly #byValue = new ValueMap<Value>()
  #stepAt: number | undefined
  #now = 0
  #inStep = 0
  #lastAt = Number.NEGATIVE_INFINITY

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** In order of time; what comes late counts as now. */
  see(event: GossipEvent): void {
    const { event: what, node, peer, at, bytes = 0 } = event
    if (what === 'network') return
    this.#goOn(at)
    const number = this.#cluster.numberOf(node)
    if (what === 'sent') {
      this.#traffic.sent(number, node, bytes)
      if (peer !== undefined) this.#traffic.isSentTo(this.#cluster.numberOf(peer), peer, bytes)
    } else if (what === 'received') {
      if (peer !== undefined) this.#traffic.got(number, node)
      this.#came(event, number)
    } else if (what === 'updated') {
      if (peer === undefined) this.#begin(event, number)
      else this.#came(event, number)
    } else if (what === 'started' && event.timestamp === undefined)
      // It has kept nothing.
      for (const it of this.#values) it.nodes.delete(number)
  }

  /** As things are now. */
  get figures(): StreamFigures {
    this.#forget()
    const seconds = Math.max(1, (this.#now - (this.#stepAt ?? 0)) / STEP_MS)
    return this.#figuresAt(this.#now, this.#inStep / seconds)
  }

  /** Values that count just now. */
  get size(): number {
    return this.#values.length
  }

  busiest(count: number): Load[] {
    const closed = (this.#delays.length - 1) * STEP_MS
    return this.#traffic.busiest(count, Math.max(STEP_MS, closed + this.#now - (this.#stepAt ?? 0)) / 1000)
  }

  /** Ends the steps that are over. After a silence, or where the clock is set, it begins anew. */
  #goOn(at: number): void {
    this.#stepAt ??= at
    if (at < this.#stepAt - WINDOW_MS || at > this.#stepAt + MAX_MOMENTS * STEP_MS) this.#restart(at)
    while (at >= this.#stepAt + STEP_MS) this.#closeStep(this.#stepAt + STEP_MS)
    this.#now = Math.max(at, this.#stepAt)
  }

  #restart(at: number): void {
    this.#stepAt = at
    this.#inStep = 0
    this.moments.length = 0
    this.#delays.splice(0, this.#delays.length, new DelayCounts())
    this.#traffic.clear()
    for (const it of this.#values.splice(0)) this.#byValue.delete(it)
  }

  #closeStep(at: number): void {
    this.#now = at
    this.#forget()
    if (this.isOn) {
      this.moments.push(this.#figuresAt(at, this.#inStep))
      if (this.moments.length > MAX_MOMENTS) this.moments.shift()
    }
    this.#stepAt = at
    this.#inStep = 0
    this.#traffic.close()
    this.#delays.push(new DelayCounts())
    if (this.#delays.length > STEPS + 1) this.#delays.shift()
  }

  /** Values that count no more. */
  #forget(): void {
    const old = this.#values.findIndex((it) => it.at > this.#now - WINDOW_MS)
    const count = Math.max(old === -1 ? this.#values.length : old, this.#values.length - MAX_VALUES)
    for (const it of this.#values.splice(0, count)) this.#byValue.delete(it)
  }

  #figuresAt(at: number, rate: number): StreamFigures {
    const delays = new DelayCounts()
    for (const it of this.#delays) delays.include(it)
    const [half = 0, most = 0, all = 0] = delays.quantiles([0.5, 0.9, 1])
    return { at, rate, delivered: this.#delivered(), delays: delays.count === 0 ? null : [half, most, all] }
  }

  #delivered(): number | null {
    const live = this.#live()
    if (live.length === 0 || this.#values.length === 0) return null
    let pairs = 0
    // Of each key, who has had one of those that are newer.
    const newer = new Map<string, NodeBits>()
    for (const { key, nodes } of this.#values.toSorted((a, b) => compareValues(b, a))) {
      const have = newer.get(key) ?? new NodeBits(live.length)
      newer.set(key, have)
      for (const node of live) {
        if (nodes.has(node)) have.add(node)
        if (have.has(node)) pairs += 1
      }
    }
    return pairs / (live.length * this.#values.length)
  }

  #live(): number[] {
    return [...this.#cluster.live()].map((it) => this.#cluster.numberOf(it))
  }

  #begin({ timestamp, key = DEFAULT_KEY, at }: GossipEvent, node: number): void {
    if (timestamp === undefined || this.#byValue.get(timestamp, key) !== undefined) return
    if (at - this.#lastAt > WINDOW_MS) this.isOn = false
    this.#lastAt = Math.max(this.#lastAt, at)
    const value: Value = { key, timestamp, at, nodes: new NodeBits(0), isThrough: false }
    value.nodes.add(node)
    if (!this.isOn)
      for (const it of this.#values) if (it.key === key && it.timestamp < timestamp) it.isThrough = true
    this.#values.push(value)
    this.#byValue.set(value, value)
    if (this.#values.length > MAX_VALUES) this.#forget()
    this.#inStep += 1
    this.handedIn += 1
    if (!this.isOn) this.#judge()
  }

  /** Is it a stream from now on? */
  #judge(): void {
    const live = this.#live()
    const underWay = this.#values.filter((it) => {
      it.isThrough ||= live.every((node) => it.nodes.has(node))
      return !it.isThrough && it.at > this.#now - WINDOW_MS
    })
    if (underWay.length <= OVERLAP) return
    this.isOn = true
    this.handedIn = underWay.length
    this.beganAt = underWay[0]!.at
    this.moments.length = 0
  }

  #came({ type, timestamp, key, at }: GossipEvent, node: number): void {
    if (type !== 'value' || timestamp === undefined) return
    const value = this.#byValue.get(timestamp, key)
    if (value?.nodes.add(node)) this.#delays.at(-1)!.add(at - value.at)
  }
}
