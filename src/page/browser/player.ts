/** Plays a spread slowly. */
import { Replay } from '../model/replay.ts'
import type { Spread } from '../model/spread.ts'

/** Ms that a whole replay takes at speed 1. */
export const SLOW_MS = 6000
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const

export class Player {
  readonly replay: Replay
  /** Did the page begin it, and has nobody touched it since? */
  isAutomatic: boolean
  isPlaying: boolean
  position = 0
  speed = 1

  constructor(spread: Spread, until: number, isAutomatic: boolean, isPlaying: boolean) {
    this.replay = new Replay(spread, until)
    this.isAutomatic = isAutomatic
    this.isPlaying = isPlaying
  }

  /** Ms of the spread's own time that are shown. */
  get span(): number {
    const { moments, spread } = this.replay
    return Math.max(0, (moments.at(-1)?.at ?? 0) - spread.startedAt)
  }

  get isAtEnd(): boolean {
    return this.position >= this.replay.length
  }

  /** @param elapsed ms */
  tick(elapsed: number): void {
    if (!this.isPlaying) return
    // A tab that was hidden goes on where it was.
    const step = (Math.min(elapsed, 100) * this.speed * this.replay.length) / SLOW_MS
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
