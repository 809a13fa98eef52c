/**
 * Peers that come and go: one that speaks, but is not to be reached where it says it is, is found and lost again several
 * times a second. The first times are told, then that it does so, and then nothing for a while.
 */

/** Times that a peer's going is told, and for how many ms it is not told after that. */
const MOST = 3
const WHILE_MS = 600_000
/** Peers that are told apart. */
const MAX_PEERS = 256

export type Telling = 'each' | 'often' | 'none'

export class PeerLog {
  readonly #peers = new Map<string, { readonly since: number; times: number }>()

  /** @param now ms. @returns is it told? */
  came(peer: string, now: number): Telling {
    return this.#timesOf(peer, now) >= MOST ? 'none' : 'each'
  }

  /** @returns is it told? Once: that it does so often. */
  went(peer: string, now: number): Telling {
    const times = this.#timesOf(peer, now) + 1
    const since = times === 1 ? now : this.#peers.get(peer)!.since
    if (!this.#peers.has(peer) && this.#peers.size === MAX_PEERS)
      this.#peers.delete(this.#peers.keys().next().value!)
    this.#peers.set(peer, { since, times })
    return times < MOST ? 'each' : times === MOST ? 'often' : 'none'
  }

  #timesOf(peer: string, now: number): number {
    const entry = this.#peers.get(peer)
    if (entry === undefined) return 0
    if (now - entry.since < WHILE_MS) return entry.times
    this.#peers.delete(peer)
    return 0
  }
}
