/** One chart, for a paper. */

import type { ChartName } from './chart-names.ts'
import { CHARTS } from './charts/all.ts'
import { heightOf, WIDTH } from './charts/style.ts'
import { svgOf } from './render-svg.ts'
import type { Report } from './report.ts'
import { sweptNumber } from './sweep-axis.ts'

/** @throws {Error} one line, if the report has nothing to draw there */
export function paper(report: Report, name: ChartName): string {
  const option = CHARTS[name](report)
  if (option !== undefined) return svgOf(option, { width: WIDTH, height: heightOf(option) })
  throw new Error(
    name.startsWith('sweep') && sweptNumber(report.rows) === undefined
      ? `chart ${name}: no numbers were swept`
      : `chart ${name}: no run spread a value`,
  )
}
