/**
 * How many others a node asks at a time whether they are there, and how often: few at first, then more and more; fewer, and
 * at last one now and then, while its timers go off late, as it, or its machine, has more to do than it can. What others
 * do or leave undone changes nothing. As a sender on a network does where packets are lost: Jacobson 1988, "Congestion
 * avoidance and control", section 1.
 */

/** Ms that a timer may be late. */
const LATE_MS = 50
const FIRST = 4
/** Where less than one is asked at a time: ms between two, for half of one twice as many. */
const GAP_MS = 20
const LEAST = GAP_MS / 5000

export class AskPace {
  /** How many at a time, fractions too. */
  #pace = FIRST
  #askedAt = Number.NEGATIVE_INFINITY
  /** A timer that was set before says nothing of the pace that is now. */
  #slowedAt = Number.NEGATIVE_INFINITY

  /** How many may be asked at a time. */
  get window(): number {
    return Math.max(1, Math.floor(this.#pace))
  }

  /** Ms until the next one may be asked. */
  wait(now: number): number {
    return this.#pace >= 1 ? 0 : Math.max(0, this.#askedAt + GAP_MS / this.#pace - now)
  }

  asked(now: number): void {
    this.#askedAt = now
  }

  /** A timer that was set then for so many ms went off now. */
  wentOff(setAt: number, ms: number, now: number): void {
    if (now - setAt - ms <= LATE_MS) this.#pace = Math.min(this.#pace * 1.1, this.#pace + 1)
    else if (setAt >= this.#slowedAt) {
      this.#slowedAt = now
      this.#pace = Math.max(LEAST, this.#pace / 2)
    }
  }
}
