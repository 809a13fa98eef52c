/** Counts what becomes of the value that was propagated last, for the figures of a run. */
import { DEFAULT_KEY } from '../gossip/default-key.ts'
import type { GossipEvent } from './event.ts'
import type { Figures } from './figures.ts'
import type { LoadRecorder } from './load/load-recorder.ts'

const NEVER = -1

/** What is counted about one value; figures are read off it. */
export interface Totals {
  /** Nodes that it came to, besides the first. */
  readonly reached: number
  readonly timeSum: number
  readonly timeLast: number
  readonly hopsLast: number
  /** Receptions beyond a node's first. */
  readonly receptions: number
  readonly withValue: number
  readonly without: number
  readonly bytes: number
  readonly lost: number
  readonly duplicated: number
}

/** Fed by direct calls from a simulator, or from recorded events: the same figures either way. */
export class Recorder {
  #nodes: number
  #origin = 0
  #timestamp = NEVER
  #key = DEFAULT_KEY
  #since = 0
  /** Which nodes have had the value: bytes, because most receptions are asked about it. */
  #isReached: Uint8Array
  #firstAt: Float64Array
  #reached = 0
  #timeSum = 0
  #timeLast = 0
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
    this.#isReached = new Uint8Array(nodes)
    this.#firstAt = new Float64Array(nodes).fill(NEVER)
  }

  /** A client hands that value to that node: from here on all figures are about it. */
  begin(node: number, timestamp: number, at: number, key = DEFAULT_KEY): void {
    this.#origin = node
    this.#timestamp = timestamp
    this.#key = key
    this.#since = at
    this.#isReached.fill(0)
    this.#isReached[node] = 1
    this.#firstAt.fill(NEVER)
    this.#firstAt[node] = 0
    this.#reached = this.#timeSum = this.#timeLast = this.#hopsLast = this.#receptions = 0
    this.#withValue = this.#without = this.#bytes = this.#lost = this.#duplicated = 0
  }

  /** Makes room for at least so many nodes, where their number is not known before. */
  grow(nodes: number): void {
    if (nodes <= this.#nodes) return
    const [isReached, firstAt] = [this.#isReached, this.#firstAt]
    this.#nodes = Math.max(nodes, 2 * this.#nodes)
    this.#isReached = new Uint8Array(this.#nodes)
    this.#isReached.set(isReached)
    this.#firstAt = new Float64Array(this.#nodes).fill(NEVER)
    this.#firstAt.set(firstAt)
  }

  /** 1 for each node that has had the value. */
  get isReached(): Readonly<Uint8Array> {
    return this.#isReached
  }

  /** The node that the value was handed to. */
  get origin(): number {
    return this.#origin
  }

  /** @param timestamp of the value that the message carries, undefined if it carries none */
  sent(timestamp: number | undefined, bytes: number, key = DEFAULT_KEY): void {
    if (timestamp === this.#timestamp && key === this.#key) this.#withValue += 1
    else this.#without += 1
    this.#bytes += bytes
  }

  received(node: number, timestamp: number | undefined, hops: number, at: number, key = DEFAULT_KEY): void {
    if (timestamp !== this.#timestamp || key !== this.#key) return
    if (this.#isReached[node] === 1) {
      this.#receptions += 1
      return
    }
    this.#isReached[node] = 1
    const time = at - this.#since
    this.#firstAt[node] = time
    this.#reached += 1
    this.#timeSum += time
    this.#timeLast = Math.max(this.#timeLast, time)
    this.#hopsLast = Math.max(this.#hopsLast, hops)
  }

  /** A node took it: its first copy, unless one was received before. */
  taken(node: number, timestamp: number | undefined, hops: number, at: number, key = DEFAULT_KEY): void {
    if (this.#isReached[node] !== 1) this.received(node, timestamp, hops, at, key)
  }

  lost(): void {
    this.#lost += 1
  }

  duplicated(): void {
    this.#duplicated += 1
  }

  /** When the value first came to each node that it reached, since its injection, sorted: the S-curve. */
  curve(): Float64Array {
    return this.#firstAt.filter((time) => time !== NEVER).sort()
  }

  /**
   * @param infected live nodes that hold the value
   * @param live live nodes
   * @param nodes all nodes, where there are fewer than there is room for
   */
  figures(infected: number, live: number, nodes = this.#nodes): Figures {
    return figuresOf(this.totals(), infected, live, nodes)
  }

  totals(): Totals {
    return {
      reached: this.#reached,
      timeSum: this.#timeSum,
      timeLast: this.#timeLast,
      hopsLast: this.#hopsLast,
      receptions: this.#receptions,
      withValue: this.#withValue,
      without: this.#without,
      bytes: this.#bytes,
      lost: this.#lost,
      duplicated: this.#duplicated,
    }
  }
}

/** As `Recorder.figures`. */
export function figuresOf(totals: Totals, infected: number, live: number, nodes: number): Figures {
  const { reached, timeSum, timeLast, hopsLast, receptions, withValue, without } = totals
  const { bytes, lost, duplicated } = totals
  return {
    infected,
    residue: live === 0 ? 0 : (live - infected) / live,
    traffic: withValue / nodes,
    control: without / nodes,
    tAverage: reached === 0 ? 0 : timeSum / reached,
    tLast: timeLast,
    hopsLast,
    duplicates: receptions / nodes,
    messages: withValue + without,
    bytes,
    lost,
    duplicated,
  }
}

/** What is told of every message and every first copy, of one value or of many. */
export type RunRecord = Recorder | LoadRecorder

/** Tells a record of an event. @param node the number of the node that tells it */
export function note(record: RunRecord, it: GossipEvent, node: number): void {
  const { event, type, peer, timestamp, key, hops = 0, at, bytes = 0, copies = 1 } = it
  const value = type === 'value' ? timestamp : undefined
  if (event === 'sent') {
    record.sent(value, bytes, key)
    if (copies > 1) record.duplicated()
  } else if (event === 'received') record.received(node, value, hops, at, key)
  // A recording may lack what was received.
  else if (event === 'updated' && peer !== undefined) record.taken(node, value, hops, at, key)
  else if (event === 'lost') record.lost()
}
