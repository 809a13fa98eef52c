/** Events of several processes, in order of time: each tells its own in order, but one may be read later than another. */
import type { GossipEvent } from '../measure/event.ts'

/** So many are held; one may be so many late. */
const MOST_LATE = 10_000

export class InOrder {
  readonly #tell: (event: GossipEvent) => void
  #held: GossipEvent[] = []

  constructor(tell: (event: GossipEvent) => void) {
    this.#tell = tell
  }

  add(event: GossipEvent): void {
    this.#held.push(event)
    if (this.#held.length >= 2 * MOST_LATE) this.#flush(MOST_LATE)
  }

  /** All that were added are told. */
  end(): void {
    this.#flush(this.#held.length)
  }

  #flush(count: number): void {
    this.#held.sort((a, b) => a.at - b.at)
    for (const it of this.#held.splice(0, count)) this.#tell(it)
  }
}
