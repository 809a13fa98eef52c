/**
 * The view of a node that can be lied to: only peers that its host has reached at their own address are picked, told of,
 * and counted. Whoever only spoke is a candidate until then: a strategy may answer it, and where fewer were met than are
 * picked one such is picked, too, so that the first value of two nodes that just found each other is not late.
 */
import type { PeerRow } from '../message.ts'
import type { Address } from '../strategy.ts'
import { isExcepted } from './except.ts'
import type { PeerTable } from './table.ts'
import type { Change, Except, Gone, PeerView } from './view.ts'

/** Those that spoke, and were not reached yet. */
export interface Speakers {
  has(address: Address): boolean
  /** The last one. */
  readonly last: Address | undefined
  /** That one is none any more. */
  drop(address: Address): void
}

export class MetView implements PeerView {
  readonly #table: PeerTable
  readonly #speakers: Speakers

  constructor(table: PeerTable, speakers: Speakers) {
    this.#table = table
    this.#speakers = speakers
  }

  get size(): number {
    return this.#table.size
  }

  list(now: number): Address[] {
    return this.#withOne(this.#table.list(now), [])
  }

  pick(k: number, except: Except, random: () => number, now: number): Address[] {
    const met = this.#table.pick(k, except, random, now)
    return met.length < k ? this.#withOne(met, except) : met
  }

  share(random: () => number, now: number): readonly PeerRow[] {
    return this.#table.share(random, now)
  }

  knows(address: Address): boolean {
    return this.#table.knows(address) || (this.#table.hasRoom && this.#speakers.has(address))
  }

  /** Somebody claims to be that peer. Of one that was not reached, or can't be now, that says nothing. */
  heard(from: Address, rows: readonly PeerRow[], now: number): Change {
    const known = this.#table.believed(rows)
    return this.#table.isUp(from) ? this.#table.heard(from, known, now) : this.#table.told(from, known, now)
  }

  reached(peer: Address, rows: readonly PeerRow[], now: number): Change {
    this.#speakers.drop(peer)
    const own = rows.filter(({ address }) => address === peer)
    return this.#table.heard(peer, [...own, ...this.#table.believed(rows)], now)
  }

  failed(peer: Address, now: number): boolean {
    this.#speakers.drop(peer)
    return this.#table.failed(peer, now)
  }

  period(now: number, clock: number): readonly Gone[] {
    return this.#table.period(now, clock)
  }

  #withOne(met: Address[], except: Except): Address[] {
    const one = this.#speakers.last
    if (one !== undefined && !isExcepted(except, one) && !this.#table.knows(one)) met.push(one)
    return met
  }
}
