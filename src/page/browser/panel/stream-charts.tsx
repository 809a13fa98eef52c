/** How a stream of values fares: what is handed in and delivered, and how long it takes. */
import type { EChartsOption, LineSeriesOption } from 'echarts'
import type { VNode } from 'preact'
import type { StreamFigures } from '../../model/stream/value-stream.ts'
import { duration, percent } from '../format.ts'
import { colour } from '../theme.tsx'
import { axisLook, Chart, tooltipLook } from './chart.tsx'

interface Props {
  /** Oldest first. */
  readonly moments: readonly StreamFigures[]
  /** When the stream began, by the same clock. */
  readonly beganAt: number
}

export function DeliveryChart({ moments, beganAt }: Props): VNode {
  const { delivered, rate } = moments.at(-1) ?? {}
  const words = `${delivered == null ? 'Nothing' : percent(delivered)} delivered, ${rate?.toFixed(0) ?? 0} values a second`
  return <StreamChart moments={moments} label={words} option={() => delivery(moments, beganAt)} />
}

export function DelayChart({ moments, beganAt }: Props): VNode {
  const last = moments.at(-1)?.delays
  const words = last == null ? 'No delay yet' : `Half took no longer than ${duration(last[0])}`
  return <StreamChart moments={moments} label={words} option={() => delay(moments, beganAt)} />
}

interface ChartProps {
  readonly moments: readonly StreamFigures[]
  readonly label: string
  option(): EChartsOption
}

/** A line a second is drawn once a second. */
function StreamChart({ moments, label, option }: ChartProps): VNode {
  const last = moments.at(-1)
  return <Chart option={option} version={JSON.stringify([last, moments.length])} isBusy label={label} />
}

function delivery(moments: readonly StreamFigures[], beganAt: number): EChartsOption {
  const axis = axisLook()
  const time = (at: number): number => (at - beganAt) / 1000
  return {
    ...frame(),
    yAxis: [
      {
        ...axis,
        type: 'value',
        min: 0,
        max: 1,
        interval: 0.5,
        axisLabel: { ...axis.axisLabel, formatter: (share: number) => `${100 * share}%` },
      },
      { ...axis, type: 'value', min: 0, minInterval: 1, splitNumber: 2, splitLine: { show: false } },
    ],
    series: [
      {
        type: 'line',
        name: 'handed in a second',
        yAxisIndex: 1,
        step: 'end',
        data: moments.map(({ at, rate }) => [time(at), rate]),
        ...line('susceptible', 1.25),
        areaStyle: { color: colour('susceptible'), opacity: 0.12 },
        tooltip: { valueFormatter: (rate) => Number(rate).toFixed(0) },
      },
      {
        type: 'line',
        name: 'delivered',
        data: moments.map(({ at, delivered }) => [time(at), delivered ?? '-']),
        ...line('infected', 2.5),
        tooltip: { valueFormatter: (share) => (typeof share === 'number' ? percent(share) : '–') },
      },
    ],
  }
}

const QUANTILES = [
  { name: 'half', look: 'infected', width: 2.5 },
  { name: '90%', look: 'infected', width: 1.25 },
  { name: 'longest', look: 'faint', width: 1.25 },
] as const

function delay(moments: readonly StreamFigures[], beganAt: number): EChartsOption {
  const axis = axisLook()
  return {
    ...frame(),
    yAxis: {
      ...axis,
      type: 'value',
      min: 0,
      splitNumber: 2,
      axisLabel: { ...axis.axisLabel, formatter: shortDuration },
    },
    series: QUANTILES.map(({ name, look, width }, i) => ({
      type: 'line' as const,
      name,
      data: moments.map(({ at, delays }) => [(at - beganAt) / 1000, delays?.[i] ?? '-']),
      ...line(look, width),
      tooltip: { valueFormatter: (it: unknown) => (typeof it === 'number' ? duration(it) : '–') },
    })),
  }
}

function frame(): EChartsOption {
  const axis = axisLook()
  return {
    animation: false,
    grid: { left: 48, right: 34, top: 10, bottom: 36 },
    tooltip: tooltipLook(),
    xAxis: {
      ...axis,
      axisLabel: { ...axis.axisLabel, showMaxLabel: false, formatter: (time: number) => time.toFixed(0) },
      type: 'value',
      name: 's since the stream began',
      nameLocation: 'middle',
      nameGap: 20,
      min: 'dataMin',
      max: 'dataMax',
      minInterval: 1,
      splitLine: { show: false },
      axisPointer: { label: { show: false } },
    },
  }
}

function line(look: string, width: number): Pick<LineSeriesOption, 'showSymbol' | 'itemStyle' | 'lineStyle'> {
  return { showSymbol: false, itemStyle: { color: colour(look) }, lineStyle: { width } }
}

/** Of an axis. @param time in ms */
function shortDuration(time: number): string {
  return time < 1000 ? `${Number(time.toPrecision(3))} ms` : `${Number((time / 1000).toPrecision(3))} s`
}
