/**
 * Many values at once, as one: how many are handed in, what share is delivered, how long it takes, and who works most.
 * More than `OVERLAP` values under way at the same time are a stream; it lasts until one is handed in after `WINDOW_MS`
 * without any. A value is under way from its injection until every live node has had it or a newer one of its key comes,
 * for `WINDOW_MS` at most. There is a line of figures a second, each of the last `WINDOW_MS`.
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
/** Values of which the share is counted that is delivered, at most: the last ones. */
export const MAX_COUNTING = 1000
/** Ms for which it is known of a value to whom it came, and values of which that is known at most. */
export const KEEP_MS = 300_000
export const MAX_KEPT = 5000
/** Ms between two lines of figures, and how many are kept. */
export const STEP_MS = 1000
export const MAX_MOMENTS = 180
const STEPS = WINDOW_MS / STEP_MS

/** What half, nine of ten and all delays did not exceed, in ms: from a value's injection to a node's first copy. */
export type Delays = readonly [half: number, most: number, all: number]

/** The figures at one moment. */
export interface StreamFigures {
  /** Its time, by the events' clock, in ms. */
  readonly at: number
  /** Values that were handed in within the last second, if they come evenly. */
  readonly rate: number
  /** Share of all pairs of a value and a live node that had it, or a newer one of its key; null where there are none. */
  readonly delivered: number | null
  /** Of what came in the last `WINDOW_MS`; null where nothing did. */
  readonly delays: Delays | null
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
  #allDelays = new DelayCounts()
  /** In the order in which they were handed in. */
  readonly #values: Value[] = []
  readonly #byValue = new ValueMap<Value>()
  #stepAt: number | undefined
  #now = 0
  #inStep = 0
  #inStepBefore = 0
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
    const gone = (this.#now - (this.#stepAt ?? 0)) / STEP_MS
    return this.#figuresAt(this.#now, this.#inStep + (1 - gone) * this.#inStepBefore)
  }

  /** As in the figures, of the last values that are known of, however long ago they were handed in. */
  get delivered(): number | null {
    return this.#delivered(this.#values.slice(-MAX_COUNTING))
  }

  /** Since the stream began; null where nothing has come yet. */
  get delays(): Delays | null {
    return quantiles(this.#allDelays)
  }

  /** Values that are known of. */
  get kept(): number {
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
    this.#inStep = this.#inStepBefore = 0
    this.moments.length = 0
    this.#delays.splice(0, this.#delays.length, new DelayCounts())
    this.#traffic.clear()
    for (const it of this.#values.splice(0)) this.#byValue.delete(it)
  }

  #closeStep(at: number): void {
    this.#now = at
    this.#forget()
    if (this.isOn) this.#tell(this.#figuresAt(at, this.#inStep))
    this.#stepAt = at
    this.#inStepBefore = this.#inStep
    this.#inStep = 0
    this.#traffic.close()
    this.#delays.push(new DelayCounts())
    if (this.#delays.length > STEPS + 1) this.#delays.shift()
  }

  /** What is over adds nothing to its end. */
  #tell(figures: StreamFigures): void {
    if (figures.delivered === null && figures.delays === null) return
    this.moments.push(figures)
    if (this.moments.length > MAX_MOMENTS) this.moments.shift()
  }

  #forget(): void {
    const first = this.#values.findIndex((it) => it.at > this.#now - KEEP_MS)
    const old = first === -1 ? this.#values.length : first
    const count = Math.max(old, this.#values.length - MAX_KEPT)
    for (const it of this.#values.splice(0, count)) this.#byValue.delete(it)
  }

  /** Those of the last `WINDOW_MS`. */
  #counting(): Value[] {
    return this.#values.slice(-MAX_COUNTING).filter((it) => it.at > this.#now - WINDOW_MS)
  }

  #figuresAt(at: number, rate: number): StreamFigures {
    const delays = new DelayCounts()
    for (const it of this.#delays) delays.include(it)
    return { at, rate, delivered: this.#delivered(this.#counting()), delays: quantiles(delays) }
  }

  #delivered(values: readonly Value[]): number | null {
    const live = this.#live()
    if (live.length === 0 || values.length === 0) return null
    let pairs = 0
    // Of each key, who has had one of those that are newer.
    const newer = new Map<string, NodeBits>()
    for (const { key, nodes } of values.toSorted((a, b) => compareValues(b, a))) {
      const have = newer.get(key) ?? new NodeBits(live.length)
      newer.set(key, have)
      for (const node of live) {
        if (nodes.has(node)) have.add(node)
        if (have.has(node)) pairs += 1
      }
    }
    return pairs / (live.length * values.length)
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
    if (this.#values.length > MAX_KEPT) this.#forget()
    this.#inStep += 1
    this.handedIn += 1
    if (!this.isOn) this.#judge()
  }

  /** Is it a stream from now on? */
  #judge(): void {
    const live = this.#live()
    const underWay = this.#counting().filter((it) => {
      it.isThrough ||= live.every((node) => it.nodes.has(node))
      return !it.isThrough
    })
    if (underWay.length <= OVERLAP) return
    this.isOn = true
    this.handedIn = underWay.length
    this.beganAt = underWay[0]!.at
    this.moments.length = 0
    this.#allDelays = new DelayCounts()
    for (const it of this.#delays) this.#allDelays.include(it)
  }

  #came({ type, timestamp, key, at }: GossipEvent, node: number): void {
    if (type !== 'value' || timestamp === undefined) return
    const value = this.#byValue.get(timestamp, key)
    if (!value?.nodes.add(node)) return
    this.#delays.at(-1)!.add(at - value.at)
    if (this.isOn) this.#allDelays.add(at - value.at)
  }
}

function quantiles(delays: DelayCounts): Delays | null {
  const [half = 0, most = 0, all = 0] = delays.quantiles([0.5, 0.9, 1])
  return delays.count === 0 ? null : [half, most, all]
}
