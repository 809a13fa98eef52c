/** What the simulated values count as, where that is not their text: each its own size, drawn as it is handed in. */
import type { Value } from '../gossip/value.ts'
import { drawSize, type Size } from '../network/cost/size.ts'

export class ValueSizes {
  readonly #size: Size
  readonly #random: () => number
  readonly #drawn = new Map<number, number>()

  /** @param random uniform in [0, 1), of its own */
  constructor(size: Size, random: () => number) {
    this.#size = size
    this.#random = random
  }

  /** A client hands in a value. */
  add({ timestamp }: Value): void {
    if (this.#size.from !== this.#size.to) this.#drawn.set(timestamp, drawSize(this.#size, this.#random))
  }

  /** Bytes. */
  of({ timestamp }: Value): number {
    return this.#drawn.get(timestamp) ?? this.#size.from
  }
}
