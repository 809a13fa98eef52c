/** A bucket of tokens: so many at once, and so many a second from then on. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  readonly #now: () => number
  #tokens: number
  #at: number

  /** @param now ms, on a clock that only goes on */
  constructor(perSecond: number, burst: number, now: () => number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#now = now
    this.#tokens = burst
    this.#at = now()
  }

  /** Takes one, on credit if there is none; false if so. */
  take(): boolean {
    if (this.#tokens < 1) this.#fill()
    this.#tokens -= 1
    return this.#tokens >= 0
  }

  /** Ms until what was taken on credit is paid back. */
  get pause(): number {
    return Math.ceil((Math.max(0, -this.#tokens) / this.#perSecond) * 1000)
  }

  #fill(): void {
    const now = this.#now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
  }
}
