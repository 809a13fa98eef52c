/** What is kept of many runs: a bounded sample of each figure, so that memory does not grow with their number. */
import type { Estimates, RunResult } from '../simulation/simulate.ts'
import { median, rank } from './quantile.ts'
import { Sample } from './sample.ts'

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

/** A run, simulated or real. */
export type Run = Omit<RunResult, 'seed'>

/** What nodes estimated, by the end of a run. */
export type EstimateFigure = keyof Estimates | 'apart'

export class Summary {
  readonly #sample = new Sample<Kept>(MOST_KEPT)
  readonly #sums = new Map<Figure, number>()
  #unreachable = 0
  #cutOff = 0
  #onlyEstimates = true

  get runs(): number {
    return this.#sample.seen
  }

  /** The most nodes that could not be reached in a run. */
  get unreachable(): number {
    return this.#unreachable
  }

  /** Runs that ended at the limit instead of by themselves. */
  get cutOff(): number {
    return this.#cutOff
  }

  /** Do all runs report estimates, and send no value? What is said of a value's spread says nothing then. */
  get onlyEstimates(): boolean {
    return this.runs > 0 && this.#onlyEstimates
  }

  /** The names of what nodes estimated. */
  get estimates(): string[] {
    return [...new Set(this.#sample.kept.flatMap(({ reports }) => Object.keys(reports)))]
  }

  add(run: Run): void {
    if (!onlyEstimates(run)) this.#onlyEstimates = false
    if (run.ended === 'limit') this.#cutOff += 1
    this.#unreachable = Math.max(this.#unreachable, run.unreachable ?? 0)
    for (const figure of FIGURES) this.#sums.set(figure, (this.#sums.get(figure) ?? 0) + run[figure])
    this.#sample.add(keptOf(run))
  }

  of(figure: Figure): Spread {
    const values = this.#sample.kept.map(({ figures }) => figures[figure])
    return { ...spreadOf(values), mean: (this.#sums.get(figure) ?? 0) / this.runs }
  }

  /** Of the runs that are kept; all NaN where none knows it. @param name of what is estimated */
  ofEstimate(name: string, figure: EstimateFigure): Spread {
    const values = this.#sample.kept.flatMap(({ reports }) => {
      const estimates = reports[name]
      if (estimates === undefined) return []
      const value = figure === 'apart' ? apart(estimates) : estimates[figure]
      return value === undefined ? [] : [value]
    })
    return { ...spreadOf(values), mean: values.reduce((sum, it) => sum + it, 0) / values.length }
  }
}

/** Did nodes report estimates, while no message carried a value? */
export function onlyEstimates({ reports, traffic }: Run): boolean {
  return reports !== undefined && traffic === 0
}

interface Kept {
  readonly figures: Readonly<Record<Figure, number>>
  readonly reports: Readonly<Record<string, Estimates>>
}

function keptOf(run: Run): Kept {
  const figures = Object.fromEntries(FIGURES.map((it) => [it, run[it]])) as Record<Figure, number>
  return { figures, reports: run.reports ?? {} }
}

/** How far the estimates are apart, as a share of the greater of the two ends. */
function apart({ least, greatest }: Estimates): number {
  return greatest === least ? 0 : (greatest - least) / Math.max(Math.abs(least), Math.abs(greatest))
}

function spreadOf(values: readonly number[]): Omit<Spread, 'mean'> {
  const sorted = Float64Array.from(values).sort()
  return { median: median(sorted), low: rank(sorted, 0.025), high: rank(sorted, 0.975) }
}
