/** When nodes started, out of events: is it news, or a life that is known and only told again as a watch begins? */
import type { GossipEvent } from './event.ts'

type Start = Pick<GossipEvent, 'event' | 'node' | 'at' | 'since'>

export class Starts {
  readonly #most: number
  readonly #at = new Map<string, number>()

  /** @param most nodes of which it is known at a time; of more those that started last */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most
  }

  /** Does it tell of a start that is known, at that very time? */
  isKnown({ event, node, at, since = at }: Start): boolean {
    return event === 'started' && this.#at.get(node) === since
  }

  add({ node, at, since = at }: Start): void {
    this.#at.delete(node)
    this.#at.set(node, since)
    if (this.#at.size > this.#most) this.#at.delete(this.#at.keys().next().value!)
  }
}
