/**
 * The signed-rank test (Wilcoxon 1945, "Individual comparisons by ranking methods"), two-sided: may two strategies be
 * alike, where each pair of runs had the same luck? It asks nothing of the shape of the figures: were both alike, each
 * difference would be as likely with the other sign.
 */

/** Up to so many differences p is exact, ties included; of more the normal distribution is close enough. */
const MOST_EXACT = 50

/**
 * The probability of differences that lean to one side at least as much as these, if there is no difference.
 * @param differences of pairs; those of 0 say nothing, and are left out
 * @returns 1 where all are 0
 */
export function signedRank(differences: readonly number[]): number {
  const told = differences.filter((it) => it !== 0)
  if (told.length === 0) return 1
  const ranks = doubledRanks(told.map(Math.abs))
  const all = ranks.reduce((sum, it) => sum + it, 0)
  const positive = ranks.reduce((sum, it, i) => (told[i]! > 0 ? sum + it : sum), 0)
  const less = Math.min(positive, all - positive)
  return told.length <= MOST_EXACT ? exact(ranks, less, all) : normal(ranks, less, all)
}

/** Twice the ranks, so that they are whole numbers: equal ones share the mean of their ranks. */
function doubledRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const ranks = values.map(() => 0)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1
    for (const i of order.slice(from, to)) ranks[i] = from + to + 1
    from = to
  }
  return ranks
}

/** Counts the choices of signs whose positive ranks sum up to at most `less`, both ways round. */
function exact(ranks: readonly number[], less: number, all: number): number {
  const share = new Float64Array(all + 1)
  share[0] = 1
  for (const rank of ranks)
    for (let sum = all; sum >= 0; sum--)
      share[sum] = (share[sum]! + (sum >= rank ? share[sum - rank]! : 0)) / 2
  const tail = share.subarray(0, less + 1).reduce((sum, it) => sum + it, 0)
  return Math.min(1, 2 * tail)
}

/** The variance is that of these very ranks, ties included. */
function normal(ranks: readonly number[], less: number, all: number): number {
  const deviation = Math.sqrt(ranks.reduce((sum, it) => sum + it * it, 0)) / 2
  return erfc((all / 2 - less) / deviation / Math.SQRT2)
}

/** For x from 0 on, to 7 digits: Press et al. 1992, "Numerical recipes in C", section 6.2 (erfcc). */
function erfc(x: number): number {
  const t = 1 / (1 + x / 2)
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ]
  return t * Math.exp(-x * x + terms.reduceRight((sum, it) => sum * t + it, 0))
}
