/**
 * Whom a node exchanges contacts with, and when: one random peer a period, sooner while there is news, so that
 * nodes that start together know each other long before the first period ends.
 */
import type { Address } from './strategy.ts'
import type { PeerTable } from './view/table.ts'

const FIRST_PAUSE_MS = 150
const GROWTH = 1.5
/** With so many peers the first pause is twice as long: in a large cluster there is news all the time. */
const MANY_PEERS = 50

export class Contacts {
  readonly #table: PeerTable
  readonly #period: number
  #pause: number
  #isSuspectsTurn = false

  /** @param period ms */
  constructor(table: PeerTable, period: number) {
    this.#table = table
    this.#period = period
    this.#pause = this.#firstPause()
  }

  /** A peer was learnt of: others may not know it yet. */
  news(): void {
    this.#pause = this.#firstPause()
  }

  /** Ms until the next exchange, with jitter; grows until it is a period. */
  nextPause(random: () => number): number {
    const pause = this.#pause * (0.75 + random() / 2)
    this.#pause = Math.min(this.#pause * GROWTH, this.#period)
    return pause
  }

  /** Whom to ask now: a random peer, or every second time one thought gone that others say is alive. */
  next(random: () => number, now: number): Address | undefined {
    this.#isSuspectsTurn = !this.#isSuspectsTurn
    const suspect = this.#isSuspectsTurn ? this.#table.takeRevival() : undefined
    return suspect ?? this.#table.pick(1, [], random, now)[0] ?? this.#table.takeRevival()
  }

  #firstPause(): number {
    return Math.min(FIRST_PAUSE_MS * (1 + this.#table.size / MANY_PEERS), this.#period)
  }
}
