/**
 * What is told of a row, in the terminal's tables and in every report alike. A strategy whose nodes only estimate
 * spreads no value: figures of one are left out, as they would say nothing, and the estimates are told.
 */
import { onlyEstimates, type Spread, type Summary } from '../experiment/summary.ts'
import { FIGURE_TABLE, FIGURES, type Figure } from '../measure/figures.ts'
import { OVERLAY_FIGURES, type OverlayFigure } from '../measure/overlay-table.ts'
import type { RunResult } from '../measure/result.ts'

/** What is said of how a value spread. */
const OF_A_VALUE = new Set<string>(
  Object.entries(FIGURE_TABLE).flatMap(([name, about]) => (about.of === 'value' ? [name] : [])),
)

/** Those that say nothing are not there. */
export type ToldFigures = Readonly<Partial<Record<Figure, Spread>>>

/** What the nodes estimated by the end, over the runs. */
export interface ToldEstimate {
  readonly name: string
  /** Of all live nodes. */
  readonly least: Spread
  readonly greatest: Spread
  /** What they should be, of the numbers of all live nodes; not there where that is not known. */
  readonly truth: Spread | undefined
  /** How far the estimate that is furthest off is from the truth, as a share of it. */
  readonly error: Spread | undefined
  /** How far these are apart, as a share of the greater. */
  readonly apart: Spread
  /** When the runs ended: ms, or rounds. */
  readonly after: Spread
}

export function toldFigures(summary: Summary): ToldFigures {
  const told = FIGURES.filter((it) => summary.has(it) && !(summary.onlyEstimates && OF_A_VALUE.has(it)))
  return Object.fromEntries(told.map((it) => [it, summary.of(it)]))
}

export function toldEstimates(summary: Summary): ToldEstimate[] {
  return summary.estimates.map((name) => {
    const of = (figure: Parameters<Summary['ofEstimate']>[1]): Spread => summary.ofEstimate(name, figure)
    const ifKnown = (figure: 'truth' | 'error'): Spread | undefined => {
      const spread = of(figure)
      return Number.isNaN(spread.mean) ? undefined : spread
    }
    return {
      name,
      least: of('least'),
      greatest: of('greatest'),
      truth: ifKnown('truth'),
      error: ifKnown('error'),
      apart: of('apart'),
      after: of('after'),
    }
  })
}

/** What a membership made of the nodes; of no row without one. */
export type ToldOverlay = Readonly<Partial<Record<OverlayFigure, Spread>>>

export function toldOverlay(summary: Summary): ToldOverlay {
  return Object.fromEntries(
    OVERLAY_FIGURES.flatMap((it) => {
      const spread = summary.ofOverlay(it)
      return spread === undefined ? [] : [[it, spread]]
    }),
  )
}

/** Is that field of one run told? */
export function isTold(run: RunResult, field: string): boolean {
  return !(onlyEstimates(run) && OF_A_VALUE.has(field))
}
