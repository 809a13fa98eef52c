/** What a report is made of. Plain data: the terminal's tables and the files that are written read nothing else. */

import type { Curves } from '../experiment/curves.ts'
import type { Summary } from '../experiment/summary.ts'
import type { Prediction } from '../experiment/theory.ts'
import { type ToldEstimate, type ToldFigures, toldEstimates, toldFigures } from './told.ts'

export interface Report {
  readonly title: string
  /** What to type to get it again. */
  readonly command: string
  readonly seed: number
  /** Of times: ms or rounds. */
  readonly unit: string
  /** Settings that all rows share, by name, as they are typed. */
  readonly settings: Readonly<Record<string, string>>
  readonly rows: readonly ReportRow[]
  /** Real runs, to be laid over the simulated ones. */
  readonly real: readonly RealRun[]
}

type Swept = Readonly<Record<string, string | number | boolean>>

export interface ReportRow {
  readonly label: string
  readonly strategy: string
  readonly swept: Swept
  readonly runs: number
  /** Runs that ended at the limit. */
  readonly cutOff: number
  readonly figures: ToldFigures
  /** None for a strategy that reports none. */
  readonly estimates: readonly ToldEstimate[]
  readonly curves: Curves
  readonly predictions: readonly Prediction[]
}

/** One value of a recorded run. */
export interface RealRun {
  readonly label: string
  readonly nodes: number
  /** When each node that was reached had it first, ms since injection, sorted. */
  readonly times: Float64Array
}

/** What is known of the runs of one cell. */
export interface Known {
  readonly strategy: string
  readonly swept: Swept
  readonly summary: Summary
  readonly curves: Curves
}

export function reportRow(known: Known, predictions: readonly Prediction[]): ReportRow {
  const { strategy, swept, summary, curves } = known
  const { runs, cutOff } = summary
  const figures = toldFigures(summary)
  const estimates = toldEstimates(summary)
  return { label: labelOf(known), strategy, swept, runs, cutOff, figures, estimates, curves, predictions }
}

export function labelOf({ strategy, swept }: Pick<Known, 'strategy' | 'swept'>): string {
  return [strategy, ...Object.entries(swept).map(([name, value]) => `${name}=${value}`)].join(' ')
}
