/** Messages of a node to itself that have not come yet. */
import type { Fields } from './message.ts'
import type { Address } from './strategy.ts'

export interface Delay {
  readonly type: string
  readonly from: Address
  readonly fields: Fields
}

export class Delays {
  readonly #waiting = new Set<Delay>()

  get size(): number {
    return this.#waiting.size
  }

  add(delay: Delay): void {
    this.#waiting.add(delay)
  }

  /** @returns was it waiting still? */
  take(delay: Delay): boolean {
    return this.#waiting.delete(delay)
  }

  /** @param from all of that type if left out */
  cancel(type: string, from?: Address): void {
    for (const it of this.#waiting)
      if (it.type === type && (from === undefined || it.from === from)) this.#waiting.delete(it)
  }
}
