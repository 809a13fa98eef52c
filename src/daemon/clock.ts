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

/** Ms after which what waits by a slow clock looks whether it is still as slow. */
const LOOK_MS = 100

/** One by which what waits does so for as many times as long as it is slow meanwhile. */
export function slowed(clock: Clock, slowness: () => number): Clock {
  const after = (ms: number, act: () => void): CallOff => {
    const factor = slowness()
    if (factor === 1 || ms * factor <= LOOK_MS) return clock.after(ms * factor, act)
    let callOff = clock.after(LOOK_MS, () => {
      callOff = after(ms - LOOK_MS / factor, act)
    })
    return () => callOff()
  }
  return {
    after,
    now: () => clock.now(),
    origin: clock.origin,
    wall: () => clock.wall(),
    soon: (act) => clock.soon(act),
  }
}
