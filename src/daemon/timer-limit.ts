/** A strategy's delays that wait: so many and no more, as each message of a stranger's may set off one. */
export class TimerLimit {
  readonly #max: number
  readonly #schedule: (ms: number, act: () => void) => void
  readonly #dropped: () => void
  #waiting = 0
  #isDropping = false

  /** @param dropped called for the first one dropped since none waited */
  constructor(max: number, schedule: (ms: number, act: () => void) => void, dropped: () => void) {
    this.#max = max
    this.#schedule = schedule
    this.#dropped = dropped
  }

  /** @returns will it come? */
  add(ms: number, act: () => void): boolean {
    if (this.#waiting >= this.#max) {
      if (!this.#isDropping) this.#dropped()
      this.#isDropping = true
      return false
    }
    this.#waiting += 1
    this.#schedule(ms, () => {
      this.#waiting -= 1
      if (this.#waiting === 0) this.#isDropping = false
      act()
    })
    return true
  }
}
