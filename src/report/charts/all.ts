/** All charts by the names that people ask for them by. */
import type { EChartsOption } from 'echarts'
import type { ChartName } from '../chart-names.ts'
import type { Report } from '../report.ts'
import { costChart } from './cost.ts'
import { curveChart } from './curve.ts'
import { delayChart } from './delays.ts'
import { residueTraffic } from './residue-traffic.ts'
import { sweepChart } from './sweep.ts'

/** Each is undefined where the report has nothing to draw: no value spread, or no numbers were swept. */
export const CHARTS = {
  curve: curveChart,
  'residue-traffic': residueTraffic,
  cost: costChart,
  delay: delayChart,
  'sweep-residue': (report) => sweepChart(report, 'residue'),
  'sweep-traffic': (report) => sweepChart(report, 'traffic'),
  'sweep-tLast': (report) => sweepChart(report, 'tLast'),
} as const satisfies Readonly<Record<ChartName, (report: Report) => EChartsOption | undefined>>
