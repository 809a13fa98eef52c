/**
 * Does something go on growing? A series, a number for each period (or for each time that there was one), is cut into
 * six windows. The first is left out: there everything begins. It grows without bound if from the second to the last
 *
 * - in each half of that time the mean has grown by 2.5% or more, and by more than chance would have it (four standard
 *   errors),
 * - no window falls back behind the one before, but by chance (two of them),
 * - and the second half brought at least 65% of what the first did. A straight line has 100% there, a
 *   square root 73%, a logarithm 53%, and what has come to its limit nothing.
 */

export const WINDOWS = 6
const LEAST = 0.025
const FADING = 0.65
const CHANCE = 4
const SETBACK = 2

export interface Growth {
  /** Means of the second and the last window. */
  readonly from: number
  readonly to: number
  /** By how much it grows from one number to the next. */
  readonly slope: number
}

/** @returns undefined if it does not, or if there is too little of it */
export function growthOf(series: readonly number[]): Growth | undefined {
  const size = Math.floor(series.length / WINDOWS)
  if (size < 3) return undefined
  const late = Array.from({ length: WINDOWS - 1 }, (_, i) => series.slice((i + 1) * size, (i + 2) * size))
  const means = late.map(mean)
  // From one number to the next, so that growth itself is no chance.
  const leaps = series.slice(size, WINDOWS * size - 1).map((it, i) => (series[size + i + 1]! - it) ** 2)
  const error = Math.sqrt(mean(leaps) / 2 / size)
  const [from, middle, to] = [means[0]!, means[(WINDOWS - 2) / 2]!, means[WINDOWS - 2]!]
  const isMore = Math.min(to - middle, middle - from) > Math.max(LEAST * from, CHANCE * error)
  const isSteady = means.every((it, i) => i === 0 || it - means[i - 1]! >= -SETBACK * error)
  const isFading = to - middle < FADING * (middle - from)
  return isMore && isSteady && !isFading
    ? { from, to, slope: (to - from) / (size * (WINDOWS - 2)) }
    : undefined
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, it) => sum + it, 0) / numbers.length
}
