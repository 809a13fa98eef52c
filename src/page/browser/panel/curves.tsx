/** S-curves of the last values, laid over each other. */
import { type EChartsOption, type EChartsType, init, type SeriesOption } from 'echarts'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { duration, shortened } from '../format.ts'
import { colour, themeChanges } from '../theme.tsx'

export interface Curve {
  readonly name: string
  readonly isChosen: boolean
  /** [ms since injection, share of the nodes], rising. */
  readonly points: readonly (readonly [number, number])[]
}

/** It is drawn at most that often, in ms; the second where values come so fast that nobody reads one: it costs a frame. */
const DRAW_MS = 400
const BUSY_DRAW_MS = 1000

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
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const newest = useRef(curves)
  newest.current = curves
  const isDue = useRef(true)
  const draw = (): void => chart.current?.setOption(option(newest.current), { notMerge: true })
  const key = JSON.stringify(
    curves.map(({ name, isChosen, points }) => [name, isChosen, points.length, points.at(-1)]),
  )

  useEffect(() => {
    const it = init(box.current)
    chart.current = it
    const observer = new ResizeObserver(() => it.resize())
    observer.observe(box.current!)
    themeChanges.addEventListener('change', draw)
    return () => {
      observer.disconnect()
      themeChanges.removeEventListener('change', draw)
      it.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    if (!isDue.current) return
    isDue.current = false
    setTimeout(
      () => {
        isDue.current = true
        draw()
      },
      isBusy ? BUSY_DRAW_MS : DRAW_MS,
    )
  }, [key])

  return <div class="curves" ref={box} role="img" aria-label={inWords(curves)} />
}

function option(curves: readonly Curve[]): EChartsOption {
  const text = colour('soft')
  const line = colour('line')
  const axis = {
    nameTextStyle: { color: text, fontSize: 11 },
    axisLabel: { color: text, fontSize: 11, hideOverlap: true },
    axisLine: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } },
  }
  return {
    animation: false,
    grid: { left: 44, right: 14, top: 12, bottom: 40 },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colour('raised'),
      borderColor: line,
      textStyle: { color: colour('ink'), fontSize: 12 },
      valueFormatter: (share) => `${Math.round(100 * Number(share))}%`,
    },
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
