/** A list of pairs of nodes that grows, in one array of numbers: first, second, first, second... */
export class Pairs {
  #numbers = new Int32Array(64)
  #length = 0

  get size(): number {
    return this.#length / 2
  }

  add(a: number, b: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Int32Array(2 * this.#length)
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    this.#numbers[this.#length++] = a
    this.#numbers[this.#length++] = b
  }

  /** What is in it now; not a copy. */
  numbers(): Int32Array {
    return this.#numbers.subarray(0, this.#length)
  }
}
