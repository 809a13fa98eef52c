/** What the simulated values count as, where that is not their text: each its own size, drawn as it is handed in. */
import type { Value } from '../gossip/value.ts'
import { drawSize, type Size } from '../network/cost/size.ts'

export class ValueSizes {
  readonly #size: Size
  readonly #random: () => number
  readonly #drawn = new Map<string, number>()

  /** @param random uniform in [0, 1), of its own */
  constructor(size: Size, random: () => number) {
    this.#size = size
    this.#random = random
  }

  /** A client hands in a value. */
  add(value: Named): void {
    if (this.#size.from !== this.#size.to) this.#drawn.set(nameOf(value), drawSize(this.#size, this.#random))
  }

  /** Bytes. */
  of(value: Named): number {
    if (this.#size.from === this.#size.to) return this.#size.from
    return this.#drawn.get(nameOf(value)) ?? this.#size.from
  }
}

type Named = Pick<Value, 'key' | 'timestamp'>

/** Values of one key have timestamps of their own. */
function nameOf({ key, timestamp }: Named): string {
  return `${timestamp} ${key}`
}
