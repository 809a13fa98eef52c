/** The result record out of recorded events: of a daemon's `watch`, of many of them, or of a simulator's trace. */
import type { GossipEvent } from './event.ts'
import { type Figures, figuresOf, RunRecord, type Totals } from './record.ts'

/** The figures about one value, and which one. */
export interface Measured extends Figures {
  readonly nodes: number
  readonly timestamp: number
}

/** Nodes that a record may be about. */
const MAX_NODES = 10_000_000
/** Values of one recording whose figures are kept. */
const MAX_VALUES = 1_000_000

/** How one value spread. */
export interface Course {
  readonly measured: Measured
  /** When it first came to each node that it reached, ms since its injection, rising. */
  readonly times: Float64Array
}

/**
 * One result for each value that a client handed in, in order of time.
 * @param events in any order; they are sorted by time
 */
export function measure(events: readonly GossipEvent[]): Measured[] {
  const measuring = new Measuring()
  for (const event of inOrder(events)) measuring.see(event)
  return measuring.measured()
}

/** As `measure`, of the last so many values. */
export function courses(events: readonly GossipEvent[], last: number): Course[] {
  const measuring = new Measuring(last)
  for (const event of inOrder(events)) measuring.see(event)
  return measuring.courses()
}

function inOrder(events: readonly GossipEvent[]): GossipEvent[] {
  return [...events].sort((a, b) => a.at - b.at)
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

/** Measures events one by one: what it keeps grows with the nodes and with the values, not with the events. */
export class Measuring {
  readonly #last: number
  readonly #numbers = new Map<string, number>()
  readonly #record = new RunRecord(64)
  readonly #finished: Finished[] = []
  readonly #stopped = new Set<string>()
  #holders = new Set<string>()
  /** Of the value that spreads at present. */
  #timestamp: number | undefined

  /** @param last values whose courses are asked for; 0: none, but the figures of all */
  constructor(last = 0) {
    this.#last = last
  }

  /** @param it one that is not earlier than the one before. @throws {Error} one line, if there are too many nodes or values */
  see(it: GossipEvent): void {
    const { event, node, peer, timestamp = 0 } = it
    const number = this.#numberOf(node)
    if (event === 'updated' && peer === undefined) {
      this.#finish()
      this.#timestamp = timestamp
      this.#holders = new Set()
      this.#record.begin(number, timestamp, it.at)
    }
    if (this.#timestamp !== undefined) {
      note(this.#record, it, number)
      if (event === 'updated' && it.timestamp === this.#timestamp) this.#holders.add(node)
      else if (event === 'stopped') this.#holders.delete(node)
    }
    if (event === 'stopped') this.#stopped.add(node)
    else if (event === 'started') this.#stopped.delete(node)
  }

  /** Of all values; to be asked when all events were seen. */
  measured(): Measured[] {
    this.#finish()
    return this.#finished.map((it) => this.#measured(it))
  }

  /** Of the last values; to be asked when all events were seen. */
  courses(): Course[] {
    this.#finish()
    return this.#finished.map((it) => ({ measured: this.#measured(it), times: it.times }))
  }

  #measured({ timestamp, totals, infected, stopped }: Finished): Measured {
    const nodes = this.#numbers.size
    return { nodes, timestamp, ...figuresOf(totals, infected, nodes - stopped, nodes) }
  }

  #finish(): void {
    if (this.#timestamp === undefined) return
    this.#finished.push({
      timestamp: this.#timestamp,
      totals: this.#record.totals(),
      infected: this.#holders.size,
      stopped: this.#stopped.size,
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

/** Tells a record of an event. @param node the number of the node that tells it */
export function note(record: RunRecord, it: GossipEvent, node: number): void {
  const { event, type, timestamp, hops = 0, at, bytes = 0 } = it
  const value = type === 'value' ? timestamp : undefined
  if (event === 'sent') record.sent(value, bytes)
  else if (event === 'received') record.received(node, value, hops, at)
  else if (event === 'lost') record.lost()
}
