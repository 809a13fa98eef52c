/**
 * Whose lines are worked on next, of all connections of a process: it has one thread, so whoever has much to say
 * would keep the others waiting. The one that was worked for least lately is next, so one line is heard at once
 * however many others have thousands; every fourth turn is for the one that waits longest, so none waits for ever.
 */
import type { Clock } from '../clock.ts'

/** Ms of work on one connection before the next has its turn. */
const TURN_MS = 1
/** Ms of work before the sockets have theirs: others may have come meanwhile. */
const ROUND_MS = 4
/** Where those took longer, as long as that, at most so long, for whoever was worked for no longer than that lately. */
const LONG_ROUND_MS = 50
const LITTLE_MS = 0.5
/** Ms after which what was worked for somebody counts half. */
const HALF_LIFE_MS = 200
const LONGEST_WAITING = 4

/** Works until nothing is left to do or `isOver` says so. @returns is there more to do, now? */
export type Work = (isOver: () => boolean) => boolean

/** What takes turns. */
export interface Seat {
  readonly work: Work
  /** Ms that it was worked for, lately, as of then. */
  used: number
  at: number
  /** Grows with what it has used lately: as all of that decays alike, the order of two stays while neither is served. */
  rank: number
  /** Since when it waits. */
  since: number
}

/** How time passes while one works, and what begins the next round. */
export type Pace = Pick<Clock, 'now' | 'soon'>

export class Turns {
  readonly #pace: Pace
  /** Those that wait, longest first. */
  readonly #waiting = new Set<Seat>()
  #isWorking = false
  #turn = 0
  /** Ms that were worked in this round, and whether a next one is under way. */
  #spent = 0
  #isNextUnderWay = false

  constructor(pace: Pace) {
    this.#pace = pace
  }

  seat(work: Work): Seat {
    return { work, used: 0, at: 0, rank: Number.NEGATIVE_INFINITY, since: 0 }
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Ms that the one that waits longest has waited. */
  get backlog(): number {
    const [first] = this.#waiting
    return first === undefined ? 0 : this.#pace.now() - first.since
  }

  /** It has something to do: that is done at once if nobody waits, else in its turn. */
  ask(seat: Seat): void {
    if (this.isWaiting(seat)) return
    if (this.#waiting.size > 0 || this.#isWorking || this.#spent >= ROUND_MS) this.#wait(seat)
    else this.#serve(seat)
  }

  /** It has nothing to do any more. */
  leave(seat: Seat): void {
    this.#waiting.delete(seat)
  }

  /** Has it something to do, and not had its turn? */
  isWaiting(seat: Seat): boolean {
    return this.#waiting.has(seat)
  }

  #wait(seat: Seat): void {
    seat.since = this.#pace.now()
    this.#waiting.add(seat)
    this.#nextRound()
  }

  #nextRound(): void {
    if (this.#isNextUnderWay) return
    this.#isNextUnderWay = true
    const before = this.#pace.now()
    this.#pace.soon(() => {
      this.#isNextUnderWay = false
      this.#spent = 0
      this.#work(Math.min(LONG_ROUND_MS, this.#pace.now() - before))
      if (this.#waiting.size > 0) this.#nextRound()
    })
  }

  /** @param long ms for those who had little */
  #work(long: number): void {
    while (this.#waiting.size > 0) {
      const next = this.#next()
      if (this.#spent >= ROUND_MS && (this.#spent >= long || this.#used(next) > LITTLE_MS)) return
      this.leave(next)
      this.#serve(next)
    }
  }

  /** Ms that it was worked for, lately, as of now. */
  #used({ used, at }: Seat): number {
    return used * 2 ** ((at - this.#pace.now()) / HALF_LIFE_MS)
  }

  #next(): Seat {
    this.#turn += 1
    let [next] = this.#waiting
    if (this.#turn % LONGEST_WAITING !== 0) {
      for (const it of this.#waiting) if (it.rank < next!.rank) next = it
    }
    return next!
  }

  #serve(seat: Seat): void {
    const start = this.#pace.now()
    this.#isWorking = true
    try {
      if (seat.work(() => this.#pace.now() - start >= TURN_MS)) this.#wait(seat)
    } finally {
      this.#isWorking = false
      const now = this.#pace.now()
      this.#spent += now - start
      // What was worked in this round is forgotten when the sockets had their turn; of little that need not be at once.
      if (this.#spent >= TURN_MS) this.#nextRound()
      seat.used = this.#used(seat) + now - start
      seat.at = now
      seat.rank = Math.log2(seat.used) + now / HALF_LIFE_MS
    }
  }
}

const ofClocks = new WeakMap<Pace, Turns>()

/** One of a thread: all connections that go by its clock share it. */
export function turnsOf(clock: Pace): Turns {
  const turns = ofClocks.get(clock) ?? new Turns(clock)
  ofClocks.set(clock, turns)
  return turns
}
