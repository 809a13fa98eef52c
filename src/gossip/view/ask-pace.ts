/**
 * How many others a node asks at a time whether they are there, and how often: few at first, more and more while answers
 * come in time, fewer and at last seldom while those that it asks, or it itself, have more to do than they can. An answer
 * that takes long after a connection that came soon says so, whatever the distance. As a sender on a network does where
 * its packets queue: Jacobson 1988, "Congestion avoidance and control", section 1; Brakmo, O'Malley, Peterson 1994,
 * "TCP Vegas", section 3.
 */

/** Ms that an answer may take longer than the connection did. */
const LATE_MS = 100
const FIRST_WINDOW = 4
/** Ms between two questions once an answer was late to one that was asked alone; less is none. */
const LEAST_GAP_MS = 20
const SLOWER = 2
const FASTER = 0.8

export class AskPace {
  readonly #maxGap: number
  #window = FIRST_WINDOW
  #gap = 0
  #askedAt = Number.NEGATIVE_INFINITY
  /** What was asked before says nothing of the pace that is now. */
  #slowedAt = Number.NEGATIVE_INFINITY

  /** @param maxGap ms between two questions, at most */
  constructor(maxGap: number) {
    this.#maxGap = maxGap
  }

  /** How many may be asked at a time. */
  get window(): number {
    return this.#window
  }

  /** Ms until the next one may be asked. */
  wait(now: number): number {
    return Math.max(0, this.#askedAt + this.#gap - now)
  }

  asked(now: number): void {
    this.#askedAt = now
  }

  /** One that was asked then has answered. @param openedAt when a connection to it was there, if it was none before */
  answered(askedAt: number, openedAt: number | undefined, now: number): void {
    if (askedAt < this.#slowedAt) return
    if (openedAt !== undefined && now - openedAt - (openedAt - askedAt) > LATE_MS) this.late(askedAt, now)
    else if (this.#gap === 0) this.#window += 1
    else this.#gap = this.#gap > LEAST_GAP_MS ? this.#gap * FASTER : 0
  }

  /** One that was asked then did not answer in time, though a connection was there. */
  late(askedAt: number, now: number): void {
    if (askedAt < this.#slowedAt) return
    this.#slowedAt = now
    if (this.#window > 1) this.#window = Math.max(1, this.#window / SLOWER)
    else this.#gap = Math.min(this.#maxGap, Math.max(LEAST_GAP_MS, this.#gap * SLOWER))
  }
}
