/**
 * Student's t distribution: how far a mean of few runs may be off (Gosset 1908, "The probable error of a mean").
 */

/** Of a normal distribution, between -z and z lie 95%. */
const Z95 = 1.959963984540054
/** From here on the first term of the expansion in 1/freedom is exact to 9 digits. */
const MANY = 10_000

/**
 * The mean's confidence interval, by Student's t: in 95% of all experiments it holds the true mean, where the runs are
 * independent and the mean of so many is about normal.
 * @param squares sum of the squared deviations from the mean
 * @returns undefined for fewer than two runs, of which none can be told
 */
export function meanInterval(
  mean: number,
  squares: number,
  runs: number,
): readonly [low: number, high: number] | undefined {
  if (runs < 2) return undefined
  const half = t95(runs - 1) * Math.sqrt(squares / (runs - 1) / runs)
  return [mean - half, mean + half]
}

/** Between -t and t lie 95% of the distribution. @param freedom degrees of it, a whole number from 1 on */
export function t95(freedom: number): number {
  if (freedom > MANY) return Z95 + (Z95 ** 3 + Z95) / (4 * freedom)
  let [low, high] = [Z95, 13]
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (within(middle, freedom) < 0.95) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * The share of the distribution between -t and t: Abramowitz and Stegun 1964, "Handbook of mathematical functions",
 * 26.7.3 (odd) and 26.7.4 (even degrees of freedom).
 */
export function within(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom))
  const square = Math.cos(angle) ** 2
  const isOdd = freedom % 2 === 1
  let term = isOdd ? Math.cos(angle) : 1
  let sum = freedom === 1 ? 0 : term
  for (let k = isOdd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * square
    sum += term
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}
