/**
 * A recording of which a page can't be told every event: it is read in order of time, and of it only that is kept which a
 * page would know in the end. That is how the last values spread: their first messages, and all that tells who has them
 * and who runs; the others are counted.
 */
import { firstEvents } from '../../loader/events.ts'
import { batchesInOrder, MOST_LATE, TooLate } from '../../loader/merge-events.ts'
import type { Recording } from '../../loader/recordings.ts'
import { ClockBounds } from '../../measure/clock-bounds.ts'
import type { ClockOffsets } from '../../measure/clock-offsets.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { Course } from '../../measure/from-events.ts'
import { inOrder, RunOrder, RunsMeasuring } from '../../measure/runs.ts'
import { MAX_DRAWN, type Past } from '../wire.ts'
import { History, type HistoryLimits, type Nodes } from './history.ts'
import { RecordedNodes } from './recorded-nodes.ts'
import { RecordedTexts } from './recorded-texts.ts'

/** Events that are put in order all together, where they stand too far from it for anything else. */
const MOST_AT_ONCE = 5_000_000

/** Events that clocks are judged by: to judge them by all costs more than to read them. */
const CLOCK_EVENTS = 250_000
/** As many messages of one value, and of all, as a page keeps; each is three events. Values as many as a stream of them. */
const KEPT: HistoryLimits = { values: 5000, eventsOfOne: 60_000, events: 480_000 }

/** The share that there is at least of the events that are expected. */
const SURELY = 0.9

type Batches = Iterable<readonly GossipEvent[]> | AsyncIterable<readonly GossipEvent[]>

export interface HowLong {
  /** Are there known to be more nodes than can be drawn? */
  readonly areMany: boolean
  /** Of how many of the last values the courses are asked for, if there are. */
  readonly courses: number
  /** Of more only that it is so is told. */
  readonly maxEvents: number
  /** About how many there are. */
  readonly expected: number
}

/** @throws {Error} one line: which line is no event, or that they are too far from the order of time */
export async function readLong(recording: Recording, how: HowLong): Promise<LongRecording> {
  let tooLate: TooLate | undefined
  // Most stand in order, and to hold some back until others have come costs as much as all the rest.
  for (const mostLate of [0, MOST_LATE]) {
    try {
      return await readTwice((offsets) => inTime(recording, mostLate, offsets), how)
    } catch (error) {
      if (!(error instanceof TooLate)) throw error
      tooLate = error
    }
  }
  const { events, areAll } = await firstEvents(recording, Math.min(MOST_AT_ONCE, how.maxEvents))
  if (!areAll) throw tooLate
  const { ordered } = inOrder(events)
  return readTwice(() => [ordered], how)
}

/** By other clocks their order is another one. */
function inTime(recording: Recording, mostLate: number, offsets: ClockOffsets | undefined): Batches {
  return batchesInOrder([recording], { offsets, mostLate: offsets === undefined ? mostLate : MOST_LATE })
}

/** A second time where the end tells what has to be known from the beginning on. */
async function readTwice(batches: (offsets?: ClockOffsets) => Batches, how: HowLong): Promise<LongRecording> {
  const bounds = new ClockBounds()
  const first = await LongRecording.read(batches(), how, bounds)
  const offsets = bounds.offsets()
  const { areMany } = first
  const isAll = offsets === undefined && areMany === how.areMany && first.isWhole
  if (isAll || first.events > how.maxEvents || first.runs > 1) return first
  return LongRecording.read(batches(offsets), { ...how, areMany, expected: 0 })
}

export class LongRecording {
  readonly nodes = new RecordedNodes()
  readonly texts = new RecordedTexts()
  readonly #runs = new RunOrder()
  readonly #measuring: RunsMeasuring | undefined
  readonly #down = new Set<string>()
  readonly #paused = new Set<string>()
  #history: History | undefined

  private constructor({ areMany, courses }: HowLong) {
    const nodes = (): Nodes => ({ live: [], down: [...this.#down], paused: [...this.#paused] })
    if (areMany) this.#measuring = new RunsMeasuring(courses)
    else this.#history = new History(nodes, KEPT)
  }

  /** @param bounds shown the first events */
  static async read(batches: Batches, how: HowLong, bounds?: ClockBounds): Promise<LongRecording> {
    const recording = new LongRecording(how)
    for await (const events of batches) {
      recording.#judge(how.expected)
      for (const it of events) {
        if (recording.events < CLOCK_EVENTS) bounds?.see(it)
        recording.#see(it)
      }
      if (recording.events > how.maxEvents) break
    }
    return recording
  }

  get events(): number {
    return this.nodes.events
  }

  get runs(): number {
    return this.#runs.size
  }

  get areMany(): boolean {
    return this.nodes.size > MAX_DRAWN
  }

  /** Is all there that is to be told? */
  get isWhole(): boolean {
    return this.#history?.isWhole ?? true
  }

  /** Values that came, and those of which something is kept. */
  get values(): History['values'] {
    return this.#history?.values ?? { begun: 0, kept: 0 }
  }

  /** What is kept; undefined where no value came. */
  get past(): Past | undefined {
    const past = this.#history?.past
    const { ending } = this.nodes
    return past && { ...past, events: past.events.filter((it) => !ending.has(it)) }
  }

  courses(): Course[] {
    return this.#measuring?.courses() ?? []
  }

  /** Once values are dropped those in the middle will be, too; and what is held for a while costs as much as to read it. */
  #judge(expected: number): void {
    const history = this.#history
    if (history === undefined) return
    const { begun, kept } = history.values
    history.isKeeping = begun === kept || this.events >= SURELY * expected - 2 * KEPT.events
  }

  #see(event: GossipEvent): void {
    this.#runs.placeOf(event)
    // Of several runs only that is told.
    if (this.#runs.size > 1) return
    this.nodes.see(event)
    this.texts.see(event)
    this.#measuring?.see(event)
    if (this.areMany) this.#history = undefined
    this.#history?.see(event)
    this.#changed(event)
  }

  #changed({ event, node }: GossipEvent): void {
    if (event === 'paused') this.#paused.add(node)
    else if (event === 'resumed') this.#paused.delete(node)
    else if (event === 'started' || event === 'stopped') {
      this.#paused.delete(node)
      if (event === 'stopped') this.#down.add(node)
      else this.#down.delete(node)
    }
  }
}
