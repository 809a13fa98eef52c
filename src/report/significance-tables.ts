/** How sure the means are, and which rows differ by more than chance: tables for a terminal and a report alike. */

import { type Compared, LEVEL } from '../experiment/differences.ts'
import { smallest } from '../measure/extremes.ts'
import { COUNTED, type Figure } from '../measure/figures.ts'
import { round, withUnit } from './format.ts'
import type { ReportRow } from './report.ts'
import type { Cells } from './tables.ts'

const NOTHING = '-'
/** Behind what is significant. */
const MARK = '*'

/** A line a row of several runs: the means with their 95% intervals, and the run that went worst. */
export function meanCells(rows: readonly ReportRow[], unit: string): Cells {
  const told = rows.filter(({ runs, figures }) => runs > 1 && Object.keys(figures).length > 0)
  const figures = figuresOf(told)
  const lines = told.map((row) => [
    row.label,
    ...figures.map((it) => {
      const figure = row.figures[it]
      if (figure === undefined) return NOTHING
      const { mean, meanInterval: [, high] = [mean, mean] } = figure
      return high === mean ? String(round(mean)) : `${round(mean)} ±${round(high - mean)}`
    }),
    String(row.worst ?? NOTHING),
  ])
  return { head: ['mean ±95%', ...figures.map((it) => withUnit(it, unit)), 'worst run'], lines }
}

export const ABOUT_MEANS =
  "±95%: the mean's 95% confidence interval, by Student's t; worst run: the number of the run that left out most nodes, or else took longest"

/** A line a pair of rows: the second's mean minus the first's. Faults are given, not found. */
export function differenceCells(
  rows: readonly ReportRow[],
  compared: readonly Compared[],
  unit: string,
): Cells {
  const told = compared.filter(({ pairs, differences }) => pairs > 1 && differences.length > 0)
  const figures = figuresOf(rows).filter((it) =>
    told.some(({ differences }) => differences.some(({ figure }) => figure === it)),
  )
  const lines = told.map(({ first, second, differences }) => [
    `${rows[second]!.label} - ${rows[first]!.label}`,
    ...figures.map((it) => {
      const found = differences.find(({ figure }) => figure === it)
      if (found === undefined) return NOTHING
      const { mean, isSignificant } = found
      return `${mean > 0 ? '+' : ''}${round(mean)}${isSignificant ? MARK : ''}`
    }),
  ])
  return { head: ['difference of means', ...figures.map((it) => withUnit(it, unit))], lines }
}

/** What the mark says, and where there are too few runs for it. */
export function differenceNotes(compared: readonly Compared[]): string[] {
  const told = compared.filter(({ pairs, differences }) => pairs > 1 && differences.length > 0)
  if (told.length === 0) return []
  const pairs = smallest(told.map((it) => it.pairs))
  const holm =
    compared.length > 1 ? `, corrected for ${compared.length} comparisons of each figure (Holm)` : ''
  const needed = leastPairs(compared.length)
  return [
    `${MARK} significant: p < ${LEVEL} by Wilcoxon's signed-rank test, runs of the same number (the same luck) as pairs${holm}`,
    ...(pairs < needed
      ? [`no difference can be significant with ${pairs} runs: at least ${needed} are needed`]
      : []),
  ]
}

/** So many that all of them leaning to one side would be significant: 2 / 2^pairs, as often as Holm raises it. */
function leastPairs(comparisons: number): number {
  return Math.floor(1 + Math.log2(comparisons / LEVEL)) + 1
}

function figuresOf(rows: readonly ReportRow[]): Figure[] {
  return COUNTED.filter((it) => rows.some(({ figures }) => figures[it] !== undefined))
}
