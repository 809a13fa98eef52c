/** Results as charts of text, for a terminal. */
import plot from 'simple-ascii-chart'
import { SHOWN } from '../experiment/curves.ts'
import type { ReportRow } from '../report/report.ts'
import { round } from '../report/words.ts'

const COLORS = ['ansiCyan', 'ansiYellow', 'ansiMagenta', 'ansiGreen', 'ansiRed', 'ansiBlue'] as const
/** More curves in one chart can't be told apart. */
const MOST_CURVES = COLORS.length
const MOST_BARS = 24
const WIDTH = 64
const HEIGHT = 12

/** The S-curves: the share of nodes reached over time, median over the runs. Empty where no value spread. */
export function curveChart(all: readonly ReportRow[], unit: string): string {
  const rows = all.filter(({ curves }) => curves.runs > 0)
  if (rows.length === 0 || rows.length > MOST_CURVES) return ''
  const end = Math.max(...rows.map(({ curves }) => curves.timeOf(SHOWN))) || 1
  const times = Array.from({ length: WIDTH }, (_, i) => (end * i) / (WIDTH - 1))
  const series = rows.map(({ curves }) =>
    curves.reached(times).map(({ time, median }): [number, number] => [time, 100 * median]),
  )
  return plot(series, {
    title: `% of nodes reached, by ${unit} (median of the runs${isCut(rows, end) ? '; the last 2% came later' : ''})`,
    width: WIDTH,
    height: HEIGHT,
    yRange: [0, 100],
    color: rows.map((_, i) => COLORS[i]!),
    customYAxisTicks: [0, 25, 50, 75, 100],
    customXAxisTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => end * share),
    formatter: (value, { axis }) => (axis === 'x' ? round(value) : value),
    legend: { position: 'bottom', series: rows.map(({ label }) => label) },
  })
}

function isCut(rows: readonly ReportRow[], end: number): boolean {
  return rows.some(({ curves }) => curves.timeOf(1) > 1.2 * end)
}

/** What each row costs: messages a node with the value and without, medians. */
export function costBars(rows: readonly ReportRow[]): string {
  if (rows.length < 2 || rows.length > MOST_BARS) return ''
  const costs = rows.map(({ label, figures: { traffic, control } }) => ({
    label,
    value: traffic?.median ?? 0,
    other: control?.median ?? 0,
  }))
  const most = Math.max(...costs.map(({ value, other }) => value + other))
  if (most === 0) return ''
  const wide = Math.max(...costs.map(({ label }) => label.length))
  const bar = (amount: number, character: string): string =>
    character.repeat(Math.round((amount / most) * WIDTH))
  const lines = costs.map(
    ({ label, value, other }) =>
      `${label.padEnd(wide)} ${bar(value, '█')}${bar(other, '░')} ${round(value + other)}`,
  )
  return ['messages a node: █ with the value, ░ without', ...lines, ''].join('\n')
}
