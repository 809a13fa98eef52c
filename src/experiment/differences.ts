/** Which rows of a comparison really differ, and in what: runs of the same number had the same luck, so they are paired. */
import { COUNTED, FIGURES, type Figure } from '../measure/figures.ts'
import { holm } from './statistics/holm.ts'
import { meanInterval } from './statistics/student.ts'
import { signedRank } from './statistics/wilcoxon.ts'
import type { Summary } from './summary.ts'

/** Below it a difference is called significant. */
export const LEVEL = 0.05
/** Of so many rows every two are compared; of more each with the first. */
export const MOST_EVERY_TWO = 6

/** One figure of two rows. */
export interface Difference {
  readonly figure: Figure
  /** The second row's mean minus the first's, over the runs that both have. */
  readonly mean: number
  /** 95% interval of that (Student's t over the pairs); not there for fewer than two pairs. */
  readonly meanInterval?: readonly [low: number, high: number]
  /** Of Wilcoxon's signed-rank test, two-sided, corrected by Holm over all the pairs of rows of that figure. */
  readonly p: number
  readonly isSignificant: boolean
}

export interface Compared {
  /** Places of the two rows. */
  readonly first: number
  readonly second: number
  /** Pairs of runs. */
  readonly pairs: number
  readonly differences: readonly Difference[]
}

/** @param tells does that row tell that figure? */
export function differencesOf(
  rows: readonly Summary[],
  tells: (row: number, figure: Figure) => boolean = () => true,
): Compared[] {
  const all = pairsOf(rows.length).map(([first, second]) => {
    const both = rows[second]!.besides(rows[first]!)
    const told = COUNTED.filter((it) => [first, second].every((row) => rows[row]!.has(it) && tells(row, it)))
    const found = told.map((figure) => ({ figure, ...testOf(both.map((it) => it(figure))) }))
    return { first, second, pairs: both.length, found }
  })
  const corrected = new Map(FIGURES.map((it) => [it, holm(all.flatMap(({ found }) => pOf(found, it)))]))
  return all.map(({ found, ...rest }) => ({
    ...rest,
    differences: found.map((it) => {
      const p = corrected.get(it.figure)!.shift()!
      return { ...it, p, isSignificant: p < LEVEL }
    }),
  }))
}

function pOf(found: readonly { figure: Figure; p: number }[], figure: Figure): number[] {
  return found.filter((it) => it.figure === figure).map(({ p }) => p)
}

/** The pairs of so many rows. */
function pairsOf(rows: number): (readonly [number, number])[] {
  const firsts = rows <= MOST_EVERY_TWO ? rows : 1
  return Array.from({ length: firsts }, (_, first) =>
    Array.from({ length: rows - first - 1 }, (_, i) => [first, first + 1 + i] as const),
  ).flat()
}

function testOf(differences: readonly number[]): Pick<Difference, 'mean' | 'meanInterval' | 'p'> {
  const count = differences.length
  if (count === 0) return { mean: Number.NaN, p: 1 }
  const mean = differences.reduce((sum, it) => sum + it, 0) / count
  const squares = differences.reduce((sum, it) => sum + (it - mean) ** 2, 0)
  const interval = meanInterval(mean, squares, count)
  const p = signedRank(differences)
  return interval === undefined ? { mean, p } : { mean, meanInterval: interval, p }
}
