/** Says things one by one as long as few come; what comes beyond in a while is gathered, and told together. */

/** Told one by one in a while. */
const MOST_ALONE = 3

export class InTurn<T> {
  readonly #whileMs: number
  readonly #tell: (those: readonly T[]) => void
  readonly #gathered: T[] = []
  /** Told in the while that has begun; undefined: none has. */
  #told: number | undefined

  /** @param tell called with one, or with several that came within that time, in ms, after others */
  constructor(whileMs: number, tell: (those: readonly T[]) => void) {
    this.#whileMs = whileMs
    this.#tell = tell
  }

  add(it: T): void {
    if (this.#told === undefined) this.#begin(0)
    if (this.#told === MOST_ALONE) {
      this.#gathered.push(it)
      return
    }
    this.#told! += 1
    this.#tell([it])
  }

  #begin(told: number): void {
    this.#told = told
    setTimeout(() => {
      this.#told = undefined
      const those = this.#gathered.splice(0)
      if (those.length === 0) return
      this.#tell(those)
      // More of a stream.
      this.#begin(MOST_ALONE)
    }, this.#whileMs).unref()
  }
}
