/** Follows a run's events: which nodes live without the newest value, and when the last message left. */
import type { GossipEvent } from '../../measure/event.ts'

const NOTHING = -1

export class Holders {
  /** The timestamp of what each live node holds, by its name. */
  readonly #held = new Map<string, number>()
  #newest = NOTHING
  #lastSentAt: number | undefined

  see({ event, node, at, timestamp = NOTHING }: GossipEvent): void {
    if (event === 'sent') this.#lastSentAt = at
    else if (event === 'started') this.#held.set(node, NOTHING)
    else if (event === 'stopped') this.#held.delete(node)
    else if (event === 'updated') {
      this.#held.set(node, timestamp)
      this.#newest = Math.max(this.#newest, timestamp)
    }
  }

  get live(): number {
    return this.#held.size
  }

  /** The numbers of those that live without it. */
  get without(): number[] {
    const nodes = [...this.#held].filter(([, held]) => held !== this.#newest)
    return nodes.map(([node]) => Number(/\d+/.exec(node)?.[0]))
  }

  /** Ms since the beginning. */
  get lastSentAt(): number | undefined {
    return this.#lastSentAt
  }
}
