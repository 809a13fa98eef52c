/** A curve, with as many points as can be seen. */

const MAX_POINTS = 500

/**
 * First and last, and as many between them as there is room for.
 * @param times when each node was reached, sorted
 * @returns [time, nodes reached by then]
 */
export function thinned(times: Float64Array): [number, number][] {
  const points = Math.min(times.length, MAX_POINTS)
  return Array.from({ length: points }, (_, i) => {
    const at = points === 1 ? 0 : Math.round((i * (times.length - 1)) / (points - 1))
    return [times[at]!, at + 1]
  })
}
