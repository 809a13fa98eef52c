/** What ends with whatever it was begun for: with a test, whose context is one, or with a benchmark, which makes one. */

export interface Lifetime {
  /** Does that when it ends. */
  after(end: () => void | Promise<void>): void
}

export class OwnLifetime implements Lifetime {
  readonly #ends: (() => void | Promise<void>)[] = []

  after(end: () => void | Promise<void>): void {
    this.#ends.push(end)
  }

  /** What began last ends first. */
  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end()
  }
}
