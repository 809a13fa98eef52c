/** Seeded dice for a purpose. */
import { type PURPOSES, type RandomStream, randomStream } from '../../../src/simulation/random.ts'

export class Dice {
  readonly #stream: RandomStream

  /** @param number so many streams have that purpose */
  constructor(seed: number, number: number, purpose: keyof typeof PURPOSES) {
    this.#stream = randomStream(seed, number, purpose)
  }

  random(): number {
    return this.#stream.random()
  }

  /** An integer from 0 to less than that. */
  below(limit: number): number {
    return Math.floor(this.random() * limit)
  }

  between(from: number, to: number): number {
    return from + this.random() * (to - from)
  }

  chance(p: number): boolean {
    return this.random() < p
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!
  }
}
