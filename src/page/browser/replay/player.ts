/** Plays a spread slowly. */
import { Replay } from '../../model/replay.ts'
import type { Spread } from '../../model/spread.ts'

/** Ms that a whole replay takes at speed 1, at least and at most. */
const LEAST_MS = 6000
const MOST_MS = 30_000
/** How many times as long as what it shows it takes, at least: else it were no slow motion. */
const SLOWER = 2
/** Ms in which nothing happens that are left out of a replay. */
const QUIET_MS = 250
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const

/** How a replay begins. */
export interface HowOpened {
  readonly isAutomatic?: boolean
  readonly isPlaying?: boolean
  readonly from?: 'start' | 'end'
}

export class Player {
  readonly replay: Replay
  /** Did the page begin it, and has nobody touched it since? */
  isAutomatic: boolean
  isPlaying: boolean
  position = 0
  speed = 1
  /** Ms from the first moment to the last, and those of them in which things happened. */
  #span = 0
  #busy = 0

  constructor(spread: Spread, until: number, isAutomatic: boolean, isPlaying: boolean) {
    this.replay = new Replay(spread, until)
    let before = spread.startedAt
    for (const { at } of this.replay.moments) {
      const gap = Math.max(0, at - before)
      this.#span += gap
      if (gap <= QUIET_MS) this.#busy += gap
      before = Math.max(before, at)
    }
    this.isAutomatic = isAutomatic
    this.isPlaying = isPlaying
  }

  /** Ms that the whole takes at speed 1. */
  get lasts(): number {
    return Math.min(MOST_MS, Math.max(LEAST_MS, SLOWER * this.#busy))
  }

  /** How many times slower it is than what it shows was; below 1 it is faster. Infinite where nothing took any time. */
  get slowness(): number {
    return this.lasts / this.speed / this.#busy
  }

  /** Ms in which nothing happened, and which are left out. */
  get quiet(): number {
    return this.#span - this.#busy
  }

  get isAtEnd(): boolean {
    return this.position >= this.replay.length
  }

  /** @param elapsed ms */
  tick(elapsed: number): void {
    if (!this.isPlaying) return
    // A tab that was hidden goes on where it was.
    const step = (Math.min(elapsed, 100) * this.speed * this.replay.length) / this.lasts
    this.position = Math.min(this.position + step, this.replay.length)
    if (this.isAtEnd) this.isPlaying = false
  }

  toggle(): void {
    this.isAutomatic = false
    if (!this.isPlaying && this.isAtEnd) this.position = 0
    this.isPlaying = !this.isPlaying
  }

  to(position: number): void {
    this.isAutomatic = this.isPlaying = false
    this.position = Math.min(Math.max(position, 0), this.replay.length)
  }

  step(way: 1 | -1): void {
    this.to(this.replay.step(this.position, way))
  }

  stepHop(way: 1 | -1): void {
    this.to(this.replay.stepHop(this.position, way))
  }
}
