/** A report as data: what the charts are drawn from. */
import type { Report } from './report.ts'

/** Points of each S-curve. */
const POINTS = 100

export function json({ rows, real, ...about }: Report): string {
  const drawn = rows.map(({ curves, ...row }) => {
    const end = curves.timeOf(1)
    return {
      ...row,
      curve:
        curves.runs > 0
          ? curves.reached(Array.from({ length: POINTS }, (_, i) => (end * i) / (POINTS - 1)))
          : [],
    }
  })
  return `${JSON.stringify({ ...about, rows: drawn, real: real.map((it) => ({ ...it, times: [...it.times] })) }, null, 2)}\n`
}
