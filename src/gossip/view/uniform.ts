/**
 * Everyone may pick anyone: the addresses are the numbers from 0 on, and nothing is kept but how many there are,
 * which is what makes 10^6 nodes possible.
 */
import type { Address } from '../strategy.ts'
import { isExcepted } from './except.ts'
import { pickNumbers } from './pick.ts'
import type { Change, Except, PeerView } from './view.ts'

const UNCHANGED: Change = { up: [], down: [] }

export class UniformView implements PeerView {
  readonly #self: number
  readonly #count: number

  /** @param self one of the numbers below `count` */
  constructor(self: number, count: number) {
    this.#self = self
    this.#count = count
  }

  get size(): number {
    return this.#count - 1
  }

  list(): Address[] {
    return addresses(Array.from({ length: this.size }, (_, i) => (i < this.#self ? i : i + 1)))
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    const isOut = (it: number) => it === this.#self || isExcepted(except, it as unknown as Address)
    return addresses(pickNumbers(this.#count, k, random, isOut))
  }

  share(): undefined {
    return undefined
  }

  heard(): Change {
    return UNCHANGED
  }

  failed(): boolean {
    return true
  }

  period(): readonly Address[] {
    return []
  }
}

function addresses(numbers: readonly number[]): Address[] {
  return numbers as unknown as Address[]
}
