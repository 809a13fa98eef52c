/** S-curves of the last values, laid over each other. */
import type { EChartsOption, SeriesOption } from 'echarts'
import type { VNode } from 'preact'
import { duration, shortened } from '../format.ts'
import { colour } from '../theme.tsx'
import { axisLook, Chart, tooltipLook } from './chart.tsx'

export interface Curve {
  readonly name: string
  readonly isChosen: boolean
  /** [ms since injection, share of the nodes], rising. */
  readonly points: readonly (readonly [number, number])[]
}

/** Of a curve so many can be told apart where it is drawn. */
const MAX_POINTS = 500

/** A curve may be so many times as long as the chosen one; what is longer is cut off. */
const LONGEST = 3

interface Props {
  readonly curves: readonly Curve[]
  /** Do they change all the time? */
  readonly isBusy?: boolean
}

export function Curves({ curves, isBusy = false }: Props): VNode {
  const key = JSON.stringify(
    curves.map(({ name, isChosen, points }) => [name, isChosen, points.length, points.at(-1)]),
  )
  return <Chart option={() => option(curves)} version={key} isBusy={isBusy} label={inWords(curves)} />
}

function option(curves: readonly Curve[]): EChartsOption {
  const axis = axisLook()
  return {
    animation: false,
    grid: { left: 44, right: 14, top: 12, bottom: 40 },
    tooltip: { ...tooltipLook(), valueFormatter: (share) => `${Math.round(100 * Number(share))}%` },
    xAxis: {
      ...axis,
      type: 'value',
      name: 'ms since injection',
      nameLocation: 'middle',
      nameGap: 24,
      min: 0,
      max: longest(curves),
    },
    yAxis: {
      ...axis,
      type: 'value',
      min: 0,
      max: 1,
      interval: 0.25,
      axisLabel: { ...axis.axisLabel, formatter: (share: number) => `${100 * share}%` },
    },
    // The chosen one comes last, above the others.
    series: curves.toSorted((a, b) => Number(a.isChosen) - Number(b.isChosen)).map((curve) => series(curve)),
  }
}

function series({ name, isChosen, points }: Curve): SeriesOption {
  return {
    type: 'line',
    name: shortened(name, 24),
    step: 'end',
    data: thinned(points).map(([time, share]) => [time, share]),
    showSymbol: isChosen && points.length <= 60,
    symbol: 'circle',
    symbolSize: 4,
    itemStyle: { color: colour(isChosen ? 'infected' : 'susceptible') },
    lineStyle: { width: isChosen ? 2.5 : 1.25, opacity: isChosen ? 1 : 0.35 },
    silent: !isChosen,
    clip: true,
  }
}

/** The last point says how many were reached. */
function thinned<T>(points: readonly T[]): T[] {
  const every = Math.ceil(points.length / MAX_POINTS)
  return points.filter((_, i) => i % every === 0 || i === points.length - 1)
}

function longest(curves: readonly Curve[]): number | undefined {
  const chosen = curves.find((it) => it.isChosen)?.points.at(-1)?.[0] ?? 0
  const all = curves.reduce((most, { points }) => Math.max(most, points.at(-1)?.[0] ?? 0), 0)
  if (chosen <= 0 || all <= 0) return undefined
  return niceCeiling(Math.min(all, LONGEST * chosen))
}

/** 1, 2, 2.5, 4, 5, 8 times a power of ten. */
function niceCeiling(number: number): number {
  const power = 10 ** Math.floor(Math.log10(number))
  return power * ([1, 2, 2.5, 4, 5, 8].find((it) => it * power >= number) ?? 10)
}

function inWords(curves: readonly Curve[]): string {
  const chosen = curves.find((it) => it.isChosen)
  const last = chosen?.points.at(-1)
  if (chosen === undefined || last === undefined) return 'No curve yet'
  return `${shortened(chosen.name)} reached ${Math.round(100 * last[1])}% of the nodes in ${duration(last[0])}`
}
