/** Results as people read them in a terminal. */
import type { Curves } from '../experiment/curves.ts'
import { FIGURES, type Figure, type Summary } from '../experiment/summary.ts'
import type { Prediction } from '../experiment/theory.ts'
import { round, spread, withUnit } from '../report/words.ts'
import { MAX_PERIODS } from '../simulation/settings.ts'
import { table } from './table.ts'

/** What is known of the runs of one cell. */
export interface Row {
  readonly strategy: string
  /** Values of what is swept, by name. */
  readonly swept: Readonly<Record<string, unknown>>
  readonly summary: Summary
  readonly curves: Curves
}

/** A line a cell: the median over its runs and, where they differ, between what 95% of them lie. */
export function resultTable(rows: readonly Row[], unit: string): string {
  const isWithout = rows.map(({ summary }) => summary.onlyEstimates)
  // Faults are only of interest where there are some, and how a value spread where there was one.
  const figures = FIGURES.filter((it) =>
    it === 'faults'
      ? rows.some(({ summary }) => summary.of(it).high > 0)
      : !OF_A_VALUE.includes(it) || isWithout.includes(false),
  )
  const withReached = isWithout.includes(false)
  const swept = [...new Set(rows.flatMap((row) => Object.keys(row.swept)))]
  const lines = rows.map(({ strategy, swept: values, summary }, i) => [
    strategy,
    ...swept.map((name) => String(values[name] ?? '-')),
    String(summary.runs),
    ...(withReached ? [isWithout[i] ? '-' : reached(summary.of('residue').median)] : []),
    ...figures.map((it) => (isWithout[i] && OF_A_VALUE.includes(it) ? '-' : spread(summary.of(it)))),
  ])
  const head = [...(withReached ? ['reached'] : []), ...figures.map((it) => withUnit(it, unit))]
  const without = [...new Set(rows.filter((_, i) => isWithout[i]).map(({ strategy }) => strategy))]
  const notes = without.map((it) => `${it}: no message carried a value; what the nodes estimated is below`)
  return [table(['strategy', ...swept, 'runs', ...head], lines), ...notes].join('\n')
}

/** What is said of how a value spread. */
const OF_A_VALUE: readonly Figure[] = ['residue', 'traffic', 'tAverage', 'tLast', 'hopsLast', 'duplicates']

/** A line a row of which some runs were cut off: their figures are those of an unfinished run. */
export function limitLines(rows: readonly Row[]): string {
  return rows
    .filter(({ summary }) => summary.cutOff > 0)
    .map(
      (row) =>
        `${labelOf(row)}: ${row.summary.cutOff} of ${row.summary.runs} runs ended at the limit (--until, else ${MAX_PERIODS} periods), not by themselves`,
    )
    .join('\n')
}

/** A line a formula: what it says, and what was measured. */
export function theoryTable(
  rows: readonly { readonly row: Row; readonly predictions: readonly Prediction[] }[],
): string {
  const lines = rows.flatMap(({ row, predictions }) =>
    predictions.map(({ figure, value, formula, source }) => [
      labelOf(row),
      figure,
      String(round(value)),
      String(round(row.summary.of(figure).mean)),
      formula,
      source,
    ]),
  )
  if (lines.length === 0) return ''
  return table(['in theory', 'figure', 'theory', 'measured (mean)', 'formula', 'source'], lines)
}

export function labelOf({ strategy, swept }: Pick<Row, 'strategy' | 'swept'>): string {
  return [strategy, ...Object.entries(swept).map(([name, value]) => `${name}=${value}`)].join(' ')
}

/** What is not all is not called 100%. */
function reached(residue: number): string {
  const percent = round(100 * (1 - residue))
  return residue > 0 && percent === 100 ? '>99.9%' : `${percent}%`
}

/** A line for all that a row's nodes estimate: between what the estimates of all live nodes lie, and after what time. */
export function estimateTable(rows: readonly Row[], unit: string): string {
  const lines = rows.flatMap((row) =>
    row.summary.estimates.map((name) => {
      const { summary } = row
      const ends = (['least', 'greatest'] as const).map((it) => spread(summary.ofEstimate(name, it), digits))
      const others = (['apart', 'after'] as const).map((it) => spread(summary.ofEstimate(name, it)))
      return [labelOf(row), name, ...ends, ...others]
    }),
  )
  if (lines.length === 0) return ''
  return table(['estimates', 'of', 'least', 'greatest', 'apart', `after (${unit})`], lines)
}

/** As many as estimates are compared by. */
function digits(value: number): number {
  return Number(value.toPrecision(9))
}
