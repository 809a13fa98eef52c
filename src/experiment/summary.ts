/** What is kept of many runs: a bounded sample of each figure, so that memory does not grow with their number. */
import { dice } from '../simulation/dice.ts'
import type { RunResult } from '../simulation/simulate.ts'

export const FIGURES = [
  'residue',
  'traffic',
  'control',
  'tAverage',
  'tLast',
  'hopsLast',
  'duplicates',
  'bytes',
  'faults',
] as const
export type Figure = (typeof FIGURES)[number]

/** Runs kept; up to here median and interval are exact, beyond they are those of a uniform sample. */
const MOST_KEPT = 10_000

/** Median and 95% interval over runs. */
export interface Spread {
  readonly median: number
  /** Between these lie 95% of the runs (2.5th and 97.5th percentile, nearest rank). */
  readonly low: number
  readonly high: number
  readonly mean: number
}

export class Summary {
  #runs = 0
  readonly #kept: RunFigures[] = []
  readonly #sums = new Map<Figure, number>()
  readonly #dice = dice(1, 0, 'sample')
  #unreachable = 0
  #cutOff = 0

  get runs(): number {
    return this.#runs
  }

  /** The most nodes that could not be reached in a run. */
  get unreachable(): number {
    return this.#unreachable
  }

  /** Runs that ended at the limit instead of by themselves. */
  get cutOff(): number {
    return this.#cutOff
  }

  add(run: RunResult): void {
    this.#runs += 1
    if (run.ended === 'limit') this.#cutOff += 1
    this.#unreachable = Math.max(this.#unreachable, run.unreachable ?? 0)
    for (const figure of FIGURES) this.#sums.set(figure, (this.#sums.get(figure) ?? 0) + run[figure])
    if (this.#kept.length < MOST_KEPT) {
      this.#kept.push(figuresOf(run))
      return
    }
    // Vitter 1985, "Random sampling with a reservoir", algorithm R; the same runs give the same sample.
    const place = Math.floor(this.#dice.random() * this.#runs)
    if (place < MOST_KEPT) this.#kept[place] = figuresOf(run)
  }

  of(figure: Figure): Spread {
    const sorted = Float64Array.from(this.#kept, (run) => run[figure]).sort()
    const mean = (this.#sums.get(figure) ?? 0) / this.#runs
    return { median: median(sorted), low: rank(sorted, 0.025), high: rank(sorted, 0.975), mean }
  }
}

type RunFigures = Readonly<Record<Figure, number>>

function figuresOf(run: RunResult): RunFigures {
  return Object.fromEntries(FIGURES.map((it) => [it, run[it]])) as RunFigures
}

/** The middle value; of an even number the mean of the two in the middle. */
function median(sorted: Float64Array): number {
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}

/** The smallest value that at least that share of all does not exceed. */
function rank(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
