/** Results as people read them in a terminal. */
import type { Compared } from '../../experiment/differences.ts'
import type { ReportRow } from '../../report/report.ts'
import { ABOUT_MEANS, differenceCells, differenceNotes, meanCells } from '../../report/significance-tables.ts'
import {
  type Cells,
  estimateCells,
  estimateNotes,
  limitNotes,
  overlayCells,
  resultCells,
  theoryCells,
} from '../../report/tables.ts'
import { table } from './table.ts'

/**
 * Tables of the figures, the estimates and the theory, with what must be said of some rows.
 * @param limit when a run is cut off, where that is not as in the simulator
 */
export function resultText(rows: readonly ReportRow[], unit: string, limit?: string): string {
  return [
    ...tableOf(resultCells(rows, unit)),
    ...estimateNotes(rows),
    ...tableOf(estimateCells(rows, unit)),
    ...tableOf(overlayCells(rows)),
    ...tableOf(theoryCells(rows)),
    ...limitNotes(rows, limit),
  ].join('\n')
}

/** How sure the means are, and which rows differ; empty where there is but one run. */
export function meansText(rows: readonly ReportRow[], compared: readonly Compared[], unit: string): string {
  const means = tableOf(meanCells(rows, unit))
  return [
    ...means,
    ...(means.length > 0 ? [ABOUT_MEANS] : []),
    ...tableOf(differenceCells(rows, compared, unit)),
    ...differenceNotes(compared),
  ].join('\n')
}

function tableOf({ head, lines }: Cells): string[] {
  return lines.length === 0 ? [] : [table(head, lines)]
}
