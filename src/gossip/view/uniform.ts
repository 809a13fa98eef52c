/**
 * Everyone may pick anyone: the nodes are numbered, and nothing is kept but how many there are,
 * which is what makes 10^6 nodes possible.
 */
import type { Address } from '../strategy.ts'
import { BaseView } from './base.ts'
import { isExcepted } from './except.ts'
import { addressesOf, addressOf } from './node-number.ts'
import { pickNumbers } from './pick.ts'
import type { Except, PeerView } from './view.ts'

export class UniformView extends BaseView implements PeerView {
  protected self: number
  readonly #count: number

  /** @param self one of the numbers below `count` */
  constructor(self: number, count: number) {
    super()
    this.self = self
    this.#count = count
  }

  get size(): number {
    return this.#count - 1
  }

  list(): Address[] {
    return addressesOf(Array.from({ length: this.size }, (_, i) => (i < this.self ? i : i + 1)))
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    const isOut = (it: number) => it === this.self || isExcepted(except, addressOf(it))
    return addressesOf(pickNumbers(this.#count, k, random, isOut))
  }
}
