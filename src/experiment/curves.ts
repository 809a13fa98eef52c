/** The S-curves of many runs: a bounded sample of each, from which median, interval and delays are read off. */
import { dice } from '../simulation/dice.ts'

/** Points kept of a run's curve, at equal shares of the nodes that it reached: times are exact to 1/200 of these. */
const POINTS = 200
/** Runs whose curves are kept; of more, a uniform sample (Vitter 1985, algorithm R). */
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
  /** Times at which 1/POINTS, 2/POINTS, ... of the reached had it, rising. */
  readonly times: Float64Array
  /** Nodes reached / all nodes. */
  readonly reached: number
}

/** @param times when each node that was reached had it first, since injection, sorted; not empty @param nodes all of them */
export function sampleCurve(times: Float64Array, nodes: number): Curve {
  const count = Math.min(POINTS, times.length)
  const sample = Float64Array.from({ length: count }, (_, i) => times[quantile(i + 1, count, times.length)]!)
  return { times: sample, reached: times.length / nodes }
}

export class Curves {
  readonly #kept: Curve[] = []
  readonly #dice = dice(1, 0, 'sample')
  #runs = 0

  /** Runs that were added. */
  get runs(): number {
    return this.#runs
  }

  add(curve: Curve): void {
    this.#runs += 1
    const place = this.#runs <= MOST_KEPT ? this.#kept.length : Math.floor(this.#dice.random() * this.#runs)
    if (place < MOST_KEPT) this.#kept[place] = curve
  }

  /** When that share of the first receptions, 0 to 1, had happened in the slowest run. */
  timeOf(share: number): number {
    const of = ({ times }: Curve): number => times[quantile(share, 1, times.length)] ?? 0
    return Math.max(0, ...this.#kept.map(of))
  }

  /** The same in the fastest run. */
  earliest(share: number): number {
    const of = ({ times }: Curve): number => times[quantile(share, 1, times.length)] ?? 0
    return Math.min(...this.#kept.map(of))
  }

  reached(times: readonly number[]): Reached[] {
    return times.map((time) => {
      const shares = Float64Array.from(this.#kept, (it) => shareAt(it, time)).sort()
      const { length } = shares
      const median = (shares[Math.ceil(length / 2) - 1]! + shares[Math.floor(length / 2)]!) / 2
      return { time, median, low: rank(shares, 0.025), high: rank(shares, 0.975) }
    })
  }

  /** How long first receptions took. @param edges of the bins, rising, two or more */
  delays(edges: readonly number[]): Bin[] {
    const bins = new Float64Array(edges.length - 1)
    let all = 0
    for (const { times, reached } of this.#kept) {
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

/** The index of the `part`/`whole` quantile among `length` sorted values, nearest rank. */
function quantile(part: number, whole: number, length: number): number {
  return Math.max(0, Math.ceil((part / whole) * length) - 1)
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

function rank(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, quantile(share, 1, sorted.length))] ?? 0
}
