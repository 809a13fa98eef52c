/** Recorded events of several files in order of time: files of any size, in bounded memory. */
import type { ClockOffsets } from '../measure/clock-offsets.ts'
import type { GossipEvent } from '../measure/event.ts'
import { corrected } from '../measure/from-events.ts'
import { byRun, RunOrder } from '../measure/runs.ts'
import { readEvents } from './events.ts'
import type { Recording } from './recordings.ts'

/** Events of several files that are told at a time. */
const BATCH = 4096
/** So many events later than it should, an event may stand. */
export const MOST_LATE = 100_000

/** Events are too far from the order of time. */
export class TooLate extends Error {}

export interface HowInOrder {
  /** How many events too late in its file one may stand: so many are held in memory, twice. */
  readonly mostLate?: number
  /** By how much nodes' clocks are wrong. */
  readonly offsets?: ClockOffsets | undefined
}

/**
 * All events of all files, run by run where they are marked; those of one time in the order of the files.
 * @throws {Error} as `readEvents`, or one line if an event stands later than that
 */
export async function* eventsInOrder(
  files: readonly Recording[],
  how?: HowInOrder,
): AsyncGenerator<GossipEvent> {
  for await (const events of batchesInOrder(files, how)) yield* events
}

/** As `eventsInOrder`, many at a time: of millions that takes a third of the time. */
export async function* batchesInOrder(
  files: readonly Recording[],
  { mostLate = MOST_LATE, offsets }: HowInOrder = {},
): AsyncGenerator<readonly GossipEvent[]> {
  const order = new RunOrder()
  const compare = byRun(order)
  let held: GossipEvent[] = []
  let last: GossipEvent | undefined
  const inTime = (events: readonly GossipEvent[]): readonly GossipEvent[] => {
    for (const it of events) {
      if (last !== undefined && !isPlainlyLater(it, last) && compare(last, it) > 0) {
        const what = `the one at ${it.at} of ${it.node} stands more than ${mostLate} events too late`
        throw new TooLate(`events must be in order of time, each node's or all together: ${what}`)
      }
      last = it
    }
    return events
  }
  for await (const events of merged(files, order, offsets)) {
    if (mostLate === 0) {
      yield inTime(events)
      continue
    }
    for (const it of events) {
      held.push(it)
      if (held.length < 2 * mostLate) continue
      held.sort(compare)
      yield inTime(held.slice(0, mostLate))
      held = held.slice(mostLate)
    }
  }
  yield inTime(held.sort(compare))
}

/** Most are of the same run: that is seen at once. */
function isPlainlyLater(it: GossipEvent, last: GossipEvent): boolean {
  return last.at <= it.at && last.run === it.run && last.strategy === it.strategy
}

/** Always the first of the events that come next in the files. */
async function* merged(
  files: readonly Recording[],
  order: RunOrder,
  offsets: ClockOffsets | undefined,
): AsyncGenerator<readonly GossipEvent[]> {
  const heads = files.map((it) => new Head(eventsOf(it, offsets), order))
  const [only] = heads
  if (heads.length === 1 && only !== undefined) {
    while (await only.fill()) yield only.takeAll()
    return
  }
  const compare = byRun(order)
  let batch: GossipEvent[] = []
  for (;;) {
    let first: Head | undefined
    for (const it of heads) {
      if (it.event === undefined) await it.fill()
      if (it.event === undefined) continue
      if (first?.event === undefined || compare(it.event, first.event) < 0) first = it
    }
    if (first?.event === undefined) break
    batch.push(first.event)
    first.skip()
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

/** The events of a file that come next. */
class Head {
  readonly #batches: AsyncIterator<readonly GossipEvent[]>
  readonly #order: RunOrder
  #events: readonly GossipEvent[] = []
  #at = 0

  constructor(batches: AsyncIterator<readonly GossipEvent[]>, order: RunOrder) {
    this.#batches = batches
    this.#order = order
  }

  /** Undefined where some have to be read first, or none are left. */
  get event(): GossipEvent | undefined {
    return this.#events[this.#at]
  }

  skip(): void {
    this.#at += 1
    this.#number()
  }

  /** @returns are there any? */
  async fill(): Promise<boolean> {
    while (this.event === undefined) {
      const { value, done } = await this.#batches.next()
      if (done === true) return false
      this.#events = value
      this.#at = 0
      this.#number()
    }
    return true
  }

  takeAll(): readonly GossipEvent[] {
    const events = this.#events
    for (const it of events) this.#order.placeOf(it)
    this.#events = []
    return events
  }

  /** Runs are numbered as they are met, not as they are compared. */
  #number(): void {
    if (this.event !== undefined) this.#order.placeOf(this.event)
  }
}

async function* eventsOf(
  { path, name }: Recording,
  offsets: ClockOffsets | undefined,
): AsyncGenerator<readonly GossipEvent[]> {
  for await (const events of readEvents(path, name))
    yield offsets === undefined ? events : events.map((it) => corrected(it, offsets))
}
