/** Which slots of a rim hold something: a bit a slot, so that a sparse rim is skipped 32 slots at a time. */
const BITS = 32

export class Bitset {
  readonly #words: Int32Array

  /** @param count of slots, a multiple of 32 */
  constructor(count: number) {
    this.#words = new Int32Array(count / BITS)
  }

  fill(slot: number): void {
    this.#words[slot >>> 5]! |= 1 << (slot & 31)
  }

  empty(slot: number): void {
    this.#words[slot >>> 5]! &= ~(1 << (slot & 31))
  }

  /** The first slot at or after `from` that holds something. There must be one. */
  next(from: number): number {
    let word = from >>> 5
    let bits = this.#words[word]! & (-1 << (from & 31))
    while (bits === 0) bits = this.#words[++word]!
    return word * BITS + (BITS - 1 - Math.clz32(bits & -bits))
  }
}
