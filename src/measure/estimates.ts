/** What nodes estimate together, and the truth that they should find. */

/** The estimates of all nodes that live at the end, and the truth over these same nodes. */
export interface Estimated {
  readonly least: number
  readonly greatest: number
  /** Of the numbers of all nodes that live at the end; only there where these and what is estimated are known. */
  readonly truth?: number
  /** How far the estimate that is furthest off is from the truth, as a share of it; where that is 0, in itself. */
  readonly error?: number
}

/** What a report of that name estimates: of a report of any other name the truth is not known. */
const TRUTHS: Readonly<Record<string, (numbers: Float64Array) => number>> = {
  mean: (numbers) => sum(numbers) / numbers.length,
  sum,
  min: (numbers) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  max: (numbers) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  count: (numbers) => numbers.length,
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/**
 * @param estimates of nodes that live
 * @param numbers those that all live nodes started with; undefined where some are not known
 */
export function estimated(
  name: string,
  estimates: Float64Array,
  numbers: Float64Array | undefined,
): Estimated {
  const sorted = estimates.filter((it) => !Number.isNaN(it)).sort()
  const ends = { least: sorted[0] ?? Number.NaN, greatest: sorted.at(-1) ?? Number.NaN }
  const truthOf = Object.hasOwn(TRUTHS, name) ? TRUTHS[name] : undefined
  if (truthOf === undefined || numbers === undefined || numbers.length === 0) return ends
  const truth = truthOf(numbers)
  const off = Math.max(Math.abs(ends.least - truth), Math.abs(ends.greatest - truth))
  return { ...ends, truth, error: truth === 0 ? off : off / Math.abs(truth) }
}
