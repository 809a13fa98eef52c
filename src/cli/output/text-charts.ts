/** Results as charts of text, for a terminal. */

import plot from 'simple-ascii-chart'
import { largest, smallest } from '../../measure/extremes.ts'
import { round } from '../../report/format.ts'
import type { ReportRow } from '../../report/report.ts'
import { printable } from '../../text/printable.ts'

/** One a curve, so that they differ without colours; then its colour where there are some (ANSI). */
const GLYPHS = ['o', '+', 'x', '*', '#', '@', '%', '=', '~', '^', '$', '&'] as const
const COLORS = [36, 33, 35, 32, 31, 34] as const
/** More curves in one chart can't be told apart. */
const MOST_CURVES = GLYPHS.length
const MOST_BARS = 24
const WIDTH = 64
const HEIGHT = 12
/** The axis ends a little after the slowest curve has come that far: stragglers would squeeze all else to the left. */
const SHOWN = 0.9
const BEYOND = 1.15
/** How many times later the slowest curve may come there than the fastest, on a linear axis. */
const MOST_APART = 8

/**
 * The S-curves: the share of nodes reached over time, median over the runs. Empty where no value spread.
 * @param colored may it have colours?
 */
export function curveChart(all: readonly ReportRow[], unit: string, colored: boolean): string {
  const rows = all.filter(({ curves }) => curves.runs > 0)
  if (rows.length === 0 || rows.length > MOST_CURVES) return ''
  const scale = scaleOf(rows)
  const series = rows.map(({ curves }) =>
    curves
      .reached(scale.places.map(scale.timeAt))
      .map(({ median }, i): Point => [scale.places[i]!, 100 * median]),
  )
  const glyph = (i: number): string =>
    colored ? `\x1b[${COLORS[i % COLORS.length]}m${GLYPHS[i]}\x1b[0m` : GLYPHS[i]!
  let drawn = -1
  const chart = plot(series, {
    title: `% of nodes reached, by ${unit} (median of the runs${scale.about})`,
    width: WIDTH,
    height: HEIGHT,
    yRange: [0, 100],
    customYAxisTicks: [0, 25, 50, 75, 100],
    customXAxisTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => scale.places[Math.round(share * (WIDTH - 1))]!),
    formatter: (value, { axis }) => (axis === 'x' ? round(scale.timeAt(value)) : value),
    lineFormatter: ({ index, plotX, plotY }) => {
      // It is called curve by curve, and does not tell of which.
      if (index === 0) drawn += 1
      return isOnTop(series, drawn, index) ? { x: plotX, y: plotY, symbol: glyph(drawn) } : []
    },
  })
  const legend = rows.map(({ label }, i) => `${glyph(i)} ${printable(label)}`)
  return [chart.trimEnd(), ...legend, ''].join('\n')
}

type Point = [x: number, y: number]

interface Scale {
  /** Along the axis, evenly spaced, one a column. */
  readonly places: readonly number[]
  /** @returns the time at that place */
  timeAt(place: number): number
  /** What must be said of it. */
  readonly about: string
}

function scaleOf(rows: readonly ReportRow[]): Scale {
  const times = rows.map(({ curves }) => curves.typical(SHOWN))
  const end = BEYOND * largest(times) || 1
  const isCut = rows.some(({ curves }) => curves.timeOf(1) > end)
  const about = isCut ? '; the last ones came later' : ''
  const even = (from: number, to: number): number[] =>
    Array.from({ length: WIDTH }, (_, i) => from + ((to - from) * i) / (WIDTH - 1))
  const fast = smallest(times.filter((it) => it > 0))
  if (!(end / fast > MOST_APART)) return { places: even(0, end), timeAt: (it) => it, about }
  const begins = rows.map(({ curves }) => curves.typical(0.1)).filter((it) => it > end / 1e6)
  const begin = Math.min(smallest(begins), fast)
  return {
    places: even(Math.log10(begin / BEYOND), Math.log10(end)),
    timeAt: (it) => 10 ** it,
    about: `; logarithmic${about}`,
  }
}

/** Where curves lie on each other, each is drawn in its turn, so that none is hidden. */
function isOnTop(series: readonly (readonly Point[])[], i: number, column: number): boolean {
  const here = [...series.keys()].filter((it) => lineAt(series[it]![column]!) === lineAt(series[i]![column]!))
  return here[column % here.length] === i
}

function lineAt([, share]: Point): number {
  return Math.round((share / 100) * (HEIGHT - 1))
}

/** What each row costs: messages a node with the value and without, medians. */
export function costBars(rows: readonly ReportRow[]): string {
  if (rows.length < 2 || rows.length > MOST_BARS) return ''
  const costs = rows.map(({ label, figures: { traffic, control } }) => ({
    label: printable(label),
    value: traffic?.median ?? 0,
    other: control?.median ?? 0,
  }))
  const most = largest(costs.map(({ value, other }) => value + other))
  if (most === 0) return ''
  const wide = largest(costs.map(({ label }) => label.length))
  const bar = (amount: number, character: string): string =>
    character.repeat(Math.round((amount / most) * WIDTH))
  const lines = costs.map(
    ({ label, value, other }) =>
      `${label.padEnd(wide)} ${bar(value, '█')}${bar(other, '░')} ${round(value + other)}`,
  )
  return ['messages a node: █ with the value, ░ without', ...lines, ''].join('\n')
}
