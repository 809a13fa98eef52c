/**
 * How far nodes' clocks are apart, as far as recorded messages tell: none came before it was sent, and nobody passed a
 * value on before it took it. Each message is a bound on the difference of two clocks, those one way from above and
 * those the other way from below.
 */
import { type ClockOffsets, offsetsOf } from './clock-offsets.ts'
import type { GossipEvent } from './event.ts'

/** Of more nodes the clocks are taken as they are: no more are recorded but by a simulator, which has one clock. */
const MOST_NODES = 20_000
/** What is kept, so that a recording of any size is looked at in bounded memory: of what is more nothing is learnt. */
const MOST_PAIRS = 100_000
const MOST_EDGES = 500_000
/** Values that may be under way at a time. */
const MOST_OPEN = 1000
const MOST_ORIGINS = 100_000
/** Messages of one value from one node to another. */
const MOST_COUNTED = 16

interface Moment {
  readonly at: number
  /** Its place among all events. */
  readonly order: number
}

/** Messages of one value from one node to another. */
interface Pair {
  readonly sent: number[]
  readonly received: number[]
  /** When the first came, or was taken. */
  came: Moment | undefined
}

interface Value {
  /** When each node took it first, by its own clock. */
  readonly took: Map<number, Moment>
  readonly pairs: Map<number, Pair>
}

/** A node that was there before its recording began may have taken a value that it takes again. */
const LONG_AGO: Moment = { at: Number.NEGATIVE_INFINITY, order: 0 }
const PAIR = 2 ** 26

export class ClockBounds {
  readonly #numbers = new Map<string, number>()
  /** Is a node recorded from its start on? Of those that told an event of their own. */
  readonly #isWhole = new Map<number, boolean>()
  readonly #open = new Map<number, Value>()
  /** By two nodes: the most ms that the second's clock may be ahead of the first's. */
  readonly #most = new Map<number, number>()
  /** The node that each value was handed to, by its timestamp. */
  readonly #origins = new Map<number, string>()
  #pairs = 0
  #order = 0
  #contradicts = false
  #areTooMany = false

  /** @param it events of one node in their order; those of several in any */
  see(it: GossipEvent): void {
    const { event, node, peer, at, type, timestamp, copies = 1, run, since } = it
    // A simulator's nodes have one clock.
    if (run !== undefined || this.#areTooMany || event === 'network') return
    this.#order += 1
    const number = this.#numberOf(node)
    // Others may name a node before it tells of itself.
    if (!this.#isWhole.has(number)) this.#isWhole.set(number, event === 'started' && since === undefined)
    if (this.#numbers.size > MOST_NODES) {
      this.#giveUp()
      return
    }
    if (event === 'stopped') this.#stopped(number)
    if (type !== 'value' || timestamp === undefined) return
    const moment = { at, order: this.#order }
    if (event === 'updated') {
      const { took } = this.#valueOf(timestamp)
      if (!took.has(number)) took.set(number, moment)
      if (peer === undefined && this.#origins.size < MOST_ORIGINS && !this.#origins.has(timestamp))
        this.#origins.set(timestamp, node)
    }
    if (peer === undefined) return
    const other = this.#numberOf(peer)
    if (event === 'sent') {
      const sent = this.#pairOf(timestamp, number, other)?.sent
      for (let i = 0; i < copies; i++) count(sent, at)
    } else if (event === 'received' || event === 'updated') {
      const pair = this.#pairOf(timestamp, other, number)
      if (pair === undefined) return
      pair.came ??= moment
      if (event === 'received') count(pair.received, at)
    }
  }

  /** To be asked when all were seen. @returns undefined where all clocks may be right */
  offsets(): ClockOffsets | undefined {
    for (const timestamp of this.#open.keys()) this.#close(timestamp)
    if (!this.#contradicts) return undefined
    const edges = [...this.#most].map(([key, most]) => ({
      from: Math.floor(key / PAIR),
      to: key % PAIR,
      most,
    }))
    return offsetsOf([...this.#numbers.keys()], edges, this.#origins)
  }

  #giveUp(): void {
    this.#areTooMany = true
    this.#contradicts = false
    for (const it of [this.#numbers, this.#isWhole, this.#open, this.#most, this.#origins]) it.clear()
  }

  #numberOf(node: string): number {
    const known = this.#numbers.get(node)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(node, number)
    return number
  }

  #stopped(node: number): void {
    if (this.#isWhole.get(node)) return
    for (const { took } of this.#open.values()) if (!took.has(node)) took.set(node, LONG_AGO)
  }

  #valueOf(timestamp: number): Value {
    const known = this.#open.get(timestamp)
    if (known !== undefined) return known
    if (this.#open.size === MOST_OPEN) this.#closeOldest()
    const value: Value = { took: new Map(), pairs: new Map() }
    this.#open.set(timestamp, value)
    return value
  }

  #pairOf(timestamp: number, from: number, to: number): Pair | undefined {
    const { pairs } = this.#valueOf(timestamp)
    const key = from * PAIR + to
    const known = pairs.get(key)
    if (known !== undefined) return known
    if (this.#pairs === MOST_PAIRS && this.#open.size > 1) this.#closeOldest()
    if (this.#pairs === MOST_PAIRS || this.#open.get(timestamp)?.pairs !== pairs) return undefined
    this.#pairs += 1
    const pair: Pair = { sent: [], received: [], came: undefined }
    pairs.set(key, pair)
    return pair
  }

  #closeOldest(): void {
    const [oldest] = this.#open.keys()
    if (oldest !== undefined) this.#close(oldest)
  }

  /** Keeps the bounds that its messages were. */
  #close(timestamp: number): void {
    const { took, pairs } = this.#open.get(timestamp)!
    this.#open.delete(timestamp)
    this.#pairs -= pairs.size
    for (const [key, pair] of pairs) {
      const { came } = pair
      const cause = took.get(Math.floor(key / PAIR))
      if (cause === undefined) continue
      if (came !== undefined) {
        const most = came.at - cause.at
        this.#bound(key, most, most === 0 && came.order < cause.order)
      }
      for (const most of bounds(pair, cause)) this.#bound(key, most)
    }
  }

  #bound(key: number, most: number, isBackwards = most < 0): void {
    const before = this.#most.get(key)
    if (!Number.isFinite(most) || (before === undefined && this.#most.size === MOST_EDGES)) return
    if (isBackwards || most < 0) this.#contradicts = true
    if (before === undefined || most < before) this.#most.set(key, most)
  }
}

/**
 * Of messages that may be lost and overtake one another, the k-th that came was sent no earlier than the k-th that was
 * sent. Only where all were recorded that were sent: from when the sender took the value.
 */
function bounds({ sent, received }: Pair, cause: Moment): number[] {
  if (sent[0] === undefined || sent[0] < cause.at || cause === LONG_AGO || received.length > sent.length)
    return []
  return received.map((at, i) => at - sent[i]!)
}

function count(times: number[] | undefined, at: number): void {
  if (times !== undefined && times.length < MOST_COUNTED) times.push(at)
}
