/** What goes on for a while in a crowd of nodes: values that are handed to them, and what is done each so many ms. */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { give } from '../docker/client.ts'
import type { Crowd } from './crowd.ts'

/** Values, each newer than all before it, to whoever happens to be there. */
export class Flow {
  /** By their timestamps. */
  readonly accepted = new Map<number, string>()
  readonly unanswered = new Map<number, string>()
  /** Answers that nothing explains. */
  readonly faults: string[] = []
  readonly #crowd: Crowd
  readonly #given: Promise<void>[] = []
  #newest = 0

  constructor(crowd: Crowd) {
    this.#crowd = crowd
  }

  give(): void {
    this.#newest = Math.max(this.#newest + 1, Date.now())
    this.#given.push(this.#give(`value ${this.#given.length}`, this.#newest))
  }

  async settled(): Promise<void> {
    await Promise.all(this.#given)
  }

  /** The newest that was accepted, and what is newer and got no answer. */
  get last(): string[] {
    const at = Math.max(...this.accepted.keys())
    const newer = [...this.unanswered].filter(([timestamp]) => timestamp > at)
    return [this.accepted.get(at)!, ...newer.map(([, value]) => value)]
  }

  async #give(value: string, timestamp: number): Promise<void> {
    // Whoever is dead just then answers nothing.
    const ack = await give(oneOf(this.#crowd.ports), value, timestamp).catch(() => undefined)
    if (ack === undefined) this.unanswered.set(timestamp, value)
    else if (ack.outcome === 'accepted') this.accepted.set(timestamp, value)
    // A node may ignore a value only for a newer one.
    else if (ack.outcome !== 'ignored' || timestamp === this.#newest)
      this.faults.push(`${value}: ${JSON.stringify(ack)}`)
  }
}

/** @returns how often it was done */
export async function every(ms: number, endAt: number, act: () => Promise<void>): Promise<number> {
  for (let times = 0; ; times += 1) {
    const nextAt = performance.now() + ms
    if (nextAt > endAt) return times
    await act()
    await sleep(Math.max(0, nextAt - performance.now()))
  }
}

export function oneOf<T>(all: readonly T[]): T {
  return all[Math.floor(Math.random() * all.length)]!
}
