/** Recorded events of several files in order of time: files of any size, in bounded memory. */
import type { ClockOffsets } from '../measure/clock-offsets.ts'
import type { GossipEvent } from '../measure/event.ts'
import { corrected } from '../measure/from-events.ts'
import { byRun, RunOrder } from '../measure/runs.ts'
import { readEvents } from './events.ts'
import type { Recording } from './recordings.ts'

/** So many events later than it should, an event may stand. */
const MOST_LATE = 100_000

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
  { mostLate = MOST_LATE, offsets }: HowInOrder = {},
): AsyncGenerator<GossipEvent> {
  const order = new RunOrder()
  const compare = byRun(order)
  let held: GossipEvent[] = []
  let last: GossipEvent | undefined
  const inTime = (it: GossipEvent): GossipEvent => {
    if (last !== undefined && compare(last, it) > 0) {
      const what = `the one at ${it.at} of ${it.node} stands more than ${mostLate} events too late`
      throw new Error(`events must be in order of time, each node's or all together: ${what}`)
    }
    last = it
    return it
  }
  for await (const event of merged(files, order, offsets)) {
    held.push(event)
    if (held.length < 2 * mostLate) continue
    held.sort(compare)
    for (const it of held.slice(0, mostLate)) yield inTime(it)
    held = held.slice(mostLate)
  }
  for (const it of held.sort(compare)) yield inTime(it)
}

/** Always the first of the events that come next in the files. */
async function* merged(
  files: readonly Recording[],
  order: RunOrder,
  offsets: ClockOffsets | undefined,
): AsyncGenerator<GossipEvent> {
  const readers = files.map((it) => eventsOf(it, order, offsets))
  const [only] = readers
  if (readers.length === 1 && only !== undefined) {
    yield* only
    return
  }
  const compare = byRun(order)
  const heads = await Promise.all(readers.map((it) => it.next()))
  for (;;) {
    let first: number | undefined
    for (const [i, { done, value }] of heads.entries())
      if (!done && (first === undefined || compare(value, heads[first]!.value) < 0)) first = i
    if (first === undefined) return
    yield heads[first]!.value
    heads[first] = await readers[first]!.next()
  }
}

async function* eventsOf(
  { path, name }: Recording,
  order: RunOrder,
  offsets: ClockOffsets | undefined,
): AsyncGenerator<GossipEvent> {
  for await (const event of readEvents(path, name)) {
    // Runs are numbered as they are met, not as they are compared.
    order.placeOf(event)
    yield corrected(event, offsets)
  }
}
