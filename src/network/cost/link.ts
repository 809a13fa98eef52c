/**
 * A link with a rate: what goes over it does so one after the other, in the order in which it came, each for its bytes
 * x 8 / rate. What is not over it yet can be dropped.
 *
 * A message is a stream, it does not wait for its last byte at each end: where it comes from another link it has been
 * coming in for as long as it took there. So a free link that is no slower than the one before it holds nothing up.
 */

/** Time, virtual or real. */
export interface LinkClock {
  /** Ms. */
  now(): number
  /** Calls that at a time, or, if it is past, soon. @returns calls it off, if it can */
  at(time: number, act: () => void): CallOff | undefined
}

type CallOff = () => void

interface Waiting {
  readonly bytes: number
  /** When its first byte was there, ms. */
  readonly since: number
  /** It is over, and has been on its way for so many ms. */
  readonly passed: (took: number) => void
  /** It was dropped. */
  readonly dropped: () => void
  next: Waiting | undefined
}

export class Link {
  readonly #rate: number
  readonly #clock: LinkClock
  readonly #slowness: () => number
  #first: Waiting | undefined
  #last: Waiting | undefined
  #size = 0
  /** When the first has begun, and when it is over. A timer that rings late delays nobody else: those behind go by this. */
  #began = 0
  #due = 0
  /** Where a timer can't be called off it rings for what was dropped, too. */
  #timer = 0
  #callOff: CallOff | undefined
  #isBusy = false

  /** @param rate bits a second @param slowness how many times as long a message takes that begins now */
  constructor(rate: number, clock: LinkClock, slowness: () => number = () => 1) {
    this.#rate = rate
    this.#clock = clock
    this.#slowness = slowness
  }

  /** What is on it, or waits for it. */
  get size(): number {
    return this.#size
  }

  /** Its last byte is there. @param took ms for which it has been coming in */
  enter(bytes: number, passed: (took: number) => void, dropped: () => void = () => {}, took = 0): void {
    const it: Waiting = { bytes, since: this.#clock.now() - took, passed, dropped, next: undefined }
    if (this.#last === undefined) this.#first = it
    else this.#last.next = it
    this.#last = it
    this.#size += 1
    if (this.#isBusy) return
    this.#isBusy = true
    this.#begin(it)
    this.#due = Math.max(this.#due, this.#clock.now())
    this.#wait()
  }

  /** Drops all that is not over it yet. */
  clear(): void {
    let dropped = this.#first
    this.#timer += 1
    this.#callOff?.()
    this.#callOff = undefined
    this.#isBusy = false
    this.#first = this.#last = undefined
    this.#size = 0
    this.#due = Math.min(this.#due, this.#clock.now())
    for (; dropped !== undefined; dropped = dropped.next) dropped.dropped()
  }

  #begin({ bytes, since }: Waiting): void {
    this.#began = Math.max(since, this.#due)
    this.#due = this.#began + ((bytes * 8000) / this.#rate) * this.#slowness()
  }

  #wait(): void {
    const timer = this.#timer
    this.#callOff = this.#clock.at(this.#due, () => {
      if (timer === this.#timer) this.#pass()
    })
  }

  /** The first is over, and so are those behind it that are due. */
  #pass(): void {
    const timer = this.#timer
    do {
      const { passed, next } = this.#first!
      this.#first = next
      if (next === undefined) this.#last = undefined
      this.#size -= 1
      passed(this.#due - this.#began)
      // That may have dropped the others.
      if (timer !== this.#timer) return
      if (this.#first === undefined) {
        this.#isBusy = false
        return
      }
      this.#begin(this.#first)
    } while (this.#due <= this.#clock.now())
    this.#wait()
  }
}
