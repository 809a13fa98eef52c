/** Time as a daemon's parts have it. It is handed in, so that a test can let it pass as it likes. */
import { performance } from 'node:perf_hooks'

export interface Clock {
  /** Ms; it only goes on. */
  now(): number
  /** Ms since 1970 when `now` was 0, as it was known then: events are dated by a clock that doesn't jump. */
  readonly origin: number
  /** Ms since 1970, an integer; it may be set, forth and back. */
  wall(): number
  /** Calls that once, in so many ms. @returns calls it off; no more than that, once it was called */
  after(ms: number, act: () => void): CallOff
  /** Calls that when what has come meanwhile was heard. */
  soon(act: () => void): void
}

export type CallOff = () => void

export const realClock: Clock = {
  now: () => performance.now(),
  origin: performance.timeOrigin,
  wall: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
  soon: (act) => void setImmediate(act),
}

/** One by which all that is to come takes so many times as long. */
export function slowed(clock: Clock, slowness: () => number): Clock {
  return {
    now: () => clock.now(),
    origin: clock.origin,
    wall: () => clock.wall(),
    after: (ms, act) => clock.after(ms * slowness(), act),
    soon: (act) => clock.soon(act),
  }
}
