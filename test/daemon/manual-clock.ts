/** A clock that stands until it is told that time passes. */
import type { CallOff, Clock } from '../../src/daemon/clock.ts'

interface Timer {
  readonly at: number
  readonly act: () => void
}

export class ManualClock implements Clock {
  readonly origin = 0
  #now = 0
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#now
  }

  after(ms: number, act: () => void): CallOff {
    const timer = { at: this.#now + ms, act }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  wall(): number {
    return Math.round(this.#now)
  }

  soon(act: () => void): void {
    this.after(0, act)
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.size
  }

  /** Ms until the next timer; undefined where none waits. */
  get untilNext(): number | undefined {
    const next = this.#next()
    return next && next.at - this.#now
  }

  /** Lets so many ms pass: what comes due meanwhile is called, each at its time. */
  pass(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
      this.#timers.delete(next)
      this.#now = next.at
      next.act()
    }
    this.#now = end
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const it of this.#timers) if (first === undefined || it.at < first.at) first = it
    return first
  }
}
