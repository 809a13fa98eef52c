/** Residue against traffic: what a protocol leaves out, and what it costs. Crosses are 95% intervals. */
import type { CustomSeriesOption, EChartsOption, ScatterSeriesOption } from 'echarts'
import type { Report } from '../report.ts'
import { axis, BASE, lookOf, MOST_ROWS, title, withLegend } from './style.ts'

export function residueTraffic({ rows }: Report): EChartsOption | undefined {
  const drawn = rows
    .flatMap(({ label, figures: { residue, traffic } }) =>
      residue === undefined || traffic === undefined ? [] : [{ label, residue, traffic }],
    )
    .slice(0, MOST_ROWS)
  if (drawn.length === 0) return undefined
  return {
    ...BASE,
    title: title('Residue against traffic'),
    xAxis: axis('traffic (messages with the value / node)', 'x', { min: 0 }),
    yAxis: axis('residue (share of nodes without it)', 'y', { min: 0 }),
    ...withLegend(
      drawn.map(({ label }) => label),
      14,
    ),
    series: drawn.flatMap(({ label, residue, traffic }, i) => {
      const { color, symbol } = lookOf(i)
      const point: ScatterSeriesOption = {
        type: 'scatter',
        name: label,
        symbol,
        symbolSize: 10,
        color,
        data: [[traffic.median, residue.median]],
      }
      return [
        cross(color, [traffic.low, residue.median], [traffic.high, residue.median]),
        cross(color, [traffic.median, residue.low], [traffic.median, residue.high]),
        point,
      ]
    }),
  }
}

function cross(color: string, from: number[], to: number[]): CustomSeriesOption {
  return {
    type: 'custom',
    color,
    silent: true,
    // Both ends count for the axes.
    data: [from, to],
    renderItem: (params, api) => {
      if (params.dataIndex > 0) return
      const [[x1, y1], [x2, y2]] = [api.coord(from), api.coord(to)] as [[number, number], [number, number]]
      return {
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: color, lineWidth: 1.5, opacity: 0.6 },
      }
    },
  }
}
