/** What each row costs: messages a node with the value, and without. */
import type { EChartsOption } from 'echarts'
import type { Report } from '../report.ts'
import { axis, BASE, COLORS, title } from './style.ts'

/** More bars can't be read. */
const MOST_BARS = 24

export function costChart({ rows }: Report): EChartsOption {
  const drawn = rows.slice(0, MOST_BARS)
  const bar = (name: string, color: string, of: (row: (typeof drawn)[number]) => number) => ({
    type: 'bar' as const,
    name,
    stack: 'cost',
    color,
    data: drawn.map(of),
  })
  return {
    ...BASE,
    grid: { ...BASE.grid, containLabel: true, left: 20, bottom: 60 },
    title: title('Cost: messages a node (medians)'),
    xAxis: axis('messages / node', 'x', { min: 0 }),
    yAxis: { type: 'category', inverse: true, data: drawn.map(({ label }) => label) },
    series: [
      bar(
        'with the value, first copies and others',
        COLORS[0],
        ({ figures }) => figures.traffic?.median ?? 0,
      ),
      bar('without', COLORS[5], ({ figures }) => figures.control?.median ?? 0),
    ],
  }
}
