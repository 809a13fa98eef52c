/** A figure over a number that was swept, with 95% intervals, beside the formula where there is one. */
import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import type { Spread } from '../../experiment/summary.ts'
import type { Figure } from '../../measure/figures.ts'
import { withUnit } from '../format.ts'
import type { Report, ReportRow } from '../report.ts'
import { sweptNumber } from '../sweep-axis.ts'
import { axis, BASE, lookOf, MOST_ROWS, title, withLegend } from './style.ts'

/** A row that tells that figure. */
interface Told extends Pick<ReportRow, 'strategy' | 'swept' | 'predictions'> {
  readonly spread: Spread
}

/** None unless numbers of one name were swept, in rows that tell that figure. */
export function sweepChart(report: Report, figure: Figure): EChartsOption | undefined {
  const told = report.rows.flatMap((row): Told[] => {
    const spread = row.figures[figure]
    return spread === undefined ? [] : [{ ...row, spread }]
  })
  const name = sweptNumber(told)
  if (name === undefined) return undefined
  const swept = told.filter(({ swept }) => typeof swept[name] === 'number')
  const lines = [...new Set(swept.map((row) => lineOf(row, name)))].slice(0, MOST_ROWS)
  const drawn = lines.map((line) => [line, swept.filter((row) => lineOf(row, name) === line)] as const)
  return chart(report.unit, name, figure, drawn)
}

/** A line's name: the row's but for what is on the axis. */
function lineOf({ strategy, swept }: Told, name: string): string {
  const others = Object.entries(swept).filter(([it]) => it !== name)
  return [strategy, ...others.map(([key, value]) => `${key}=${value}`)].join(' ')
}

function chart(
  unit: string,
  name: string,
  figure: Figure,
  lines: readonly (readonly [string, readonly Told[]])[],
): EChartsOption {
  const series = lines.flatMap(([line, rows], i) => [
    ...rows.map((row) => interval(lookOf(i).color, Number(row.swept[name]), row.spread)),
    measured(line, i, rows, name),
    ...theory(line, i, rows, name, figure),
  ])
  return {
    ...BASE,
    title: title(`${figure} over ${name}`),
    xAxis: axis(name, 'x', { scale: true }),
    yAxis: axis(withUnit(figure, unit), 'y', { min: 0 }),
    ...withLegend(series.flatMap(({ name }) => (name === undefined ? [] : [String(name)]))),
    series,
  }
}

function measured(line: string, i: number, rows: readonly Told[], name: string): LineSeriesOption {
  return {
    type: 'line',
    name: line,
    color: lookOf(i).color,
    symbol: lookOf(i).symbol,
    symbolSize: 8,
    lineStyle: { width: 2, type: lookOf(i).dash },
    data: inOrder(rows, name).map((row) => [Number(row.swept[name]), row.spread.median]),
  }
}

function theory(
  line: string,
  i: number,
  rows: readonly Told[],
  name: string,
  figure: Figure,
): LineSeriesOption[] {
  const points = inOrder(rows, name).flatMap((row) => {
    const value = row.predictions.find((it) => it.figure === figure)?.value
    return value === undefined ? [] : [[Number(row.swept[name]), value]]
  })
  if (points.length === 0) return []
  const formula = rows.flatMap(({ predictions }) => predictions).find((it) => it.figure === figure)!.formula
  return [
    {
      type: 'line',
      name: `${line}: ${formula}`,
      color: lookOf(i).color,
      showSymbol: false,
      lineStyle: { type: [2, 3], width: 1.2 },
      data: points,
    },
  ]
}

function inOrder(rows: readonly Told[], name: string): Told[] {
  return [...rows].sort((a, b) => Number(a.swept[name]) - Number(b.swept[name]))
}

function interval(
  color: string,
  x: number,
  { low, high }: { low: number; high: number },
): CustomSeriesOption {
  return {
    type: 'custom',
    color,
    silent: true,
    data: [
      [x, low],
      [x, high],
    ],
    renderItem: (params, api) => {
      if (params.dataIndex > 0) return
      const [[x1, y1], [x2, y2]] = [api.coord([x, low]), api.coord([x, high])] as [
        [number, number],
        [number, number],
      ]
      return {
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: color, lineWidth: 1.5, opacity: 0.6 },
      }
    },
  }
}
