/** Which nodes still spread something or have not come to rest, where all strategies say so. */
import type { GossipStrategy } from '../gossip/strategy.ts'
import { NodeSet } from './node-set.ts'

export class Interest {
  readonly isKnown: boolean
  /** Some strategy says whether its node has come to rest, which may change whatever happens to it: so each is asked. */
  readonly isAsked: boolean
  readonly #nodes: NodeSet

  constructor(strategies: readonly GossipStrategy[], nodes: number) {
    this.isKnown = strategies.every((it) => it.interested !== undefined || it.settled !== undefined)
    this.isAsked = this.isKnown && strategies.some((it) => it.settled !== undefined)
    this.#nodes = new NodeSet(nodes)
  }

  get isNone(): boolean {
    return this.#nodes.size === 0
  }

  /** A node tells that it spreads something from now on, or nothing. */
  told(node: number, something: boolean): void {
    if (!this.isAsked) this.#nodes.set(node, something)
  }

  set(node: number, isInterested: boolean): void {
    this.#nodes.set(node, isInterested)
  }
}
