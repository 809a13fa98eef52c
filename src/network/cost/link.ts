/**
 * A link with a rate: what goes over it does so one after the other, in the order in which it came, each for its bytes
 * x 8 / rate. What is not over it yet can be dropped.
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
  /** It is over. */
  readonly passed: () => void
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
  /** When the first is over. A timer that rings late delays nobody else: those behind it go by this. */
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

  enter(bytes: number, passed: () => void, dropped: () => void = () => {}): void {
    const it: Waiting = { bytes, passed, dropped, next: undefined }
    if (this.#last === undefined) this.#first = it
    else this.#last.next = it
    this.#last = it
    this.#size += 1
    if (this.#isBusy) return
    this.#isBusy = true
    this.#due = this.#clock.now() + this.#timeOf(bytes)
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
    for (; dropped !== undefined; dropped = dropped.next) dropped.dropped()
  }

  #timeOf(bytes: number): number {
    return ((bytes * 8000) / this.#rate) * this.#slowness()
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
      passed()
      // That may have dropped the others.
      if (timer !== this.#timer) return
      if (this.#first === undefined) {
        this.#isBusy = false
        return
      }
      this.#due += this.#timeOf(this.#first.bytes)
    } while (this.#due <= this.#clock.now())
    this.#wait()
  }
}
