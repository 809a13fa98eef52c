/**
 * Any number of delays in bounded memory, so that quantiles can be read off: they are counted in bins no wider than 1/1024
 * of what lies in them (as HdrHistogram does), and of each bin the greatest is kept. So a quantile is a delay that
 * occurred, at most that much above the exact one; whole numbers up to 2048 are exact.
 */

/** Of the upper 32 bits of a number, those without which the rest name its bin: sign, exponent and 10 bits of mantissa stay. */
const DROPPED_BITS = 10
const view = new DataView(new ArrayBuffer(8))

interface Bin {
  count: number
  greatest: number
}

export class DelayCounts {
  readonly #bins = new Map<number, Bin>()
  #count = 0

  get count(): number {
    return this.#count
  }

  /** @param delay ms, or rounds; below 0, as clocks that differ make it, it counts as 0 */
  add(delay: number): void {
    const it = Math.max(0, delay)
    view.setFloat64(0, it)
    const index = view.getUint32(0) >>> DROPPED_BITS
    const bin = this.#bins.get(index)
    this.#count += 1
    if (bin === undefined) this.#bins.set(index, { count: 1, greatest: it })
    else {
      bin.count += 1
      if (it > bin.greatest) bin.greatest = it
    }
  }

  /** All that another one counts, too. */
  include(other: DelayCounts): void {
    for (const [index, { count, greatest }] of other.#bins) {
      const bin = this.#bins.get(index)
      if (bin === undefined) this.#bins.set(index, { count, greatest })
      else {
        bin.count += count
        bin.greatest = Math.max(bin.greatest, greatest)
      }
    }
    this.#count += other.#count
  }

  /**
   * For each share, 0 to 1, the smallest delay that at least that share of all does not exceed (nearest rank); 0 of none.
   * @param shares rising
   */
  quantiles(shares: readonly number[]): number[] {
    const bins = [...this.#bins].sort(([a], [b]) => a - b).map(([, bin]) => bin)
    let at = 0
    let below = 0
    return shares.map((share) => {
      const rank = Math.max(1, Math.ceil(share * this.#count))
      while (at < bins.length - 1 && below + bins[at]!.count < rank) below += bins[at++]!.count
      return bins[at]?.greatest ?? 0
    })
  }
}
