/** Time as a daemon's parts have it. It is handed in, so that a test can let it pass as it likes. */
import { performance } from 'node:perf_hooks'

export interface Clock {
  /** Ms; it only goes on. */
  now(): number
  /** Calls that once, in so many ms. @returns calls it off; no more than that, once it was called */
  after(ms: number, act: () => void): CallOff
}

export type CallOff = () => void

export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}
