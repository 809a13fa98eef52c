/** Measures recordings: files of any size, in bounded memory. */
import { ClockBounds } from '../measure/clock-bounds.ts'
import type { ClockOffsets } from '../measure/clock-offsets.ts'
import type { Course, MeasuredPeers } from '../measure/from-events.ts'
import { RunsMeasuring } from '../measure/runs.ts'
import { eventsInOrder } from './merge-events.ts'
import { recordingsOf } from './recordings.ts'

export interface MeasuredFiles {
  /** Of the values that were asked for, run by run and in order of time. */
  readonly courses: readonly Course[]
  /** Of each run that tells it: who could pick whom as it ended. */
  readonly peers: readonly MeasuredPeers[]
  /** By how much nodes' clocks were wrong; undefined where all may be right. */
  readonly offsets: ClockOffsets | undefined
}

/**
 * Where nodes' clocks contradict one another the files are read once more, with times that are corrected.
 * @param last values whose courses are asked for; 0: none, but the figures of all
 * @throws {Error} one line: what can't be read, is no event, is named twice, or is several runs that are not marked
 */
export async function measureFiles(names: readonly string[], last = 0): Promise<MeasuredFiles> {
  const files = await recordingsOf(names)
  const measuring = new RunsMeasuring(last)
  const bounds = new ClockBounds()
  for await (const event of eventsInOrder(files)) {
    measuring.see(event)
    bounds.see(event)
  }
  const offsets = bounds.offsets()
  if (offsets === undefined) return { courses: measuring.courses(), peers: measuring.peers(), offsets }
  const again = new RunsMeasuring(last, offsets)
  for await (const event of eventsInOrder(files, { offsets })) again.see(event)
  return { courses: again.courses(), peers: again.peers(), offsets }
}
