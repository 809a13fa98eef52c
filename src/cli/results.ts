/** Results as people read them in a terminal. */
import plot from 'simple-ascii-chart'
import type { RunResult } from '../simulation/simulate.ts'
import { table } from './table.ts'

export interface Curve {
  readonly name: string
  /** When each node was reached, sorted. */
  readonly times: Float64Array
  readonly nodes: number
}

const COLORS = ['ansiCyan', 'ansiYellow', 'ansiMagenta', 'ansiGreen', 'ansiRed', 'ansiBlue'] as const
const WIDTH = 64
const HEIGHT = 12

/** The S-curves: the share of nodes reached over time. */
export function curveChart(curves: readonly Curve[], unit: string): string {
  const end = Math.max(1, ...curves.map(({ times }) => times.at(-1) ?? 0))
  const series = curves.map(({ times, nodes }) =>
    Array.from({ length: WIDTH }, (_, i): [number, number] => {
      const time = (end * i) / (WIDTH - 1)
      return [time, (100 * countUpTo(times, time)) / nodes]
    }),
  )
  return plot(series, {
    title: `% of nodes reached, by ${unit} (first run)`,
    width: WIDTH,
    height: HEIGHT,
    yRange: [0, 100],
    color: curves.map((_, i) => COLORS[i % COLORS.length]!),
    customYAxisTicks: [0, 25, 50, 75, 100],
    customXAxisTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => end * share),
    formatter: (value, { axis }) => (axis === 'x' ? round(value) : value),
    legend: { position: 'bottom', series: curves.map(({ name }) => name) },
  })
}

const FIGURES = [
  'residue',
  'traffic',
  'control',
  'tAverage',
  'tLast',
  'hopsLast',
  'duplicates',
  'bytes',
] as const

/** A line a strategy: the median over its runs, and the whole range where there are several. */
export function resultTable(results: readonly RunResult[], unit: string): string {
  const names = [...new Set(results.map((it) => it.strategy))]
  const groups = names.map((name) => results.filter((it) => it.strategy === name))
  const rows = groups.map((runs) => [
    runs[0]!.strategy,
    String(runs.length),
    reached(runs),
    ...FIGURES.map((figure) => spread(runs.map((run) => run[figure]))),
  ])
  const head = FIGURES.map((figure) =>
    figure.startsWith('t') && figure !== 'traffic' ? `${figure} (${unit})` : figure,
  )
  return table(['strategy', 'runs', 'reached', ...head], rows)
}

/** The share of all live nodes of all runs that the value reached. */
function reached(runs: readonly RunResult[]): string {
  const residue = runs.reduce((sum, run) => sum + run.residue, 0) / runs.length
  return `${round(100 * (1 - residue))}%`
}

/** A line a strategy that estimates something: between what its nodes' estimates lie (first run). */
export function reportLines(results: readonly RunResult[], unit: string): string {
  const firsts = results.filter(({ run, reports }) => run === 0 && reports !== undefined)
  const lines = firsts.flatMap(({ strategy, reports }) =>
    Object.entries(reports ?? {}).map(
      ([name, { least, greatest, after }]) =>
        `${strategy}: ${name} is ${digits(least)} to ${digits(greatest)} on all live nodes after ${round(after)} ${unit}`,
    ),
  )
  return lines.join('\n')
}

/** As many as estimates are compared by. */
function digits(value: number): number {
  return Number(value.toPrecision(9))
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const [first, median, last] = [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!]
  return first === last ? String(round(first)) : `${round(median)} [${round(first)}-${round(last)}]`
}

/** Three significant digits are what a person compares. */
function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

function countUpTo(sorted: Float64Array, limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low
}
