/** The S-curves of many runs: a bounded sample of each, from which median, interval and delays are read off. */
import { median, rank } from './quantile.ts'
import { Sample } from './sample.ts'

/** Where a chart of curves ends: the last nodes may come so late that all else would be squeezed to the left. */
export const SHOWN = 0.98
/** Points kept of a run's curve, at equal shares of the nodes that it reached: times are exact to 1/200 of these. */
export const MOST_POINTS = 200
/** Of each of these times: a results file keeps them, and more can't be seen. */
const DIGITS = 6
/** Runs whose curves are kept; of more, a uniform sample. */
const MOST_KEPT = 500

/** At one time, the share of all nodes that have the value: median over the runs, and between what 95% of them lie. */
export interface Reached {
  readonly time: number
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Of all first receptions, the share in the bin from `from` up to `to`. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly share: number
}

export interface Curve {
  /** Times at which 1/n, 2/n, ... of the reached had it, rising; n is at most 200. */
  readonly times: Float64Array
  /** Nodes reached / all nodes. */
  readonly reached: number
}

/** @param times when each node that was reached had it first, since injection, sorted; not empty @param nodes all of them */
export function sampleCurve(times: Float64Array, nodes: number): Curve {
  const count = Math.min(MOST_POINTS, times.length)
  const at = (share: number): number => Number(rank(times, share).toPrecision(DIGITS))
  const sample = Float64Array.from({ length: count }, (_, i) => at((i + 1) / count))
  return { times: sample, reached: times.length / nodes }
}

export class Curves {
  readonly #sample = new Sample<Curve>(MOST_KEPT)

  /** Runs that were added. */
  get runs(): number {
    return this.#sample.seen
  }

  add(curve: Curve): void {
    this.#sample.add(curve)
  }

  /** When that share of the first receptions, 0 to 1, had happened in the slowest run. */
  timeOf(share: number): number {
    return Math.max(0, ...this.#sample.kept.map(({ times }) => rank(times, share)))
  }

  /** The same in the run in the middle: a straggler in one run does not move it. */
  typical(share: number): number {
    return median(Float64Array.from(this.#sample.kept, ({ times }) => rank(times, share)).sort())
  }

  reached(times: readonly number[]): Reached[] {
    return times.map((time) => {
      const shares = Float64Array.from(this.#sample.kept, (it) => shareAt(it, time)).sort()
      return { time, median: median(shares), low: rank(shares, 0.025), high: rank(shares, 0.975) }
    })
  }

  /** How long first receptions took. @param edges of the bins, rising, two or more */
  delays(edges: readonly number[]): Bin[] {
    const bins = new Float64Array(edges.length - 1)
    let all = 0
    for (const { times, reached } of this.#sample.kept) {
      const weight = reached / times.length
      let bin = 0
      for (const time of times) {
        all += weight
        while (bin < bins.length && time > edges[bin + 1]!) bin += 1
        if (bin < bins.length) bins[bin]! += weight
      }
    }
    return Array.from(bins, (it, i) => ({
      from: edges[i]!,
      to: edges[i + 1]!,
      share: all === 0 ? 0 : it / all,
    }))
  }
}

function shareAt({ times, reached }: Curve, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= time) low = middle + 1
    else high = middle
  }
  return (reached * low) / times.length
}
