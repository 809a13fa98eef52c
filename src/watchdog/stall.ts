/** Tells when a thread is stuck in a strategy: what it looks at is progress, not how long a run takes. */
import type { Board } from '../gossip/handler-progress.ts'

/** Ms between two looks. */
export const LOOK_MS = 100
/** A machine that slept, or a process that was stopped, has lost no more than that. */
const MOST_MS = 2 * LOOK_MS

export class Stall {
  readonly #board: Board
  #beats = 0
  #ms = 0

  constructor(board: Board) {
    this.#board = board
  }

  /** What does not come back. */
  get what(): string {
    return this.#board.underWay ?? 'a strategy'
  }

  /**
   * Looks once. On a machine with much else to do a process waits for its turn: time in which it did not run counts half,
   * as a handler may also wait for what never comes.
   * @param since ms since it was looked at before
   * @param ran ms of these that the process ran
   * @returns ms, about, for which the same has been under way without a sign of life; 0 where nothing is
   */
  look(since: number, ran = since): number {
    const { beats, underWay } = this.#board
    const isStill = underWay !== undefined && beats === this.#beats
    this.#beats = beats
    this.#ms = isStill ? this.#ms + Math.min(Math.max(ran, since / 2), since, MOST_MS) : 0
    return this.#ms
  }
}

/** How long this process ran, all its threads together. */
export class RunTime {
  #before = process.cpuUsage()

  /** Ms since it was asked before. */
  next(): number {
    const now = process.cpuUsage()
    const ms = (now.user + now.system - this.#before.user - this.#before.system) / 1000
    this.#before = now
    return ms
  }
}

/** Ms after which a handler counts as one that does not come back. */
export const TIMEOUT_MS = 5000

export function stuck(what: string, ms: number): string {
  return `${what}: has not come back after ${Number((ms / 1000).toFixed(3))} s`
}
