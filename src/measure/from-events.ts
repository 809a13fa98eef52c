/** The result record out of recorded events: of a daemon's `watch`, of many of them, or of a simulator's trace. */
import { MAX_NODES } from '../gossip/population.ts'
import { DEFAULT_KEY } from '../gossip/value.ts'
import { ClockBounds } from './clock-bounds.ts'
import type { ClockOffsets } from './clock-offsets.ts'
import type { Estimated } from './estimates.ts'
import { type GossipEvent, isHandedIn } from './event.ts'
import type { Figures, LoadFigures } from './figures.ts'
import { Holders } from './holders.ts'
import { Life, twice } from './life.ts'
import { LoadHolders } from './load/load-holders.ts'
import { LoadRecorder, loadFiguresOf } from './load/load-recorder.ts'
import type { Look } from './peers/known-peers.ts'
import { PeerFigures, type PeerMeasures } from './peers/peer-figures.ts'
import { figuresOf, note, Recorder, type RunRecord } from './recorder.ts'
import { Reports } from './reports.ts'

/** The figures about one value, and which one; or about a load, and its last value. What events don't tell is not there: faults, and how the run ended. */
export interface Measured extends Figures, Partial<LoadFigures>, PeerMeasures {
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

/** Of a run: who could pick whom as it ended. */
export interface MeasuredPeers extends Pick<Measured, 'strategy' | 'run' | 'nodes'>, PeerMeasures {}

/** Values of one recording whose figures are kept. */
const MAX_VALUES = 1_000_000

/** How one value spread. */
export interface Course {
  readonly measured: Measured
  /** Of the value. */
  readonly key: string
  /** When it first came to each node that it reached, ms since its injection, rising. */
  readonly times: Float64Array
}

/** An event with the time that it would have by a clock that is right. */
export function corrected(it: GossipEvent, offsets: ClockOffsets | undefined): GossipEvent {
  const ahead = offsets?.ahead.get(it.node) ?? 0
  if (ahead === 0) return it
  const { since } = it
  return { ...it, at: it.at - ahead, ...(since !== undefined && { since: since - ahead }) }
}

interface Before {
  readonly figures: FiguresOf
  readonly holders: Holders | LoadHolders
  readonly look: Look | undefined
  readonly at: number
}

/** What is known of a value once the next one came. */
interface Finished {
  readonly timestamp: number
  readonly key: string
  readonly figuresOf: FiguresOf
  readonly infected: number
  /** Nodes that had stopped, and not started again. */
  readonly stopped: number
  readonly times: Float64Array
}

/** Of what is counted: @param infected nodes that hold it @param live nodes @param nodes all of them */
type FiguresOf = (infected: number, live: number, nodes: number) => Figures & Partial<LoadFigures>

/** As they were now, whatever is counted later. */
function figuresNow(record: RunRecord): FiguresOf {
  if (record instanceof LoadRecorder) {
    const totals = record.totals()
    return (...those) => loadFiguresOf(totals, ...those)
  }
  const totals = record.totals()
  return (...those) => figuresOf(totals, ...those)
}

const NO_TIMES = new Float64Array()

/** Measures the events of one run, one by one: what it keeps grows with the nodes and the values, not with the events. */
export class Measuring {
  readonly #last: number
  readonly #offsets: ClockOffsets | undefined
  readonly #numbers = new Map<string, number>()
  readonly #one = new Recorder(64)
  /** Of one value, or since a load began of all. */
  #record: RunRecord = this.#one
  readonly #finished: Finished[] = []
  readonly #life = new Life()
  readonly #reports = new Reports()
  readonly #peers = new PeerFigures()
  /** Of the value that spreads at present, or of all. */
  #holders: Holders | LoadHolders = new Holders()
  /** When the last series of departures began: what was counted, who held the value, and who could pick whom. */
  #before: Before | undefined
  #at = 0
  #timestamp: number | undefined
  #key = DEFAULT_KEY
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
    if (this.#life.goesOn(it)) {
      this.#peers.see(it)
      return
    }
    if (event === 'updated' && this.#holders.hasTold(it))
      throw new Error(twice(`${node} takes the value of ${timestamp} twice at ${it.at}`))
    // Of a cluster that starts again the value is measured as it was when it had ended.
    if (event === 'started' && this.#life.hasEnded(this.#numbers.size)) this.#finish()
    const number = this.#numberOf(node)
    this.#begin(it, number)
    this.#at = it.at
    if (this.#life.see(it)) this.#before = this.#now([...this.#running(), node])
    this.#reports.see(it)
    this.#peers.see(it)
    if (this.#timestamp === undefined) return
    // An injection that others seem to precede is no second reception; one of a load may come to where another was.
    const isFirst = this.#isEarly || this.#record !== this.#one
    if (!(isFirst && event === 'received' && it.peer === undefined)) note(this.#record, it, number)
    this.#holders.see(it)
  }

  /** Of all values; to be asked when all events were seen. */
  measured(): Measured[] {
    return this.courses().map((it) => it.measured)
  }

  /** Of the last values, or the figures of all; to be asked when all events were seen. */
  courses(): Course[] {
    this.#finish()
    const all = this.#finished.map((it) => ({ measured: this.#measured(it), key: it.key, times: it.times }))
    const last = all.at(-1)
    if (last === undefined) return all
    const reports = this.#reports.of(this.#live())
    const measured = { ...last.measured, ...(reports && { reports }), ...this.peers() }
    return [...all.slice(0, -1), { ...last, measured }]
  }

  /** Who could pick whom as the run ended; without figures where that is not known. To be asked when all events were seen. */
  peers(): MeasuredPeers {
    const hasEnded = this.#life.hasEnded(this.#numbers.size)
    const { look, at } = (hasEnded && this.#before) || this.#now(this.#running())
    return { nodes: this.#numbers.size, ...this.#peers.figures(look, at) }
  }

  #now(live: Iterable<string>): Before {
    const [figures, holders] = [figuresNow(this.#record), this.#holders.copy()]
    return { figures, holders, look: this.#peers.look(live), at: this.#at }
  }

  #measured({ timestamp, figuresOf, infected, stopped }: Finished): Measured {
    const nodes = this.#numbers.size
    const figures = figuresOf(infected, nodes - stopped, nodes)
    if (this.#offsets === undefined) return { nodes, timestamp, ...figures }
    const { apart, within } = this.#offsets
    return { nodes, timestamp, ...figures, clocks: { apart, within } }
  }

  /** Those that lived until the cluster ended. */
  #live(): string[] {
    return this.#life.hasEnded(this.#numbers.size) ? [...this.#life.leaving] : this.#running()
  }

  #running(): string[] {
    return [...this.#numbers.keys()].filter((it) => this.#life.runs(it))
  }

  /** A client hands in a value: from here on it is measured. */
  #begin(it: GossipEvent, number: number): void {
    const { peer, type, timestamp = 0, key, at } = it
    if (isHandedIn(it)) {
      if (it.load) this.#load()
      if (this.#isEarly && timestamp === this.#timestamp) this.#isEarly = false
      else this.#start(number, timestamp, at, key)
      return
    }
    // What a client hands in comes with its injection.
    const origin = type === 'value' && peer !== undefined ? this.#offsets?.origins.get(timestamp) : undefined
    if (origin === undefined || timestamp <= (this.#timestamp ?? -1)) return
    this.#start(this.#numberOf(origin), timestamp, at, key)
    this.#isEarly = true
  }

  /** From the first value of a load on all are measured together. */
  #load(): void {
    if (this.#record !== this.#one) return
    this.#finish()
    const record = new LoadRecorder(this.#numbers.size)
    this.#record = record
    this.#holders = new LoadHolders(record)
  }

  #start(origin: number, timestamp: number, at: number, key = DEFAULT_KEY): void {
    if (this.#record === this.#one) {
      this.#finish()
      this.#holders = new Holders(timestamp, key)
    }
    this.#timestamp = timestamp
    this.#key = key
    this.#isEarly = false
    this.#record.begin(origin, timestamp, at, key)
  }

  #finish(): void {
    if (this.#timestamp === undefined) return
    const hasEnded = this.#life.hasEnded(this.#numbers.size)
    const { leaving, stopped } = this.#life
    const before = hasEnded ? this.#before : undefined
    const holders = before?.holders ?? this.#holders
    this.#finished.push({
      timestamp: this.#timestamp,
      key: this.#key,
      figuresOf: before?.figures ?? figuresNow(this.#record),
      infected: hasEnded ? holders.count(leaving) : holders.count(),
      stopped: hasEnded ? stopped - leaving.size : stopped,
      times: this.#last > 0 ? this.#record.curve() : NO_TIMES,
    })
    this.#timestamp = undefined
    this.#record = this.#one
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
