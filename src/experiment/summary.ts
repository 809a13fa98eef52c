/** What is kept of many runs: a bounded sample of each figure, so that memory does not grow with their number. */
import { FIGURES, type Figure, type ForFigures } from '../measure/figures.ts'
import { type OverlayFigure, overlayNumbers } from '../measure/overlay-table.ts'
import type { Estimates, RunResult } from '../measure/result.ts'
import { median, rank } from './quantile.ts'
import { Sample } from './sample.ts'
import { meanInterval } from './statistics/student.ts'

/** Runs kept; up to here median and interval are exact, beyond they are those of a uniform sample. */
const MOST_KEPT = 10_000

/** What is told of a figure over many runs: the middle, how far the runs lie apart, and how sure the mean is. */
export interface Spread {
  readonly median: number
  /** Between these lie 95% of the runs (2.5th and 97.5th percentile, nearest rank). */
  readonly low: number
  readonly high: number
  readonly mean: number
  /** The mean's 95% confidence interval, by Student's t; not there for one run. */
  readonly meanInterval?: readonly [low: number, high: number]
}

/** A run, simulated or real. */
export type Run = Omit<RunResult, 'seed'>

/** What nodes estimated, by the end of a run. */
export type EstimateFigure = keyof Estimates | 'apart'

export class Summary {
  readonly #sample = new Sample<Kept>(MOST_KEPT)
  readonly #sums = new Map<Figure, number>()
  /** Squared deviations from the mean so far: of all runs, as the sums are (Welford 1962). */
  readonly #squares = new Map<Figure, number>()
  /** Those that a run did not have. */
  readonly #lacking = new Set<Figure>()
  #worst: Kept | undefined
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
    for (const figure of FIGURES) {
      const value = run[figure]
      if (value === undefined) this.#lacking.add(figure)
      else this.#sum(figure, value)
    }
    const kept = keptOf(run)
    if (this.#worst === undefined || isWorse(kept, this.#worst)) this.#worst = kept
    this.#sample.add(kept)
  }

  #sum(figure: Figure, value: number): void {
    const [sum, count] = [this.#sums.get(figure) ?? 0, this.runs]
    const off = count === 0 ? 0 : value - sum / count
    this.#squares.set(figure, (this.#squares.get(figure) ?? 0) + (off * off * count) / (count + 1))
    this.#sums.set(figure, sum + value)
  }

  /**
   * The number of the run that one wants to look at: the one that left out the most nodes; of those the one whose
   * estimates were furthest apart, then the one that took longest. The first where several did; undefined of no runs.
   */
  get worst(): number | undefined {
    return this.#worst?.run
  }

  /** Have all runs that figure? Those of loads only loads have. */
  has(figure: Figure): boolean {
    return !this.#lacking.has(figure)
  }

  /** All NaN where not all runs have it. */
  of(figure: Figure): Spread {
    if (!this.has(figure)) return { ...spreadOf([]), mean: Number.NaN }
    const values = this.#sample.kept.map(({ figures }) => figures[figure] ?? Number.NaN)
    const mean = (this.#sums.get(figure) ?? 0) / this.runs
    return { ...spreadOf(values), ...meanOf(mean, this.#squares.get(figure) ?? 0, this.runs) }
  }

  /**
   * For each run number that both have, by how much a figure of this one is greater. Both keep the same runs, as
   * samples of as many runs are alike.
   */
  besides(other: Summary): ((figure: Figure) => number)[] {
    const others = new Map(other.#sample.kept.map((it) => [it.run, it.figures]))
    return this.#sample.kept.flatMap(({ run, figures }) => {
      const its = others.get(run)
      return its === undefined
        ? []
        : [(figure: Figure) => (figures[figure] ?? Number.NaN) - (its[figure] ?? Number.NaN)]
    })
  }

  /** Of the runs that are kept; all NaN where none knows it. @param name of what is estimated */
  ofEstimate(name: string, figure: EstimateFigure): Spread {
    const values = this.#sample.kept.flatMap(({ reports }) => {
      const estimates = reports[name]
      if (estimates === undefined) return []
      const value = figure === 'apart' ? apart(estimates) : estimates[figure]
      return value === undefined ? [] : [value]
    })
    return spreadWithMean(values)
  }

  /** Of the runs that are kept and know it; undefined where none does. */
  ofOverlay(figure: OverlayFigure): Spread | undefined {
    const values = this.#sample.kept.flatMap(({ overlay }) => overlay[figure] ?? [])
    return values.length === 0 ? undefined : spreadWithMean(values)
  }
}

/** Did nodes report estimates, while no message carried a value? */
export function onlyEstimates({ reports, traffic }: Run): boolean {
  return reports !== undefined && traffic === 0
}

interface Kept {
  readonly run: number
  readonly figures: ForFigures<number>
  readonly reports: Readonly<Record<string, Estimates>>
  readonly overlay: Partial<Record<OverlayFigure, number>>
}

function keptOf(run: Run): Kept {
  const figures = Object.fromEntries(FIGURES.map((it) => [it, run[it]])) as ForFigures<number>
  return { run: run.run, figures, reports: run.reports ?? {}, overlay: overlayNumbers(run) }
}

function isWorse(a: Kept, b: Kept): boolean {
  const badness = ({ figures, reports }: Kept): readonly number[] => {
    const estimates = Object.values(reports)
    const off = Math.max(0, ...estimates.map(apart))
    return [figures.residue, off, Math.max(figures.tLast, ...estimates.map(({ after }) => after))]
  }
  const [these, those] = [badness(a), badness(b)]
  const first = these.findIndex((it, i) => it !== those[i])
  return first !== -1 && these[first]! > those[first]!
}

/** How far the estimates are apart, as a share of the greater of the two ends. */
function apart({ least, greatest }: Estimates): number {
  return greatest === least ? 0 : (greatest - least) / Math.max(Math.abs(least), Math.abs(greatest))
}

function meanOf(mean: number, squares: number, runs: number): Pick<Spread, 'mean' | 'meanInterval'> {
  const interval = meanInterval(mean, squares, runs)
  return interval === undefined ? { mean } : { mean, meanInterval: interval }
}

function spreadWithMean(values: readonly number[]): Spread {
  const mean = values.reduce((sum, it) => sum + it, 0) / values.length
  const squares = values.reduce((sum, it) => sum + (it - mean) ** 2, 0)
  return { ...spreadOf(values), ...meanOf(mean, squares, values.length) }
}

function spreadOf(values: readonly number[]): Pick<Spread, 'median' | 'low' | 'high'> {
  const sorted = Float64Array.from(values).sort()
  return { median: median(sorted), low: rank(sorted, 0.025), high: rank(sorted, 0.975) }
}
