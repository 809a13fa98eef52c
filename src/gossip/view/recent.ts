/** Which of many something happened to last: found without a look at all of them, and of those before the last no more is kept. */
export class Recent<T> {
  readonly #most: number
  /** The last one last, and some more than once. */
  #all: T[] = []

  /** @param most that are looked through */
  constructor(most: number) {
    this.#most = most
  }

  add(it: T): void {
    if (this.#all.at(-1) === it) return
    if (this.#all.length >= 2 * this.#most) this.#all = this.#all.slice(-this.#most)
    this.#all.push(it)
  }

  /** Up to `k` different ones of which that is true, the last one first. */
  last(k: number, is: (it: T) => boolean): T[] {
    const found: T[] = []
    const end = Math.max(0, this.#all.length - this.#most)
    for (let i = this.#all.length - 1; i >= end && found.length < k; i--) {
      const it = this.#all[i]!
      if (is(it) && !found.includes(it)) found.push(it)
    }
    return found
  }
}
