/**
 * Counts what becomes of all values of a load, for the figures of a run: of each what a `Recorder` counts of one, in a bit
 * a node and some 100 bytes.
 */
import { DEFAULT_KEY } from '../../gossip/value.ts'
import type { Figures, LoadFigures } from '../figures.ts'
import { DelayCounts } from './delay-counts.ts'
import { NodeBits } from './node-bits.ts'

/** How one value has spread so far. */
class Spread {
  readonly key: string
  readonly since: number
  readonly origin: number
  readonly nodes: NodeBits
  /** Nodes that it came to, besides the first. */
  reached = 0
  timeSum = 0
  timeLast = 0
  /** Another that has the same timestamp, under another key. */
  next: Spread | undefined

  constructor(key: string, since: number, origin: number, nodes: number) {
    this.key = key
    this.since = since
    this.origin = origin
    this.nodes = new NodeBits(nodes)
    this.nodes.add(origin)
  }
}

/** What is counted of a load; figures are read off it. */
export interface LoadTotals {
  readonly values: number
  /** Means over the values that came to another node. */
  readonly tAverage: number
  readonly tLast: number
  /** Delays, over all pairs of a value and a node that it came to. */
  readonly delays: readonly [half: number, most: number, almostAll: number, all: number]
  readonly hopsLast: number
  /** Receptions beyond a node's first. */
  readonly receptions: number
  /** Of all messages. */
  readonly withValue: number
  readonly without: number
  readonly bytes: number
  readonly lost: number
  readonly duplicated: number
}

const SHARES = [0.5, 0.9, 0.99, 1]

/** Fed as a `Recorder` is. */
export class LoadRecorder {
  #nodes: number
  #values = 0
  readonly #spreads = new Map<number, Spread>()
  readonly #delays = new DelayCounts()
  /** By key the timestamps of its values, rising. */
  readonly #versions = new Map<string, number[]>()
  #origin = 0
  #hopsLast = 0
  #receptions = 0
  #withValue = 0
  #without = 0
  #bytes = 0
  #lost = 0
  #duplicated = 0

  /** @param nodes that there is room for */
  constructor(nodes: number) {
    this.#nodes = nodes
  }

  /** A client hands that value to that node. */
  begin(node: number, timestamp: number, at: number, key = DEFAULT_KEY): void {
    if (this.#find(timestamp, key) !== undefined) return
    const spread = new Spread(key, at, node, this.#nodes)
    spread.next = this.#spreads.get(timestamp)
    this.#spreads.set(timestamp, spread)
    this.#values += 1
    this.#origin = node
    const versions = this.#versions.get(key)
    if (versions === undefined) this.#versions.set(key, [timestamp])
    else versions.splice(countUpTo(versions, timestamp), 0, timestamp)
  }

  /** Makes room for at least so many nodes, where their number is not known before. */
  grow(nodes: number): void {
    this.#nodes = Math.max(this.#nodes, nodes)
  }

  /** The node that the last value was handed to. */
  get origin(): number {
    return this.#origin
  }

  get values(): number {
    return this.#values
  }

  /**
   * How many of the values a node has that holds this: itself, or a newer one of its key.
   * @param held the timestamp of what it holds of a key
   */
  heldBy(held: (key: string) => number | undefined): number {
    let count = 0
    for (const [key, versions] of this.#versions) {
      const timestamp = held(key)
      if (timestamp !== undefined) count += countUpTo(versions, timestamp)
    }
    return count
  }

  /** @param timestamp of the value that the message carries, undefined if it carries none */
  sent(timestamp: number | undefined, bytes: number, key = DEFAULT_KEY): void {
    if (timestamp !== undefined && this.#find(timestamp, key) !== undefined) this.#withValue += 1
    else this.#without += 1
    this.#bytes += bytes
  }

  received(node: number, timestamp: number | undefined, hops: number, at: number, key = DEFAULT_KEY): void {
    const spread = timestamp === undefined ? undefined : this.#find(timestamp, key)
    if (spread !== undefined && !this.#reach(spread, node, hops, at)) this.#receptions += 1
  }

  /** A node took it: its first copy, unless one was received before. */
  taken(node: number, timestamp: number | undefined, hops: number, at: number, key = DEFAULT_KEY): void {
    const spread = timestamp === undefined ? undefined : this.#find(timestamp, key)
    if (spread !== undefined) this.#reach(spread, node, hops, at)
  }

  lost(): void {
    this.#lost += 1
  }

  duplicated(): void {
    this.#duplicated += 1
  }

  /**
   * When a value in the mean of all first came to nodes, since its injection, sorted: the S-curve of one whose delays are
   * spread as those of all are.
   */
  curve(): Float64Array {
    if (this.#values === 0) return new Float64Array()
    const reached = Math.round(this.#delays.count / this.#values)
    const shares = Array.from({ length: reached }, (_, i) => (i + 1) / reached)
    return Float64Array.from([0, ...this.#delays.quantiles(shares)])
  }

  /**
   * @param infected live nodes that hold a value, or a newer one of its key: the mean over the values
   * @param live live nodes
   * @param nodes all nodes, where there are fewer than there is room for
   */
  figures(infected: number, live: number, nodes = this.#nodes): Figures & Partial<LoadFigures> {
    return loadFiguresOf(this.totals(), infected, live, nodes)
  }

  totals(): LoadTotals {
    let [came, average, last] = [0, 0, 0]
    for (const spread of this.#spreads.values())
      for (let it: Spread | undefined = spread; it !== undefined; it = it.next) {
        if (it.reached === 0) continue
        came += 1
        average += it.timeSum / it.reached
        last += it.timeLast
      }
    const [half = 0, most = 0, almostAll = 0, all = 0] = this.#delays.quantiles(SHARES)
    return {
      values: this.#values,
      tAverage: came === 0 ? 0 : average / came,
      tLast: came === 0 ? 0 : last / came,
      delays: [half, most, almostAll, all],
      hopsLast: this.#hopsLast,
      receptions: this.#receptions,
      withValue: this.#withValue,
      without: this.#without,
      bytes: this.#bytes,
      lost: this.#lost,
      duplicated: this.#duplicated,
    }
  }

  /** @returns did it come there for the first time? */
  #reach(spread: Spread, node: number, hops: number, at: number): boolean {
    if (!spread.nodes.add(node)) return false
    const time = at - spread.since
    spread.reached += 1
    spread.timeSum += time
    spread.timeLast = Math.max(spread.timeLast, time)
    this.#hopsLast = Math.max(this.#hopsLast, hops)
    this.#delays.add(time)
    return true
  }

  #find(timestamp: number, key: string): Spread | undefined {
    let it = this.#spreads.get(timestamp)
    while (it !== undefined && it.key !== key) it = it.next
    return it
  }
}

/** As `LoadRecorder.figures`: of one value the same as of a `Recorder`. */
export function loadFiguresOf(
  totals: LoadTotals,
  infected: number,
  live: number,
  nodes: number,
): Figures & Partial<LoadFigures> {
  const { values, tAverage, tLast, delays, hopsLast, receptions, withValue, without } = totals
  const { bytes, lost, duplicated } = totals
  const each = Math.max(1, values) * nodes
  const residue = live === 0 ? 0 : (live - infected) / live
  const [delay50, delay90, delay99, delayMax] = delays
  return {
    ...(values > 1 && { values, delivered: live === 0 ? 0 : infected / live }),
    infected,
    residue,
    traffic: withValue / each,
    control: without / each,
    tAverage,
    tLast,
    ...(values > 1 && { delay50, delay90, delay99, delayMax }),
    hopsLast,
    duplicates: receptions / each,
    messages: withValue + without,
    bytes,
    lost,
    duplicated,
  }
}

/** @param sorted rising */
function countUpTo(sorted: readonly number[], most: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= most) low = middle + 1
    else high = middle
  }
  return low
}
