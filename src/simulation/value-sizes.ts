/** What the simulated values count as, where that is not their text: each its own size, drawn as it is handed in. */
import type { Value } from '../gossip/value.ts'
import { drawSize, type Size } from '../network/cost/size.ts'

export class ValueSizes {
  readonly #size: Size | undefined
  readonly #random: () => number
  readonly #drawn = new Map<string, number>()

  /** @param size where a value has none of its own @param random uniform in [0, 1), of its own */
  constructor(size: Size | undefined, random: () => number) {
    this.#size = size
    this.#random = random
  }

  /** A client hands in a value. */
  add(value: Named, own?: Size): void {
    const size = own ?? this.#size
    if (own !== undefined || this.#isDrawn) this.#drawn.set(nameOf(value), drawSize(size!, this.#random))
  }

  /** Bytes; undefined: those of its text. */
  of(value: Named): number | undefined {
    const drawn = this.#drawn.size > 0 ? this.#drawn.get(nameOf(value)) : undefined
    return drawn ?? this.#size?.from
  }

  get #isDrawn(): boolean {
    return this.#size !== undefined && this.#size.from !== this.#size.to
  }
}

type Named = Pick<Value, 'key' | 'timestamp'>

/** Values of one key have timestamps of their own. */
function nameOf({ key, timestamp }: Named): string {
  return `${timestamp} ${key}`
}
