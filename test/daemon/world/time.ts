/** Virtual time for many processes in one: what is to happen happens one after the other, each once the one before is over. */
import type { CallOff, Clock } from '../../../src/daemon/clock.ts'
import { EventQueue } from '../../../src/simulation/queue/event-queue.ts'

/** When a world begins, in ms since 1970. */
export const EPOCH = 1_700_000_000_000
/** Ms that pass with each look at a clock: so work takes time, and turns end. */
const LOOK_MS = 0.005

interface Task {
  act: (() => void) | undefined
}

export class VirtualTime {
  readonly #queue = new EventQueue<Task>()
  #now = 0
  #failure: Error | undefined

  get now(): number {
    return this.#now
  }

  look(): number {
    this.#now += LOOK_MS
    return this.#now
  }

  after(ms: number, act: () => void): CallOff {
    const task: Task = { act }
    this.#queue.add(this.#now + ms, 0, 0, 0, task)
    return () => {
      task.act = undefined
    }
  }

  /** Ends the run. */
  fail(error: Error): void {
    this.#failure ??= error
  }

  /**
   * Lets so many ms pass.
   * @throws what anything that happens throws, be it later, in a tick or a promise of its own
   */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    const failed = (error: unknown): void => this.fail(error as Error)
    process.on('uncaughtException', failed).on('unhandledRejection', failed)
    try {
      await new Promise<void>((resolve) => this.#step(end, resolve))
    } finally {
      process.off('uncaughtException', failed).off('unhandledRejection', failed)
    }
    if (this.#failure !== undefined) throw this.#failure
    this.#now = Math.max(this.#now, end)
  }

  /** Node runs what streams and promises do next before it comes back. */
  #step(end: number, done: () => void): void {
    setImmediate(() => {
      if (this.#failure !== undefined || this.#queue.next > end) return done()
      try {
        this.#next()
      } catch (error) {
        this.fail(error as Error)
      }
      this.#step(end, done)
    })
  }

  #next(): void {
    this.#queue.take()
    const { time, item } = this.#queue
    if (item?.act === undefined) return
    this.#now = Math.max(this.#now, time)
    item.act()
  }
}

/** The clock of one process: its wall clock may be wrong, and nothing that waits happens once the process is gone. */
export class ProcessClock implements Clock {
  readonly origin = EPOCH
  readonly #time: VirtualTime
  readonly #ahead: () => number
  #isGone = false

  /** @param ahead ms that the machine's wall clock is ahead of the world's */
  constructor(time: VirtualTime, ahead: () => number) {
    this.#time = time
    this.#ahead = ahead
  }

  now(): number {
    return this.#time.look()
  }

  wall(): number {
    return Math.round(EPOCH + this.#time.now + this.#ahead())
  }

  after(ms: number, act: () => void): CallOff {
    return this.#time.after(ms, () => {
      if (!this.#isGone) act()
    })
  }

  soon(act: () => void): void {
    this.after(0, act)
  }

  end(): void {
    this.#isGone = true
  }
}
