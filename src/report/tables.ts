/** The tables and the lines below them, as text in cells: the same in a terminal and in a report. */
import { FIGURE_TABLE, FIGURES } from '../measure/figures.ts'
import { OVERLAY_FIGURES } from '../measure/overlay-table.ts'
import { MAX_PERIODS } from '../simulation/settings.ts'
import { digits, round, spread, withUnit } from './format.ts'
import type { ReportRow } from './report.ts'

export interface Cells {
  readonly head: readonly string[]
  readonly lines: readonly (readonly string[])[]
}

/** When a run is cut off. */
const LIMIT = `--until, else ${MAX_PERIODS} periods`
/** Where a row tells nothing. */
const NOTHING = '-'

/** A line a row: the medians over its runs and, where they differ, between what 95% of them lie. */
export function resultCells(rows: readonly ReportRow[], unit: string): Cells {
  // What was delivered is told as what was reached. What is done to the nodes, as faults, is of interest only where there is some, any other figure where a row tells it.
  const figures = FIGURES.filter((it) => it !== 'delivered').filter((it) =>
    rows.some(({ figures }) =>
      FIGURE_TABLE[it].by === 'host' ? (figures[it]?.high ?? 0) > 0 : figures[it] !== undefined,
    ),
  )
  const withReached = figures.includes('residue')
  const swept = [...new Set(rows.flatMap((row) => Object.keys(row.swept)))]
  const lines = rows.map((row) => [
    row.strategy,
    ...swept.map((name) => String(row.swept[name] ?? NOTHING)),
    String(row.runs),
    ...(withReached ? [reached(row)] : []),
    ...figures.map((it) => {
      const figure = row.figures[it]
      return figure === undefined ? NOTHING : spread(figure)
    }),
  ])
  const reachedName = withReached ? ['reached'] : []
  const head = ['strategy', ...swept, 'runs', ...reachedName, ...figures.map((it) => withUnit(it, unit))]
  return { head, lines }
}

/** What is not all is not called 100%. */
function reached({ figures: { residue } }: ReportRow): string {
  if (residue === undefined) return NOTHING
  const percent = round(100 * (1 - residue.median))
  return residue.median > 0 && percent === 100 ? '>99.9%' : `${percent}%`
}

/** A line for all that a row's nodes estimate: between what the estimates of all live nodes lie, and after what time. */
export function estimateCells(rows: readonly ReportRow[], unit: string): Cells {
  const lines = rows.flatMap(({ label, estimates }) =>
    estimates.map(({ name, least, greatest, truth, error, apart, after }) => [
      label,
      name,
      spread(least, digits),
      spread(greatest, digits),
      truth === undefined ? NOTHING : spread(truth, digits),
      error === undefined ? NOTHING : spread(error),
      spread(apart),
      spread(after),
    ]),
  )
  return {
    head: ['estimates', 'of', 'least', 'greatest', 'truth', 'error', 'apart', `after (${unit})`],
    lines,
  }
}

/** A line a row with a membership: who could pick whom as the runs ended, and how the dead were noticed. */
export function overlayCells(rows: readonly ReportRow[]): Cells {
  const figures = OVERLAY_FIGURES.filter((it) => rows.some(({ overlay }) => overlay[it] !== undefined))
  const lines = rows
    .filter(({ overlay }) => Object.keys(overlay).length > 0)
    .map(({ label, overlay }) => [
      label,
      ...figures.map((it) => {
        const figure = overlay[it]
        return figure === undefined ? NOTHING : spread(figure)
      }),
    ])
  return { head: ['overlay', ...figures], lines }
}

/** A line a formula: what it says, and what was measured. */
export function theoryCells(rows: readonly ReportRow[]): Cells {
  const lines = rows.flatMap(({ label, predictions, figures }) =>
    predictions.flatMap(({ figure, value, formula, source }) => {
      const measured = figures[figure]
      if (measured === undefined) return []
      return [[label, figure, String(round(value)), String(round(measured.mean)), formula, source]]
    }),
  )
  return { head: ['in theory', 'figure', 'theory', 'measured (mean)', 'formula', 'source'], lines }
}

/** A line a strategy of which no figures of a value are told. */
export function estimateNotes(rows: readonly ReportRow[]): string[] {
  const without = rows.filter(({ figures }) => figures.residue === undefined)
  return [...new Set(without.map(({ strategy }) => strategy))].map(
    (it) => `${it}: no message carried a value; what the nodes estimated is below`,
  )
}

/** A line a row of which some runs were cut off: their figures are those of an unfinished run. */
export function limitNotes(rows: readonly ReportRow[], limit = LIMIT): string[] {
  return rows
    .filter(({ cutOff }) => cutOff > 0)
    .map(
      ({ label, cutOff, runs }) =>
        `${label}: ${cutOff} of ${runs} runs ended at the limit (${limit}), not by themselves`,
    )
}
