/** How long it took until a node had its first copy: a histogram over all nodes and runs. */
import type { EChartsOption } from 'echarts'
import type { Report } from '../report.ts'
import { axis, BASE, lookOf, MOST_ROWS, title, withLegend } from './style.ts'
import { timeAxis } from './time-axis.ts'

const BINS = 40
/** Bins between two symbols on a line. */
const SYMBOL_EVERY = 8

export function delayChart({ rows, unit }: Report): EChartsOption | undefined {
  const drawn = rows.filter(({ curves }) => curves.runs > 0).slice(0, MOST_ROWS)
  if (drawn.length === 0) return undefined
  const time = timeAxis(drawn, unit)
  return {
    ...BASE,
    title: title('Delay of first copies'),
    xAxis: time.axis,
    yAxis: axis('share of first copies (%)', 'y', { min: 0 }),
    ...withLegend(drawn.map(({ label }) => label)),
    series: drawn.map(({ label, curves }, i) => ({
      type: 'line' as const,
      name: label,
      step: 'end' as const,
      showAllSymbol: true,
      symbol: lookOf(i).symbol,
      symbolSize: 7,
      color: lookOf(i).color,
      lineStyle: { width: 1.5, type: lookOf(i).dash },
      areaStyle: { opacity: 0.12 },
      data: curves.delays(time.times(BINS + 1)).flatMap(({ from, to, share }, bin) => [
        { value: [from, 100 * share], ...((bin + 3 * i) % SYMBOL_EVERY === 0 ? {} : { symbol: 'none' }) },
        { value: [to, 100 * share], symbol: 'none' },
      ]),
    })),
  }
}
