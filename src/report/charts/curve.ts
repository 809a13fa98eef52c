/** S-curves: the share of nodes that have the value over time, with intervals; real runs are laid over them. */
import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import type { Report, ReportRow } from '../report.ts'
import { axis, BASE, type Look, lookOf, MOST_ROWS, title, withLegend } from './style.ts'
import { timeAxis } from './time-axis.ts'

const POINTS = 160
/** Points between two symbols on a curve. */
const SYMBOL_EVERY = 20

/** None where no run spread a value. */
export function curveChart({ rows, real, unit }: Report): EChartsOption | undefined {
  const drawn = rows.filter(({ curves }) => curves.runs > 0).slice(0, MOST_ROWS)
  if (drawn.length + real.length === 0) return undefined
  const time = timeAxis(
    drawn,
    unit,
    real.map(({ times }) => times.at(-1) ?? 0),
  )
  return {
    ...BASE,
    title: title('Nodes that have the value'),
    xAxis: time.axis,
    yAxis: axis('share of nodes (%)', 'y', { min: 0, max: 100 }),
    ...withLegend([...drawn, ...real].map(({ label }) => label)),
    series: [
      ...drawn.flatMap((row, i) => seriesOf(row, i, lookOf(i), time.times(POINTS))),
      ...real.map(
        ({ label, times, nodes }, i): LineSeriesOption => ({
          type: 'line',
          name: label,
          step: 'end',
          showSymbol: true,
          symbolSize: 5,
          color: lookOf(drawn.length + i).color,
          lineStyle: { width: 1.5 },
          data: Array.from(times, (time, at) => [time, (100 * (at + 1)) / nodes]),
        }),
      ),
    ],
  }
}

function seriesOf(
  { label, curves }: ReportRow,
  i: number,
  { color, dash, symbol }: Look,
  times: readonly number[],
): (LineSeriesOption | CustomSeriesOption)[] {
  const points = curves.reached(times)
  const line: LineSeriesOption = {
    type: 'line',
    name: label,
    showAllSymbol: true,
    symbol,
    symbolSize: 8,
    color,
    lineStyle: { width: 2, type: dash },
    // Not all at the same places, so that those of curves that lie on each other are seen.
    data: points.map(({ time, median }, at) => ({
      value: [time, 100 * median],
      ...((at + 7 * i) % SYMBOL_EVERY === 0 ? {} : { symbol: 'none' }),
    })),
  }
  const edge = [
    ...points.map(({ time, high }) => [time, 100 * high]),
    ...points.map(({ time, low }) => [time, 100 * low]).reverse(),
  ]
  const band: CustomSeriesOption = {
    type: 'custom',
    color,
    silent: true,
    data: [edge[0]!],
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: edge.map((point) => api.coord(point)) },
      style: { fill: color, opacity: 0.15 },
    }),
  }
  return [band, line]
}
