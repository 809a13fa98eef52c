/**
 * Whom a node exchanges contacts with, and when: one random peer a period, sooner while there is news, so that
 * nodes that start together know each other long before the first period ends.
 */
import type { Address } from './strategy.ts'
import type { PeerTable } from './view/table.ts'

const FIRST_PAUSE_MS = 150
const GROWTH = 1.5

export class Contacts {
  readonly #table: PeerTable
  readonly #period: number
  #pause: number

  /** @param period ms */
  constructor(table: PeerTable, period: number) {
    this.#table = table
    this.#period = period
    this.#pause = Math.min(FIRST_PAUSE_MS, period)
  }

  /** A peer was learnt of: others may not know it yet. */
  news(): void {
    this.#pause = Math.min(FIRST_PAUSE_MS, this.#period)
  }

  /** Ms until the next exchange, with jitter; grows until it is a period. */
  nextPause(random: () => number): number {
    const pause = this.#pause * (0.75 + random() / 2)
    this.#pause = Math.min(this.#pause * GROWTH, this.#period)
    return pause
  }

  /** Whom to ask now: a peer thought gone that others say is alive, else one at random. */
  next(random: () => number, now: number): Address | undefined {
    return this.#table.takeSuspect() ?? this.#table.pick(1, [], random, now)[0]
  }
}
