/** What ends with whatever it was begun for: with a test, whose context is one, or with a benchmark, which makes one. */

export interface Lifetime {
  /** Does that when it ends. */
  after(end: () => void | Promise<void>): void
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Ends at the latest with its process, where somebody ends that. */
export class OwnLifetime implements Lifetime {
  readonly #ends: (() => void | Promise<void>)[] = []
  readonly #ended = (): void => void this.end().finally(() => process.exit(1))

  constructor() {
    for (const it of SIGNALS) process.once(it, this.#ended)
  }

  after(end: () => void | Promise<void>): void {
    this.#ends.push(end)
  }

  /** What began last ends first. */
  async end(): Promise<void> {
    for (const it of SIGNALS) process.off(it, this.#ended)
    for (const end of this.#ends.splice(0).reverse()) await end()
  }
}
