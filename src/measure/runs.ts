/** Recordings of one run, or of several that are marked: each is measured by itself. */
import type { ClockOffsets } from './clock-offsets.ts'
import type { GossipEvent } from './event.ts'
import {
  type Course,
  corrected,
  type Measured,
  type MeasuredPeers,
  Measuring,
  offsetsIn,
} from './from-events.ts'

/** Puts events in order: the runs as they were met first, each in order of time. */
export class RunOrder {
  readonly #places = new Map<string, number>()
  /** That of the event asked about last: the next is mostly of the same run. */
  #strategy: string | undefined
  #run: number | undefined
  #place = -1

  /** Runs that were met so far. */
  get size(): number {
    return this.#places.size
  }

  placeOf({ strategy, run }: GossipEvent): number {
    if (this.#place !== -1 && run === this.#run && strategy === this.#strategy) return this.#place
    const name = run === undefined ? '' : `${run} ${strategy}`
    const known = this.#places.get(name)
    if (known === undefined) this.#places.set(name, this.#places.size)
    this.#strategy = strategy
    this.#run = run
    this.#place = known ?? this.#places.size - 1
    return this.#place
  }
}

/** Measures events run by run. */
export class RunsMeasuring {
  readonly #last: number
  readonly #offsets: ClockOffsets | undefined
  readonly #order = new RunOrder()
  readonly #done: Course[] = []
  readonly #peers: MeasuredPeers[] = []
  #place = -1
  #measuring: Measuring | undefined
  #mark: Pick<Measured, 'strategy' | 'run'> = {}

  /** As those of `Measuring`. */
  constructor(last = 0, offsets?: ClockOffsets) {
    this.#last = last
    this.#offsets = offsets
  }

  /** @param it one whose run has not ended; of one run, not earlier than the one before. @throws {Error} one line, as `Measuring.see` */
  see(it: GossipEvent): void {
    const place = this.#order.placeOf(it)
    if (place !== this.#place) {
      this.#end()
      const { strategy, run } = it
      this.#mark = { ...(strategy !== undefined && { strategy }), ...(run !== undefined && { run }) }
      this.#measuring = new Measuring(this.#last, this.#offsets)
      this.#place = place
    }
    try {
      this.#measuring!.see(it)
    } catch (error) {
      throw it.run === undefined
        ? error
        : new Error(`run ${it.run} of ${it.strategy}: ${(error as Error).message}`)
    }
  }

  /** Of the last values, or the figures of all; to be asked when all events were seen. */
  courses(): Course[] {
    this.#end()
    return this.#done
  }

  /** Of each run, values or not: who could pick whom as it ended, where that is known. */
  peers(): MeasuredPeers[] {
    this.#end()
    return this.#peers
  }

  #end(): void {
    if (this.#measuring === undefined) return
    const courses = this.#measuring.courses()
    const peers = this.#measuring.peers()
    this.#measuring = undefined
    if (peers.overlay !== undefined) this.#peers.push({ ...this.#mark, ...peers })
    for (const it of courses) this.#done.push({ ...it, measured: { ...this.#mark, ...it.measured } })
    if (this.#last > 0) this.#done.splice(0, this.#done.length - this.#last)
  }
}

/**
 * One result for each value that a client handed in, run by run and in order of time.
 * @param events in any order
 * @throws {Error} one line, as `Measuring.see`
 */
export function measure(events: readonly GossipEvent[]): Measured[] {
  return coursesOf(events, 0).map((it) => it.measured)
}

/** As `measure`, of the last so many values. */
export function courses(events: readonly GossipEvent[], last: number): Course[] {
  return coursesOf(events, last)
}

function coursesOf(events: readonly GossipEvent[], last: number): Course[] {
  const { ordered, offsets } = inOrder(events)
  const measuring = new RunsMeasuring(last, offsets)
  for (const event of ordered) measuring.see(event)
  return measuring.courses()
}

/** Events in the order of their runs and times, with times by clocks that are right; how many runs, and what was corrected. */
export function inOrder(events: readonly GossipEvent[]): {
  readonly ordered: readonly GossipEvent[]
  readonly runs: number
  readonly offsets: ClockOffsets | undefined
} {
  const order = new RunOrder()
  for (const it of events) order.placeOf(it)
  const sorted = [...events].sort(byRun(order))
  const offsets = offsetsIn(sorted)
  const ordered =
    offsets === undefined ? sorted : sorted.map((it) => corrected(it, offsets)).sort(byRun(order))
  return { ordered, runs: order.size, offsets }
}

/** Compares two events: first the runs, then the times. */
export function byRun(order: RunOrder): (a: GossipEvent, b: GossipEvent) => number {
  return (a, b) => order.placeOf(a) - order.placeOf(b) || a.at - b.at
}
