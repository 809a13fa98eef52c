/** How long it took until a node had its first copy: a histogram over all nodes and runs. */
import type { EChartsOption } from 'echarts'
import type { Report } from '../report.ts'
import { axis, BASE, COLORS, DASHES, MOST_ROWS, title } from './style.ts'
import { timeAxis } from './time.ts'

const BINS = 40

export function delayChart({ rows, unit }: Report): EChartsOption | undefined {
  const drawn = rows.filter(({ curves }) => curves.runs > 0).slice(0, MOST_ROWS)
  if (drawn.length === 0) return undefined
  const time = timeAxis(drawn, unit)
  return {
    ...BASE,
    title: title('Delay of first copies'),
    xAxis: time.axis,
    yAxis: axis('share of first copies (%)', 'y', { min: 0 }),
    series: drawn.map(({ label, curves }, i) => ({
      type: 'line' as const,
      name: label,
      step: 'end' as const,
      showSymbol: false,
      color: COLORS[i % COLORS.length]!,
      lineStyle: { width: 1.5, type: DASHES[i % DASHES.length] as 'solid' },
      areaStyle: { opacity: 0.12 },
      data: curves.delays(time.times(BINS + 1)).flatMap(({ from, to, share }) => [
        [from, 100 * share],
        [to, 100 * share],
      ]),
    })),
  }
}
