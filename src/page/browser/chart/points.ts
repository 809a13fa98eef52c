/** Numbers of a chart, before they are drawn. */
import type { AlignedData } from 'uplot'
import type { Drawing, Points } from './drawing.ts'

/** The x of all lines, rising and each once, then the y of each line there: undefined where the line has no point. */
export function joined({ x, lines }: Drawing): AlignedData {
  // Its ends are among them, so that there are axes even where nothing is known.
  const all = new Set([x.min, x.max ?? x.min + 1])
  for (const { points } of lines) for (const [at] of points) all.add(at)
  const xs = [...all].sort((a, b) => a - b)
  const placeOf = new Map(xs.map((it, i) => [it, i]))
  const ys = lines.map(({ points }) => {
    const column = new Array<number | null | undefined>(xs.length).fill(undefined)
    for (const [at, y] of points) column[placeOf.get(at)!] = y
    return column
  })
  return [xs, ...ys]
}

/** The last y that came no later; null in a gap, undefined before all points. */
export function valueAt(points: Points, x: number): number | null | undefined {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle]![0] <= x) low = middle + 1
    else high = middle
  }
  return points[low - 1]?.[1]
}

/** 1, 2, 2.5, 4, 5, 8 times a power of ten, and no less than the number, which is above 0. */
export function niceCeiling(number: number): number {
  const power = 10 ** Math.floor(Math.log10(number))
  return power * ([1, 2, 2.5, 4, 5, 8].find((it) => it * power >= number) ?? 10)
}

/** A scale from 0 to at least the number, in two parts. */
export function halves(number: number): number[] {
  const half = niceCeiling(number > 0 ? number / 2 : 1)
  return [0, half, 2 * half]
}

/** Distances between ticks, rising: 1, 2, 2.5 or 5 times a power of ten; such that both ends have one, where they can. */
export function steps(min: number, max: number): number[] {
  const power = Math.floor(Math.log10(max - min))
  const all = [power - 2, power - 1, power].flatMap((it) => [1, 2, 2.5, 5].map((by) => Number(`${by}e${it}`)))
  const isWhole = (number: number): boolean => Math.abs(number - Math.round(number)) < 1e-6
  const some = all.filter((it) => isWhole(min / it) && isWhole(max / it))
  return (some.at(-1) ?? 0) >= (max - min) / 5 ? some : all
}
