/** What each row costs: messages a node with the value, and without. */
import type { EChartsOption } from 'echarts'
import type { Report } from '../report.ts'
import { axis, BASE, COLORS, INK, title, withLegend } from './style.ts'

/** More bars can't be read. */
export const MOST_BARS = 24
const SQUARE = 14
const NAMES = ['with the value', 'without'] as const

export function costChart({ rows }: Report): EChartsOption {
  const drawn = rows.slice(0, MOST_BARS)
  const bar = (name: string, color: string, of: (row: (typeof drawn)[number]) => number) => ({
    type: 'bar' as const,
    name,
    stack: 'cost',
    color,
    data: drawn.map(of),
  })
  const legend = withLegend(NAMES, SQUARE)
  return {
    ...BASE,
    ...legend,
    grid: { ...legend.grid, containLabel: true, left: 20, bottom: 60 },
    title: title('Cost: messages a node (medians)'),
    xAxis: axis('messages / node', 'x', { min: 0 }),
    yAxis: {
      type: 'category',
      inverse: true,
      axisLine: { lineStyle: { color: INK } },
      data: drawn.map(({ label }) => label),
      axisLabel: { color: INK, width: 220, overflow: 'break', lineHeight: 13 },
    },
    series: [
      bar(NAMES[0], COLORS[0], ({ figures }) => figures.traffic?.median ?? 0),
      bar(NAMES[1], COLORS[5], ({ figures }) => figures.control?.median ?? 0),
    ],
  }
}
