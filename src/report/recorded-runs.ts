/** Recorded runs of real nodes, to be laid over simulated ones. */
import { basename } from 'node:path'
import { measureFiles } from '../loader/measure-files.ts'
import type { RealRun } from './report.ts'

/** Values of one file that are drawn: the last ones. */
const MAX_VALUES = 4

/** @throws {Error} one line, if it is no recording, or one in which no client handed in a value */
export async function realRuns(file: string): Promise<RealRun[]> {
  const { courses: all } = await measureFiles([file], MAX_VALUES)
  if (all.length === 0) throw new Error(`${file}: no client handed in a value in these events`)
  return all.map(({ measured, times }, i) => ({
    label: labelOf(basename(file), measured, all.length > 1 ? i + 1 : undefined),
    nodes: measured.nodes,
    times,
  }))
}

function labelOf(
  file: string,
  { strategy, run }: { strategy?: string; run?: number },
  value?: number,
): string {
  if (run !== undefined) return `${file}, ${strategy} run ${run}`
  return value === undefined ? file : `${file}, value ${value}`
}
