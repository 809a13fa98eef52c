/** A daemon's own timers: they wait while it is paused, and end with it. */
import { type CallOff, type Clock, realClock } from './clock.ts'
import { MAX_DELAY_MS } from './transport/fault-hook.ts'

export class Timers {
  readonly #clock: Clock
  readonly #waiting = new Set<CallOff>()
  #isPaused = false
  /** What came due while it was paused. */
  #overdue: (() => void)[] = []

  constructor(clock: Clock = realClock) {
    this.#clock = clock
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  schedule(ms: number, act: () => void): void {
    const callOff = this.#clock.after(Math.min(ms, MAX_DELAY_MS), () => {
      this.#waiting.delete(callOff)
      if (this.#isPaused) this.#overdue.push(act)
      else act()
    })
    this.#waiting.add(callOff)
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    for (const act of this.#overdue.splice(0)) act()
  }

  /** Nothing that waits happens any more. */
  clear(): void {
    for (const callOff of this.#waiting) callOff()
    this.#waiting.clear()
  }
}
