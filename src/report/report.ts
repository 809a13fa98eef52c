/** What a report is made of. Plain data: the files that are written read nothing else. */

import type { Curves } from '../experiment/curves.ts'
import type { Figure, Spread } from '../experiment/summary.ts'
import type { Prediction } from '../experiment/theory.ts'

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

export interface ReportRow {
  readonly label: string
  readonly strategy: string
  readonly swept: Readonly<Record<string, string | number | boolean>>
  readonly runs: number
  /** Runs that ended at the limit. */
  readonly cutOff: number
  readonly figures: Readonly<Record<Figure, Spread>>
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
