/** Messages of a node to itself that have not come yet. */
import type { Host } from './host.ts'
import type { Fields } from './message.ts'
import type { Address } from './strategy.ts'

export interface Delay {
  readonly type: string
  readonly from: Address
  readonly fields: Fields
}

export class Delays {
  readonly #waiting = new Set<Delay>()
  readonly #over: (delay: Delay) => void

  /** @param over told of each that comes */
  constructor(over: (delay: Delay) => void) {
    this.#over = over
  }

  get size(): number {
    return this.#waiting.size
  }

  /** @returns will it come? */
  add(host: Pick<Host, 'after'>, periods: number, delay: Delay): boolean {
    const isComing = host.after(periods, () => {
      if (this.#waiting.delete(delay)) this.#over(delay)
    })
    if (isComing) this.#waiting.add(delay)
    return isComing
  }

  /** @param from all of that type if left out */
  cancel(type: string, from?: Address): void {
    for (const it of this.#waiting)
      if (it.type === type && (from === undefined || it.from === from)) this.#waiting.delete(it)
  }
}
