/**
 * How long peers take to answer: measured from a hi to its welcome, smoothed as TCP does (RFC 6298, section 2: an eighth of
 * each new sample).
 */
import type { Address } from '../../gossip/strategy.ts'

const WEIGHT = 1 / 8

interface Peer {
  /** When it was asked, while it has not answered. */
  askedAt: number | undefined
  smoothed: number | undefined
}

export class RoundTrips {
  readonly #max: number
  readonly #now: () => number
  /** The one asked longest ago first. */
  readonly #peers = new Map<Address, Peer>()

  /** @param max peers that are remembered @param now ms on a monotonic clock */
  constructor(max: number, now: () => number) {
    this.#max = max
    this.#now = now
  }

  asked(peer: Address): void {
    const it = this.#peers.get(peer) ?? { askedAt: undefined, smoothed: undefined }
    // Which of two questions an answer is to, nobody could tell.
    it.askedAt ??= this.#now()
    this.#peers.delete(peer)
    this.#peers.set(peer, it)
    if (this.#peers.size > this.#max) this.#peers.delete(this.#peers.keys().next().value!)
  }

  /** The connection to it is there only now: what was asked has waited for that. */
  opened(peer: Address): void {
    const it = this.#peers.get(peer)
    if (it?.askedAt !== undefined) it.askedAt = this.#now()
  }

  answered(peer: Address): void {
    const it = this.#peers.get(peer)
    if (it?.askedAt === undefined) return
    const sample = this.#now() - it.askedAt
    it.askedAt = undefined
    it.smoothed = it.smoothed === undefined ? sample : it.smoothed + WEIGHT * (sample - it.smoothed)
  }

  /** It can't be reached, or not any more: what was asked is not answered. */
  lost(peer: Address): void {
    const it = this.#peers.get(peer)
    if (it !== undefined) it.askedAt = undefined
  }

  /** Ms; undefined where it has never answered. */
  of(peer: Address): number | undefined {
    return this.#peers.get(peer)?.smoothed
  }
}
