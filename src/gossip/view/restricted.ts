/** A view of which only some may be picked: what a topology makes of a table. Contacts travel as before. */
import type { PeerRow } from '../message.ts'
import type { Address } from '../strategy.ts'
import { isExcepted } from './except.ts'
import { pick } from './pick.ts'
import type { Change, Except, Gone, PeerView } from './view.ts'

export class RestrictedView implements PeerView {
  readonly #whole: PeerView
  readonly #isNeighbour: (address: Address) => boolean

  constructor(whole: PeerView, isNeighbour: (address: Address) => boolean) {
    this.#whole = whole
    this.#isNeighbour = isNeighbour
  }

  get size(): number {
    return this.#whole.size
  }

  list(now: number): Address[] {
    return this.#whole.list(now).filter(this.#isNeighbour)
  }

  pick(k: number, except: Except, random: () => number, now: number): Address[] {
    return pick(this.list(now), k, random, (it) => isExcepted(except, it))
  }

  share(random: () => number, now: number): readonly PeerRow[] | undefined {
    return this.#whole.share(random, now)
  }

  knows(address: Address): boolean {
    return this.#whole.knows(address)
  }

  heard(from: Address, rows: readonly PeerRow[], now: number): Change {
    return this.#whole.heard(from, rows, now)
  }

  reached(peer: Address, rows: readonly PeerRow[], now: number): Change {
    return this.#whole.reached(peer, rows, now)
  }

  failed(peer: Address, now: number): boolean {
    return this.#whole.failed(peer, now)
  }

  period(now: number, clock: number): readonly Gone[] {
    return this.#whole.period(now, clock)
  }
}
