/** S-curves: the share of nodes that have the value over time, with intervals; real runs are laid over them. */
import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import type { Report, ReportRow } from '../report.ts'
import { axis, BASE, COLORS, DASHES, MOST_ROWS, title } from './style.ts'
import { timeAxis } from './time.ts'

const POINTS = 160

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
    legend: { ...BASE.legend, data: [...drawn.map(({ label }) => label), ...real.map(({ label }) => label)] },
    series: [
      ...drawn.flatMap((row, i) => seriesOf(row, i, time.times(POINTS))),
      ...real.map(
        ({ label, times, nodes }, i): LineSeriesOption => ({
          type: 'line',
          name: label,
          step: 'end',
          showSymbol: true,
          symbolSize: 5,
          color: COLORS[(drawn.length + i) % COLORS.length]!,
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
  times: readonly number[],
): (LineSeriesOption | CustomSeriesOption)[] {
  const points = curves.reached(times)
  const color = COLORS[i % COLORS.length]!
  const line: LineSeriesOption = {
    type: 'line',
    name: label,
    showSymbol: false,
    color,
    lineStyle: { width: 2, type: DASHES[i % DASHES.length] as 'solid' },
    data: points.map(({ time, median }) => [time, 100 * median]),
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
