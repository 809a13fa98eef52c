/** The axis of time: linear, or logarithmic where some are far slower than others. */

import { SHOWN } from '../../experiment/curves.ts'
import { largest, smallest } from '../../measure/extremes.ts'
import type { ReportRow } from '../report.ts'
import { axis } from './style.ts'

/** How many times later the slowest row may end than the fastest has its half, on a linear axis. */
const MOST_APART = 30

export interface TimeAxis {
  readonly axis: object
  /** So many times along the axis, evenly spaced on it. */
  times(count: number): number[]
}

/** It ends where the slowest row is typically through. @param rows at least one @param real the last times of what else is drawn */
export function timeAxis(rows: readonly ReportRow[], unit: string, real: readonly number[] = []): TimeAxis {
  const name = `since injection (${unit})`
  const ends = [...rows.map(({ curves }) => curves.typical(SHOWN)), ...real]
  const halves = [...rows.map(({ curves }) => curves.typical(0.5)), ...real].filter((it) => it > 0)
  const end = roundUp(largest(ends)) || 1
  if (end / smallest(halves) < MOST_APART || halves.length === 0) {
    return {
      axis: axis(name, 'x', { min: 0, max: end }),
      times: (count) => Array.from({ length: count }, (_, i) => (end * i) / (count - 1)),
    }
  }
  const begins = rows.map(({ curves }) => curves.typical(0.1)).filter((it) => it > 0)
  const early = Math.max(end / 1e6, Math.min(smallest(begins), end / 10))
  const begin = 10 ** Math.floor(Math.log10(early))
  const top = 10 ** Math.ceil(Math.log10(end))
  return {
    axis: axis(name, 'x', { type: 'log', min: begin, max: top }),
    times: (count) => Array.from({ length: count }, (_, i) => begin * (top / begin) ** (i / (count - 1))),
  }
}

/** To two digits, so that the axis ends at a number. */
function roundUp(value: number): number {
  if (value <= 0) return 0
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((Math.ceil(value / unit) * unit).toPrecision(12))
}
