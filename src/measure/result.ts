/** The record of one run, simulated or of real nodes: what every table, chart and file is made from. */

import type { DetectionFigures } from './detection.ts'
import type { Estimated } from './estimates.ts'
import type { Figures, LinkFigures, LoadFigures } from './figures.ts'
import type { OverlayFigures } from './overlay.ts'

export interface RunResult extends Figures, Partial<LinkFigures>, Partial<LoadFigures> {
  readonly strategy: string
  readonly options: Readonly<Record<string, unknown>>
  readonly nodes: number
  readonly seed: number
  readonly run: number
  /**
   * `done`: by itself, as soon as every live node held the value or nobody was interested any more. `limit`: it was
   * cut off, after `until` or 1,000 periods.
   */
  readonly ended: 'done' | 'limit'
  /** Faults that really fired. */
  readonly faults: number
  /** Things that happened: messages that arrived, periods, timers. */
  readonly events: number
  /** Nodes to which no way leads from the one that the value was handed to; only there if there are some. */
  readonly unreachable?: number
  /** Its name; only there with one. */
  readonly membership?: string
  /** Who could pick whom as the run ended; only there with a membership. */
  readonly overlay?: OverlayFigures
  /** Only there with a membership, if nodes died. */
  readonly detection?: DetectionFigures
  /** What nodes reported, by name; only there if they did. */
  readonly reports?: Readonly<Record<string, Estimates>>
}

/** The last estimates of all live nodes, and the truth over these same nodes, where it is known. */
export interface Estimates extends Estimated {
  /** When the run ended, after the value came in: ms, or rounds. */
  readonly after: number
}
