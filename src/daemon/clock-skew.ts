/**
 * Is this node's clock right? What peers say of themselves bears the time of their last period by their own clocks:
 * if most of them are far from this node's, then its own is probably wrong, and others refuse what it is handed.
 */

/** Peers whose clocks are compared, those heard last. */
const MAX_PEERS = 64
/** Periods that what was heard counts for, at least, and in a row of which it must be off before it is told. */
const WINDOW = 6
const PROOFS = 2

interface Heard {
  /** Ms by which that peer's clock is ahead, at least: what it said was up to a period old. */
  before: number
  now: number
}

export class ClockSkewReport {
  readonly #bound: number
  readonly #peers = new Map<string, Heard>()
  #periods = 0
  /** Periods in a row in which it was off. */
  #off = 0

  /** @param bound ms that clocks may differ by */
  constructor(bound: number) {
    this.#bound = bound
  }

  /** A peer said when its last period was, by its clock. @param now this node's clock, ms */
  heard(peer: string, heartbeat: number, now: number): void {
    const ahead = heartbeat - now
    const it = this.#peers.get(peer) ?? { before: Number.NEGATIVE_INFINITY, now: Number.NEGATIVE_INFINITY }
    it.now = Math.max(it.now, ahead)
    this.#peers.delete(peer)
    this.#peers.set(peer, it)
    if (this.#peers.size > MAX_PEERS) this.#peers.delete(this.#peers.keys().next().value!)
  }

  /**
   * Once a period. @param period ms, what a peer says may be that old
   * @returns ms by which this node's clock is behind its peers', less than 0 if ahead; 0 as long as it is right
   */
  period(period: number): number {
    const behind = this.#behind()
    const isOff = behind > this.#bound || behind < -this.#bound - period
    this.#off = isOff ? this.#off + 1 : 0
    this.#periods += 1
    if (this.#periods % WINDOW === 0) this.#turn()
    // What a peer said may have waited long while this node, or that one, slept: once is no proof.
    return this.#off >= PROOFS ? behind : 0
  }

  /** Half of the peers' clocks are further ahead, half less. */
  #behind(): number {
    const all = [...this.#peers.values()].map((it) => Math.max(it.before, it.now)).sort((a, b) => a - b)
    return all[Math.floor(all.length / 2)] ?? 0
  }

  /** What was heard long ago counts no more. */
  #turn(): void {
    for (const [peer, it] of this.#peers) {
      if (it.now === Number.NEGATIVE_INFINITY) this.#peers.delete(peer)
      it.before = it.now
      it.now = Number.NEGATIVE_INFINITY
    }
  }
}
