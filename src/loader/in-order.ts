/** Recorded events of several files in order of time: files of any size, in bounded memory. */
import type { GossipEvent } from '../measure/event.ts'
import { readEvents } from './events.ts'

/** So many events later than it should, an event may stand. */
const MOST_LATE = 100_000

/**
 * All events of all files; those of one time in the order of the files.
 * @param mostLate how many events too late in its file one may stand: so many are held in memory, twice
 * @throws {Error} as `readEvents`, or one line if an event stands later than that
 */
export async function* eventsInOrder(
  files: readonly string[],
  mostLate = MOST_LATE,
): AsyncGenerator<GossipEvent> {
  let held: GossipEvent[] = []
  let last = Number.NEGATIVE_INFINITY
  const inTime = (it: GossipEvent): GossipEvent => {
    if (it.at < last) {
      const what = `the one at ${it.at} of ${it.node} stands more than ${mostLate} events too late`
      throw new Error(`events must be in order of time, each node's or all together: ${what}`)
    }
    last = it.at
    return it
  }
  for await (const event of merged(files)) {
    held.push(event)
    if (held.length < 2 * mostLate) continue
    held.sort((a, b) => a.at - b.at)
    for (const it of held.slice(0, mostLate)) yield inTime(it)
    held = held.slice(mostLate)
  }
  for (const it of held.sort((a, b) => a.at - b.at)) yield inTime(it)
}

/** Always the earliest of the events that come next in the files. */
async function* merged(files: readonly string[]): AsyncGenerator<GossipEvent> {
  const [file] = files
  if (files.length === 1 && file !== undefined) {
    yield* readEvents(file)
    return
  }
  const readers = files.map((it) => readEvents(it))
  const heads = await Promise.all(readers.map((it) => it.next()))
  for (;;) {
    let first: number | undefined
    let at = Number.POSITIVE_INFINITY
    for (const [i, { done, value }] of heads.entries()) {
      if (done || (first !== undefined && value.at >= at)) continue
      first = i
      at = value.at
    }
    if (first === undefined) return
    yield heads[first]!.value
    heads[first] = await readers[first]!.next()
  }
}
