/** Follows a run's events: which live nodes are without the newest value of a key, and when the last message left. */
import { DEFAULT_KEY } from '../../../gossip/value.ts'
import type { GossipEvent } from '../../../measure/event.ts'

/** A value, as far as that matters here. */
interface Known {
  readonly timestamp: number
  readonly deletes: boolean
}

/** A node, by its number, and a key. */
export interface Place {
  readonly node: number
  readonly key: string
}

export class ValueHolders {
  /** What each live node holds, by its name, of each key. */
  readonly #held = new Map<string, Map<string, Known>>()
  readonly #newest = new Map<string, Known>()
  #lastSentAt: number | undefined
  /** When a value of each key was last sent to each node, by its name. */
  readonly #told = new Map<string, Map<string, number>>()

  see({ event, node, at, peer, type, key = DEFAULT_KEY, timestamp = -1, value }: GossipEvent): void {
    if (event === 'sent') {
      this.#lastSentAt = at
      if (type === 'value' && peer !== undefined) inner(this.#told, peer).set(key, at)
    } else if (event === 'started') this.#held.set(node, new Map())
    else if (event === 'stopped') this.#held.delete(node)
    else if (event === 'updated') {
      const it = { timestamp, deletes: value === null }
      inner(this.#held, node).set(key, it)
      if (timestamp > (this.#newest.get(key)?.timestamp ?? -1)) this.#newest.set(key, it)
    }
  }

  get live(): number {
    return this.#held.size
  }

  get keys(): number {
    return this.#newest.size
  }

  /** Where the newest value of a key should be, and is not. */
  get without(): readonly Place[] {
    return this.#places((held, newest) => held?.timestamp !== newest.timestamp)
  }

  /** Where there is a value that was deleted. */
  get undeleted(): readonly Place[] {
    return this.#places((held, { deletes }) => deletes && held !== undefined && !held.deletes)
  }

  /** Was a value sent to any of these at that time or later? */
  wereTold(places: readonly Place[], since: number): boolean {
    const names = new Map([...this.#told.keys()].map((it) => [numberOf(it), it]))
    return places.some(({ node, key }) => (this.#told.get(names.get(node) ?? '')?.get(key) ?? -1) >= since)
  }

  /** Ms since the beginning. */
  get lastSentAt(): number | undefined {
    return this.#lastSentAt
  }

  #places(isOne: (held: Known | undefined, newest: Known) => boolean): Place[] {
    return [...this.#held].flatMap(([name, held]) =>
      [...this.#newest]
        .filter(([key, newest]) => isOne(held.get(key), newest))
        .map(([key]) => ({ node: numberOf(name), key })),
    )
  }
}

function numberOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0])
}

function inner<V>(outer: Map<string, Map<string, V>>, name: string): Map<string, V> {
  const it = outer.get(name) ?? new Map<string, V>()
  outer.set(name, it)
  return it
}
