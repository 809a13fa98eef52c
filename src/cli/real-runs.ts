/** Recorded runs of real nodes, to be laid over simulated ones. */
import { basename } from 'node:path'
import { eventsInOrder } from '../loader/in-order.ts'
import { Measuring } from '../measure/from-events.ts'
import type { RealRun } from '../report/report.ts'

/** Values of one file that are drawn: the last ones. */
const MAX_VALUES = 4

/** @throws {Error} one line, if it is no recording, or one in which no client handed in a value */
export async function realRuns(file: string): Promise<RealRun[]> {
  const measuring = new Measuring(MAX_VALUES)
  for await (const event of eventsInOrder([file])) measuring.see(event)
  const all = measuring.courses()
  if (all.length === 0) throw new Error(`${file}: no client handed in a value in these events`)
  return all.map(({ measured, times }, i) => ({
    label: all.length > 1 ? `${basename(file)}, value ${i + 1}` : basename(file),
    nodes: measured.nodes,
    times,
  }))
}
