/**
 * A bounded uniform sample of what comes: all of it as long as there is room (Vitter 1985, "Random sampling with a
 * reservoir", algorithm R). The same things in the same order give the same sample.
 */
import { randomStream } from '../simulation/random.ts'

export class Sample<T> {
  readonly kept: T[] = []
  readonly #most: number
  readonly #dice = randomStream(1, 0, 'sample')
  #seen = 0

  /** @param most that are kept */
  constructor(most: number) {
    this.#most = most
  }

  /** All that came. */
  get seen(): number {
    return this.#seen
  }

  add(it: T): void {
    this.#seen += 1
    const hasRoom = this.kept.length < this.#most
    const place = hasRoom ? this.kept.length : Math.floor(this.#dice.random() * this.#seen)
    if (place < this.#most) this.kept[place] = it
  }
}
