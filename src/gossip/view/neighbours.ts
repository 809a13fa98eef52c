/** The peers are a fixed list, as in a network in which each node knows its neighbours and nobody else. */
import type { Address } from '../strategy.ts'
import { BaseView } from './base.ts'
import { isExcepted } from './except.ts'
import { addressesOf, addressOf } from './node-number.ts'
import { pick } from './pick.ts'
import type { Except, PeerView } from './view.ts'

export class NeighbourView extends BaseView implements PeerView {
  readonly #neighbours: ArrayLike<number>

  /** @param neighbours their numbers, none twice, without the node itself; not copied, so that a million nodes can share one array */
  constructor(neighbours: ArrayLike<number>) {
    super()
    this.#neighbours = neighbours
  }

  get size(): number {
    return this.#neighbours.length
  }

  list(): Address[] {
    return addressesOf(Array.from(this.#neighbours))
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    const isOut = (it: number) => isExcepted(except, addressOf(it))
    return addressesOf(pick(this.#neighbours, k, random, isOut))
  }
}
