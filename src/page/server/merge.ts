/** Puts the streams of many nodes in order of time: what comes waits a little for what happened before it. */
import { performance } from 'node:perf_hooks'
import type { GossipEvent } from '../../measure/event.ts'

/** Ms that each event waits. */
const WINDOW_MS = 40
/** Events that may wait; more than that go on at once. */
const MAX_WAITING = 50_000

export class Merge {
  readonly #on: (event: GossipEvent) => void
  #waiting: { readonly event: GossipEvent; readonly cameAt: number }[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(on: (event: GossipEvent) => void) {
    this.#on = on
  }

  add(event: GossipEvent): void {
    this.#waiting.push({ event, cameAt: performance.now() })
    if (this.#waiting.length >= MAX_WAITING) this.#release(Number.POSITIVE_INFINITY)
    else this.#timer ??= setTimeout(() => this.#release(performance.now() - WINDOW_MS), WINDOW_MS)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#waiting = []
  }

  /** Those that came before that moment, and what happened before them. */
  #release(before: number): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const sorted = this.#waiting.sort((a, b) => a.event.at - b.event.at)
    const count = sorted.findLastIndex(({ cameAt }) => cameAt <= before) + 1
    this.#waiting = sorted.slice(count)
    if (this.#waiting.length > 0)
      this.#timer = setTimeout(() => this.#release(performance.now() - WINDOW_MS), WINDOW_MS / 2)
    for (const { event } of sorted.slice(0, count)) this.#on(event)
  }
}
