/** S-curves of values, laid over each other. */
import type { VNode } from 'preact'
import { count, duration, shortened } from '../format.ts'
import { Chart } from './chart.tsx'
import type { Drawing, Line, Marker } from './drawing.ts'
import { niceCeiling } from './points.ts'

export interface Curve {
  readonly name: string
  /** Then it is bold, above the others, and told in words. */
  readonly isChosen: boolean
  /** A variable of the style sheet; where there is none, what is chosen has the infected's colour. */
  readonly colour?: string
  /** [ms since injection, share of the nodes], rising. */
  readonly points: readonly (readonly [number, number])[]
}

/** Of a curve so many can be told apart where it is drawn. */
const MAX_POINTS = 500
/** With more, dots would be a line. */
const MAX_DOTS = 60

/** A curve may be so many times as long as the longest chosen one; what is longer is cut off. */
const LONGEST = 3

interface Props {
  readonly curves: readonly Curve[]
  /** Moments, in ms since injection. */
  readonly markers?: readonly Marker[]
  /** Do they change all the time? */
  readonly isBusy?: boolean
}

export function Curves({ curves, markers = [], isBusy = false }: Props): VNode {
  const version = JSON.stringify([
    curves.map(({ points, ...look }) => [look, points.length, points.at(-1)]),
    markers,
  ])
  return (
    <Chart
      drawing={() => drawing(curves, markers)}
      version={version}
      isBusy={isBusy}
      label={inWords(curves)}
    />
  )
}

function drawing(curves: readonly Curve[], markers: readonly Marker[]): Drawing {
  return {
    x: { name: 'ms since injection', min: 0, max: end(curves), isRuled: true, tick: count, said: duration },
    left: { ticks: [0, 0.25, 0.5, 0.75, 1], tick: wholePercent },
    // What is chosen comes last, above the others.
    lines: curves.toSorted((a, b) => Number(a.isChosen) - Number(b.isChosen)).map((it) => line(it)),
    markers,
  }
}

function line({ name, isChosen, colour, points }: Curve): Line {
  return {
    name,
    isChosen,
    points: thinned(points),
    isStepped: true,
    hasDots: isChosen && points.length <= MAX_DOTS,
    colour: colour ?? (isChosen ? 'infected' : 'susceptible'),
    width: isChosen ? 2.5 : 1.25,
    opacity: isChosen ? 1 : 0.35,
    said: wholePercent,
  }
}

function wholePercent(share: number): string {
  return `${Math.round(100 * share)}%`
}

/** The last point says how many were reached. */
function thinned<T>(points: readonly T[]): readonly T[] {
  const every = Math.ceil(points.length / MAX_POINTS)
  return points.filter((_, i) => i % every === 0 || i === points.length - 1)
}

/** Null where no chosen one has an end yet. */
function end(curves: readonly Curve[]): number | null {
  const longest = (some: readonly Curve[]): number =>
    some.reduce((most, { points }) => Math.max(most, points.at(-1)?.[0] ?? 0), 0)
  const chosen = longest(curves.filter((it) => it.isChosen))
  return chosen > 0 ? niceCeiling(Math.min(longest(curves), LONGEST * chosen)) : null
}

function inWords(curves: readonly Curve[]): string {
  const words = curves.flatMap(({ name, isChosen, points }) => {
    const last = points.at(-1)
    if (!isChosen || last === undefined) return []
    return [`${shortened(name)} reached ${wholePercent(last[1])} of the nodes in ${duration(last[0])}`]
  })
  return words.length === 0 ? 'No curve yet' : words.join('; ')
}
