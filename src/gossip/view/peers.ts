/** A bounded set of peers that some are picked from. */
import type { Address } from '../strategy.ts'
import { pick } from './pick.ts'

export class Peers {
  readonly #max: number
  readonly #places = new Map<Address, number>()
  readonly #all: Address[] = []

  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#all.length
  }

  has(peer: Address): boolean {
    return this.#places.has(peer)
  }

  /** A copy. */
  list(): Address[] {
    return [...this.#all]
  }

  pick(k: number, isOut: (peer: Address) => boolean, random: () => number): Address[] {
    return pick(this.#all, k, random, isOut)
  }

  every(is: (peer: Address) => boolean): boolean {
    return this.#all.every(is)
  }

  /** @returns is it one afterwards? */
  add(peer: Address): boolean {
    if (this.has(peer)) return true
    if (this.size >= this.#max) return false
    this.#places.set(peer, this.size)
    this.#all.push(peer)
    return true
  }

  /** @returns was it one? */
  drop(peer: Address): boolean {
    const place = this.#places.get(peer)
    if (place === undefined) return false
    const last = this.#all.pop()!
    if (last !== peer) {
      this.#all[place] = last
      this.#places.set(last, place)
    }
    this.#places.delete(peer)
    return true
  }
}
