/** Quantiles of sorted numbers; NaN where there are none. */

/** The middle value; of an even number the mean of the two in the middle. */
export function median(sorted: Float64Array): number {
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}

/** The smallest value that at least that share of all does not exceed (nearest rank). */
export function rank(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
