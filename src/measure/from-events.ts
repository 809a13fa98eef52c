/** The result record out of recorded events: of a daemon's `watch`, of many of them, or of a simulator's trace. */
import { MAX_NODES } from '../gossip/population.ts'
import { ClockBounds } from './clock-bounds.ts'
import type { ClockOffsets } from './clock-offsets.ts'
import type { Estimated } from './estimates.ts'
import type { GossipEvent } from './event.ts'
import type { Figures } from './figures.ts'
import { Holders } from './holders.ts'
import { Life, twice } from './life.ts'
import { figuresOf, note, Recorder, type Totals } from './recorder.ts'
import { Reports } from './reports.ts'

/** The figures about one value, and which one. What events don't tell is not there: faults, and how the run ended. */
export interface Measured extends Figures {
  /** Which run it is of, where the events are marked. */
  readonly strategy?: string
  readonly run?: number
  readonly nodes: number
  readonly timestamp: number
  /** Of the last value: what the live nodes estimate by the end. */
  readonly reports?: Readonly<Record<string, Estimated>>
  /** Only there where nodes' clocks contradict one another; all times are corrected then. */
  readonly clocks?: Pick<ClockOffsets, 'apart' | 'within'>
}

/** Values of one recording whose figures are kept. */
const MAX_VALUES = 1_000_000

/** How one value spread. */
export interface Course {
  readonly measured: Measured
  /** When it first came to each node that it reached, ms since its injection, rising. */
  readonly times: Float64Array
}

/** An event with the time that it would have by a clock that is right. */
export function corrected(it: GossipEvent, offsets: ClockOffsets | undefined): GossipEvent {
  const ahead = offsets?.ahead.get(it.node) ?? 0
  return ahead === 0 ? it : { ...it, at: it.at - ahead }
}

/** What is known of a value once the next one came. */
interface Finished {
  readonly timestamp: number
  readonly totals: Totals
  readonly infected: number
  /** Nodes that had stopped, and not started again. */
  readonly stopped: number
  readonly times: Float64Array
}

const NO_TIMES = new Float64Array()

/** Measures the events of one run, one by one: what it keeps grows with the nodes and the values, not with the events. */
export class Measuring {
  readonly #last: number
  readonly #offsets: ClockOffsets | undefined
  readonly #numbers = new Map<string, number>()
  readonly #record = new Recorder(64)
  readonly #finished: Finished[] = []
  readonly #life = new Life()
  readonly #reports = new Reports()
  /** Of the value that spreads at present. */
  #holders = new Holders()
  /** What was counted when the last series of departures began, and who held the value. */
  #before: { readonly totals: Totals; readonly holders: Holders } | undefined
  #timestamp: number | undefined
  /** Was it seen before its injection, by clocks that could not be corrected exactly? */
  #isEarly = false

  /**
   * @param last values whose courses are asked for; 0: none, but the figures of all
   * @param offsets by which the events' times were corrected
   */
  constructor(last = 0, offsets?: ClockOffsets) {
    this.#last = last
    this.#offsets = offsets
  }

  /**
   * @param it one that is not earlier than the one before
   * @throws {Error} one line, if there are too many nodes or values, or if these are several runs
   */
  see(it: GossipEvent): void {
    const { event, node, timestamp } = it
    if (event === 'network') return
    const isCurrent = timestamp !== undefined && timestamp === this.#timestamp
    if (event === 'updated' && isCurrent && this.#holders.since(node) === it.at)
      throw new Error(twice(`${node} takes the value of ${timestamp} twice at ${it.at}`))
    // Of a cluster that starts again the value is measured as it was when it had ended.
    if (event === 'started' && this.#life.hasEnded(this.#numbers.size)) this.#finish()
    const number = this.#numberOf(node)
    this.#begin(it, number)
    if (this.#life.see(it)) this.#before = { totals: this.#record.totals(), holders: this.#holders.copy() }
    this.#reports.see(it)
    if (this.#timestamp === undefined) return
    // An injection that others seem to precede is no second reception.
    if (!(this.#isEarly && event === 'received' && it.peer === undefined)) note(this.#record, it, number)
    this.#holders.see(it)
  }

  /** Of all values; to be asked when all events were seen. */
  measured(): Measured[] {
    return this.courses().map((it) => it.measured)
  }

  /** Of the last values, or the figures of all; to be asked when all events were seen. */
  courses(): Course[] {
    this.#finish()
    const all = this.#finished.map((it) => ({ measured: this.#measured(it), times: it.times }))
    const last = all.at(-1)
    const reports = this.#reports.of(this.#live())
    if (last === undefined || reports === undefined) return all
    return [...all.slice(0, -1), { ...last, measured: { ...last.measured, reports } }]
  }

  #measured({ timestamp, totals, infected, stopped }: Finished): Measured {
    const nodes = this.#numbers.size
    const figures = figuresOf(totals, infected, nodes - stopped, nodes)
    if (this.#offsets === undefined) return { nodes, timestamp, ...figures }
    const { apart, within } = this.#offsets
    return { nodes, timestamp, ...figures, clocks: { apart, within } }
  }

  /** Those that lived until the cluster ended. */
  #live(): string[] {
    if (this.#life.hasEnded(this.#numbers.size)) return [...this.#life.leaving]
    return [...this.#numbers.keys()].filter((it) => this.#life.runs(it))
  }

  /** A client hands in a value: from here on it is measured. */
  #begin(it: GossipEvent, number: number): void {
    const { event, peer, type, timestamp = 0, at } = it
    if (event === 'updated' && peer === undefined) {
      if (this.#isEarly && timestamp === this.#timestamp) this.#isEarly = false
      else this.#start(number, timestamp, at)
      return
    }
    // What a client hands in comes with its injection.
    const origin = type === 'value' && peer !== undefined ? this.#offsets?.origins.get(timestamp) : undefined
    if (origin === undefined || timestamp <= (this.#timestamp ?? -1)) return
    this.#start(this.#numberOf(origin), timestamp, at)
    this.#isEarly = true
  }

  #start(origin: number, timestamp: number, at: number): void {
    this.#finish()
    this.#timestamp = timestamp
    this.#holders = new Holders(timestamp)
    this.#isEarly = false
    this.#record.begin(origin, timestamp, at)
  }

  #finish(): void {
    if (this.#timestamp === undefined) return
    const hasEnded = this.#life.hasEnded(this.#numbers.size)
    const { leaving, stopped } = this.#life
    const before = hasEnded ? this.#before : undefined
    const holders = before?.holders ?? this.#holders
    this.#finished.push({
      timestamp: this.#timestamp,
      totals: before?.totals ?? this.#record.totals(),
      infected: hasEnded ? [...leaving].filter((it) => holders.has(it)).length : holders.size,
      stopped: hasEnded ? stopped - leaving.size : stopped,
      times: this.#last > 0 ? this.#record.curve() : NO_TIMES,
    })
    this.#timestamp = undefined
    if (this.#last > 0 && this.#finished.length > this.#last) this.#finished.shift()
    if (this.#finished.length > MAX_VALUES) throw new Error(`more than ${MAX_VALUES} values`)
  }

  #numberOf(node: string): number {
    const known = this.#numbers.get(node)
    if (known !== undefined) return known
    const number = this.#numbers.size
    if (number === MAX_NODES) throw new Error(`more than ${MAX_NODES} nodes`)
    this.#numbers.set(node, number)
    this.#record.grow(number + 1)
    return number
  }
}

/** The offsets of the clocks of that run; undefined where all may be right. @param events in order of time */
export function offsetsIn(events: readonly GossipEvent[]): ClockOffsets | undefined {
  const bounds = new ClockBounds()
  for (const event of events) bounds.see(event)
  return bounds.offsets()
}
