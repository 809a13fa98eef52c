/** A daemon's own timers: they wait while it is paused, and end with it. */
import { MAX_DELAY_MS } from './transport/fault-hook.ts'

export class Timers {
  readonly #waiting = new Set<NodeJS.Timeout>()
  #isPaused = false
  /** What came due while it was paused. */
  #overdue: (() => void)[] = []

  get isPaused(): boolean {
    return this.#isPaused
  }

  schedule(ms: number, act: () => void): void {
    const timer = setTimeout(
      () => {
        this.#waiting.delete(timer)
        if (this.#isPaused) this.#overdue.push(act)
        else act()
      },
      Math.min(ms, MAX_DELAY_MS),
    )
    this.#waiting.add(timer)
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
    for (const timer of this.#waiting) clearTimeout(timer)
    this.#waiting.clear()
  }
}
