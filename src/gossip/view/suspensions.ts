/** Peers that could not be reached: each is passed over for a while, longer each time, until it is reached again. */
import type { Address } from '../strategy.ts'

interface Suspension {
  readonly times: number
  readonly until: number
}

/** Ms for which a peer is passed over after its `times`th failure in a row: 1 s, doubled each time, 60 s at most. */
export function pauseAfter(times: number): number {
  return Math.min(1000 * 2 ** (times - 1), 60_000)
}

export class Suspensions {
  readonly #now: () => number
  readonly #all = new Map<Address, Suspension>()

  /** @param now ms, on a clock that only goes on */
  constructor(now: () => number) {
    this.#now = now
  }

  get size(): number {
    return this.#all.size
  }

  has(peer: Address): boolean {
    return this.#all.has(peer)
  }

  /** Is it passed over now? When its pause is over it may be tried again. */
  isOn(peer: Address): boolean {
    const it = this.#all.get(peer)
    return it !== undefined && it.until > this.#now()
  }

  /** @returns is that the first time since it was reached? */
  add(peer: Address): boolean {
    const times = (this.#all.get(peer)?.times ?? 0) + 1
    this.#all.set(peer, { times, until: this.#now() + pauseAfter(times) })
    return times === 1
  }

  /** @returns was it one of them? */
  end(peer: Address): boolean {
    return this.#all.delete(peer)
  }
}
