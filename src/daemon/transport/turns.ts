/**
 * Whose lines are worked on next, of all connections of a process: it has one thread, so whoever has much to say
 * would keep the others waiting. Start-time fair queueing (Goyal, Vin, Cheng 1996, section 2): each has a clock of its
 * own that goes on by the time it was worked for, and the one whose clock stands lowest is next. Who comes back, or
 * comes new, starts a little before those that wait: one line is heard at once, however many others have thousands.
 */
import { performance } from 'node:perf_hooks'

/** Ms of work on one connection before the next has its turn. */
const TURN_MS = 1
/** Ms of work before the sockets have theirs: others may have come meanwhile. */
const ROUND_MS = 4
/** Ms by which who comes back is before those that wait. */
const HEAD_START_MS = 20

/** Works until nothing is left to do or `isOver` says so. @returns is there more to do, now? */
export type Work = (isOver: () => boolean) => boolean

/** What takes turns. */
export interface Seat {
  readonly work: Work
  /** The time it was worked for, counted from where the others stood when it came. */
  time: number
  isWaiting: boolean
}

/** How time passes while one works, and what begins the next round. */
export interface Pace {
  now(): number
  soon(act: () => void): void
}

const realPace: Pace = { now: () => performance.now(), soon: (act) => void setImmediate(act) }

export class Turns {
  readonly #pace: Pace
  /** Those that wait, longest first. */
  readonly #waiting = new Set<Seat>()
  /** Where those stand that were worked for last. */
  #time = 0
  #working: Seat | undefined
  /** Ms that were worked in this round, and whether a next one is under way. */
  #spent = 0
  #isNextUnderWay = false

  constructor(pace: Pace = realPace) {
    this.#pace = pace
  }

  seat(work: Work): Seat {
    return { work, time: Number.NEGATIVE_INFINITY, isWaiting: false }
  }

  /** It has something to do. @returns was it done at once? Else it waits for its turn. */
  ask(seat: Seat): boolean {
    if (seat.isWaiting || seat === this.#working) return false
    seat.time = Math.max(seat.time, this.#time - HEAD_START_MS)
    if (this.#waiting.size > 0 || this.#working !== undefined || this.#spent >= ROUND_MS) {
      this.#wait(seat)
      return false
    }
    this.#serve(seat)
    return !seat.isWaiting
  }

  /** It has nothing to do any more. */
  leave(seat: Seat): void {
    seat.isWaiting = false
    this.#waiting.delete(seat)
  }

  #wait(seat: Seat): void {
    seat.isWaiting = true
    this.#waiting.add(seat)
    this.#nextRound()
  }

  #nextRound(): void {
    if (this.#isNextUnderWay) return
    this.#isNextUnderWay = true
    this.#pace.soon(() => {
      this.#isNextUnderWay = false
      this.#spent = 0
      while (this.#spent < ROUND_MS && this.#waiting.size > 0) this.#serve(this.#next())
      if (this.#waiting.size > 0) this.#nextRound()
    })
  }

  #next(): Seat {
    let first: Seat | undefined
    for (const it of this.#waiting) if (first === undefined || it.time < first.time) first = it
    this.leave(first!)
    return first!
  }

  #serve(seat: Seat): void {
    this.#time = Math.max(this.#time, seat.time)
    const start = this.#pace.now()
    this.#working = seat
    let hasMore = false
    try {
      hasMore = seat.work(() => this.#pace.now() - start >= TURN_MS)
    } finally {
      this.#working = undefined
      const took = this.#pace.now() - start
      seat.time += took
      this.#spent += took
      // What was worked is forgotten when the sockets had their turn.
      if (took > 0) this.#nextRound()
    }
    if (hasMore) this.#wait(seat)
  }
}

/** Of this thread: all its connections share it. */
export const turns = new Turns()
