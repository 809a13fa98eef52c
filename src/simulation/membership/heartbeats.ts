/**
 * The daemon's membership in a simulated network: each node has the same bounded table and exchanges contacts at
 * the same pace; a node that knows nobody asks the first nodes, and all go on asking for whom they lost.
 * None of it is counted in a run's figures, as the daemon doesn't count it either.
 */
import { Contacts } from '../../gossip/contacts.ts'
import type { PeerRow } from '../../gossip/message.ts'
import { addressOf, numberOf } from '../../gossip/view/node-number.ts'
import type { PeerTable } from '../../gossip/view/table.ts'
import type { RandomStream } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import { SEARCH_MS, SEEDS } from './bootstrap.ts'

/** How rows get from one node to another. */
export interface Exchange {
  /** Tells `to` these rows; it answers with its own, unless the network or a fault prevents it. */
  greet(from: number, to: number, rows: readonly PeerRow[]): void
}

export class Heartbeats {
  readonly table: PeerTable
  readonly #index: number
  readonly #contacts: Contacts
  readonly #time: Scheduler
  readonly #exchange: Exchange
  readonly #stream: RandomStream
  #isStopped = false
  #turn = 0

  constructor(
    index: number,
    table: PeerTable,
    period: number,
    time: Scheduler,
    exchange: Exchange,
    dice: RandomStream,
  ) {
    this.table = table
    this.#index = index
    this.#contacts = new Contacts(table, period)
    this.#time = time
    this.#exchange = exchange
    this.#stream = dice
  }

  start(): void {
    this.#later(() => this.#exchangeContacts(), this.#contacts.nextPause(this.#random))
    this.#later(() => this.#search(), SEARCH_MS * this.#stream.random())
  }

  stop(): void {
    this.#isStopped = true
  }

  news(): void {
    this.#contacts.news()
  }

  rows(): readonly PeerRow[] {
    return this.table.share(this.#random, this.#time.now)
  }

  readonly #random = (): number => this.#stream.random()

  #exchangeContacts(): void {
    const peer = this.#contacts.next(this.#random, this.#time.now)
    this.#greet(peer === undefined ? this.#seed() : numberOf(peer))
    this.#later(() => this.#exchangeContacts(), this.#contacts.nextPause(this.#random))
  }

  /** In turn, as the daemon does: the seeds that it does not know, and one of those it lost. */
  #search(): void {
    const lost = this.table.forgotten()
    this.#turn += 1
    if (lost.length > 0 && this.#turn % 2 === 0) this.#greet(numberOf(lost[this.#below(lost.length)]!))
    else for (let seed = 0; seed < SEEDS; seed++) if (!this.table.knows(addressOf(seed))) this.#greet(seed)
    this.#later(() => this.#search(), SEARCH_MS * (0.5 + this.#stream.random()))
  }

  #seed(): number {
    return this.#below(SEEDS)
  }

  #below(limit: number): number {
    return Math.floor(this.#stream.random() * limit)
  }

  #greet(peer: number): void {
    if (peer !== this.#index) this.#exchange.greet(this.#index, peer, this.rows())
  }

  #later(act: () => void, ms: number): void {
    this.#time.background(ms * this.#time.slowness.of(this.#index), () => {
      if (!this.#isStopped) act()
    })
  }
}
