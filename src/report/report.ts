/** What a report is made of. Plain data: the terminal's tables and the files that are written read nothing else. */

import type { Curves } from '../experiment/curves.ts'
import type { Compared } from '../experiment/differences.ts'
import type { Verdict } from '../experiment/expect.ts'
import type { Summary } from '../experiment/summary.ts'
import type { Prediction } from '../experiment/theory.ts'
import {
  type ToldEstimate,
  type ToldFigures,
  type ToldOverlay,
  toldEstimates,
  toldFigures,
  toldOverlay,
} from './shown-figures.ts'

export interface Report {
  readonly title: string
  /** What to type to get it again. */
  readonly command: string
  /** Of this project. */
  readonly version: string
  readonly seed: number
  /** Of times: ms or rounds. */
  readonly unit: string
  /** All settings that are not swept, by name, as they are typed; times in ms, or rounds. */
  readonly settings: Readonly<Record<string, string>>
  readonly rows: readonly ReportRow[]
  /** Which rows differ, by their places. */
  readonly compared: readonly Compared[]
  /** What was expected of each row, and whether it is so. */
  readonly verdicts: readonly RowVerdict[]
  /** Real runs, to be laid over the simulated ones. */
  readonly real: readonly RealRun[]
}

export interface RowVerdict extends Verdict {
  /** The row's. */
  readonly label: string
}

type Swept = Readonly<Record<string, string | number | boolean>>

export interface ReportRow {
  readonly label: string
  readonly strategy: string
  /** The strategy's own, with defaults; of a mix by strategy. */
  readonly options: Readonly<Record<string, unknown>>
  readonly swept: Swept
  readonly runs: number
  /** The number of the run that went worst: it left out the most nodes, or else took longest. */
  readonly worst: number | undefined
  /** Runs that ended at the limit. */
  readonly cutOff: number
  readonly figures: ToldFigures
  /** None for a strategy that reports none. */
  readonly estimates: readonly ToldEstimate[]
  /** Nothing without a membership. */
  readonly overlay: ToldOverlay
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
  readonly options: Readonly<Record<string, unknown>>
  readonly swept: Swept
  readonly summary: Summary
  readonly curves: Curves
}

export function reportRow(known: Known, predictions: readonly Prediction[]): ReportRow {
  const { strategy, options, swept, summary, curves } = known
  const { runs, cutOff, worst } = summary
  const [figures, estimates] = [toldFigures(summary), toldEstimates(summary)]
  const label = labelOf(known)
  const overlay = toldOverlay(summary)
  return {
    label,
    strategy,
    options,
    swept,
    runs,
    worst,
    cutOff,
    figures,
    estimates,
    overlay,
    curves,
    predictions,
  }
}

export function labelOf({ strategy, swept }: Pick<Known, 'strategy' | 'swept'>): string {
  return [strategy, ...Object.entries(swept).map(([name, value]) => `${name}=${value}`)].join(' ')
}
