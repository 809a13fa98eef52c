/** What each column of a report's tables says. */
import { FIGURE_TABLE, FIGURES } from '../measure/figures.ts'
import { OVERLAY_FIGURES, OVERLAY_TABLE } from '../measure/overlay-table.ts'

export const MEANINGS: Readonly<Record<string, string>> = Object.fromEntries(
  FIGURES.map((it) => [it, FIGURE_TABLE[it].is]),
)

const OF_OVERLAYS: Readonly<Record<string, string>> = Object.fromEntries(
  OVERLAY_FIGURES.map((it) => [it, OVERLAY_TABLE[it].is]),
)

/** Of the other columns, by their heads. */
const OTHERS: Readonly<Record<string, string>> = {
  strategy: 'the protocol; of a mix each with its weight',
  runs: 'how many runs the row sums up, each with luck of its own',
  reached: 'share of the live nodes that ended with the value, the rest is the residue',
  'mean ±95%':
    "the mean over the runs and, behind ±, how far its 95% confidence interval reaches (Student's t)",
  'worst run':
    'the number of the run that left out the most nodes or, where all are alike, took longest; seed and number give it again',
  'difference of means':
    "the second row's mean minus the first's, over runs of the same number, which had the same luck",
  overlay:
    'the row whose nodes had a membership: who could pick whom as the runs ended, and how the dead were noticed',
  estimates: 'the row whose nodes estimated something',
  of: 'what is estimated',
  least: 'the least estimate of all live nodes at the end of a run',
  greatest: 'the greatest of them',
  apart: 'how far these two are apart, as a share of the greater',
  after: 'when the runs ended',
  'in theory': 'the row for which there is a formula',
  figure: 'what the formula is about',
  theory: 'what the formula says',
  'measured (mean)': 'the mean over the runs',
  formula: 'as the source has it; r or s is the residue, f the fanout, n the number of nodes',
  source: 'where it is from',
  expected: 'the row that was judged',
  bound: 'as --expect named it: of every run, or of the median or mean over all of them',
  verdict: 'holds, or violated',
  found: 'what was found',
}

/** @param head of a column, its unit in brackets @param isSwept is that a setting that was swept? */
export function meaningOf(head: string, isSwept: (name: string) => boolean): string {
  const [, name = head, unit] = /^(.*?)(?: \((ms|rounds)\))?$/.exec(head) ?? []
  const says = MEANINGS[name] ?? OF_OVERLAYS[name] ?? OTHERS[name]
  if (says === undefined || isSwept(name)) return `${name}: a setting or an option that was swept`
  return unit === undefined ? says : `${says}; in ${unit}`
}
