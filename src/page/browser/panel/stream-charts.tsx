/** How a stream of values fares: what is handed in and delivered, and how long it takes. */
import type { VNode } from 'preact'
import type { StreamFigures } from '../../model/stream/value-stream.ts'
import { Chart } from '../chart/chart.tsx'
import type { Drawing, TimeAxis } from '../chart/drawing.ts'
import { halves } from '../chart/points.ts'
import { duration, percent } from '../format.ts'

interface Props {
  /** Oldest first. */
  readonly moments: readonly StreamFigures[]
  /** When the stream began, by the same clock. */
  readonly beganAt: number
}

export function DeliveryChart({ moments, beganAt }: Props): VNode {
  const { delivered, rate } = moments.at(-1) ?? {}
  const words = `${delivered == null ? 'Nothing' : percent(delivered)} delivered, ${rate?.toFixed(0) ?? 0} values a second`
  return <StreamChart moments={moments} label={words} drawing={() => delivery(moments, beganAt)} />
}

export function DelayChart({ moments, beganAt }: Props): VNode {
  const last = moments.at(-1)?.delays
  const words = last == null ? 'No delay yet' : `Half took no longer than ${duration(last[0])}`
  return <StreamChart moments={moments} label={words} drawing={() => delay(moments, beganAt)} />
}

interface ChartProps {
  readonly moments: readonly StreamFigures[]
  readonly label: string
  drawing(): Drawing
}

/** A line a second is drawn once a second. */
function StreamChart({ moments, label, drawing }: ChartProps): VNode {
  const last = moments.at(-1)
  return <Chart drawing={drawing} version={JSON.stringify([last, moments.length])} isBusy label={label} />
}

function delivery(moments: readonly StreamFigures[], beganAt: number): Drawing {
  const time = timeSince(beganAt)
  return {
    x: axis(moments, beganAt),
    left: { ticks: [0, 0.5, 1], tick: percent },
    right: { ticks: halves(moments.reduce((most, { rate }) => Math.max(most, rate), 0)), tick: ifWhole },
    lines: [
      {
        name: 'handed in',
        points: moments.map(({ at, rate }) => [time(at), rate]),
        ...{ colour: 'susceptible', opacity: 1, width: 1.25 },
        ...{ isOnRight: true, isStepped: true, isFilled: true },
        said: (rate) => `${rate.toFixed(0)}/s`,
      },
      {
        name: 'delivered',
        points: moments.map(({ at, delivered }) => [time(at), delivered]),
        ...{ colour: 'infected', opacity: 1, width: 2.5 },
        said: percent,
      },
    ],
  }
}

/** Those that are told first come last: above the others. */
const QUANTILES = [
  { name: 'longest', place: 2, colour: 'faint', width: 1.25 },
  { name: '90%', place: 1, colour: 'infected', width: 1.25 },
  { name: 'half', place: 0, colour: 'infected', width: 2.5 },
] as const

function delay(moments: readonly StreamFigures[], beganAt: number): Drawing {
  const time = timeSince(beganAt)
  return {
    x: axis(moments, beganAt),
    left: {
      ticks: halves(moments.reduce((most, { delays }) => Math.max(most, delays?.[2] ?? 0), 0)),
      tick: shortDuration,
    },
    // Empty, so that the same times are below each other in both charts.
    right: { ticks: [0, 1], tick: () => '' },
    lines: QUANTILES.map(({ place, ...look }) => ({
      ...look,
      points: moments.map(({ at, delays }) => [time(at), delays?.[place] ?? null]),
      opacity: 1,
      said: duration,
    })),
  }
}

function axis(moments: readonly StreamFigures[], beganAt: number): TimeAxis {
  const time = timeSince(beganAt)
  const min = time(moments[0]?.at ?? beganAt)
  const last = time(moments.at(-1)?.at ?? beganAt)
  return {
    name: 's since the stream began',
    min,
    max: last > min ? last : null,
    isRuled: false,
    tick: ifWhole,
    said: (seconds) => `${seconds.toFixed(0)} s`,
  }
}

function timeSince(beganAt: number): (at: number) => number {
  return (at) => (at - beganAt) / 1000
}

function ifWhole(number: number): string {
  return Number.isInteger(number) ? String(number) : ''
}

/** Of a scale. @param time in ms */
function shortDuration(time: number): string {
  return time < 1000 ? `${Number(time.toPrecision(3))} ms` : `${Number((time / 1000).toPrecision(3))} s`
}
