/** Follows a run's events: which nodes live without the newest value, and when the last message left. */
import type { GossipEvent } from '../../../measure/event.ts'

const NOTHING = -1

export class ValueHolders {
  /** The timestamp of what each live node holds, by its name. */
  readonly #held = new Map<string, number>()
  #newest = NOTHING
  #lastSentAt: number | undefined
  /** When a value was last sent to each node, by its name. */
  readonly #told = new Map<string, number>()

  see({ event, node, at, peer, type, timestamp = NOTHING }: GossipEvent): void {
    if (event === 'sent') {
      this.#lastSentAt = at
      if (type === 'value' && peer !== undefined) this.#told.set(peer, at)
    } else if (event === 'started') this.#held.set(node, NOTHING)
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
    return this.#without.map((node) => Number(/\d+/.exec(node)?.[0]))
  }

  /** Was a value sent to any of them at that time or later? */
  wereTold(since: number): boolean {
    return this.#without.some((node) => (this.#told.get(node) ?? NOTHING) >= since)
  }

  get #without(): string[] {
    return [...this.#held].filter(([, held]) => held !== this.#newest).map(([node]) => node)
  }

  /** Ms since the beginning. */
  get lastSentAt(): number | undefined {
    return this.#lastSentAt
  }
}
