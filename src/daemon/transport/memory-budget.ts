/** Counts what waits in many connections together, so that many small heaps do not make a mountain. */
export class MemoryBudget {
  readonly #max: number
  readonly #share: number
  #bytes = 0

  /** @param share bytes that each may have even where together they have too many */
  constructor(max: number, share: number) {
    this.#max = max
    this.#share = share
  }

  /** Must one that has so many bytes not have more? */
  isFull(own: number): boolean {
    return this.#bytes >= this.#max && own > this.#share
  }

  add(bytes: number): void {
    this.#bytes += bytes
  }
}
