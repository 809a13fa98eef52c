/** Follows a run's events: whom each live node may pick as it ends. */
import type { GossipEvent } from '../../../measure/event.ts'
import { overlayOf, partsOf, undirected } from '../../../measure/overlay.ts'

export class LastPeers {
  /** Of the nodes that live, by name. */
  readonly #peers = new Map<string, Set<string>>()
  /** When one that lived was last dropped, in ms. */
  #droppedAt = Number.NEGATIVE_INFINITY

  see({ event, node, peer = '', at }: GossipEvent): void {
    if (event === 'started') this.#peers.set(node, new Set())
    else if (event === 'stopped') this.#peers.delete(node)
    else if (event === 'peer-up') this.#peers.get(node)?.add(peer)
    else if (event === 'peer-down') {
      this.#peers.get(node)?.delete(peer)
      if (this.#peers.has(peer)) this.#droppedAt = at
    }
  }

  get live(): number {
    return this.#peers.size
  }

  /** Does each know each, and has nobody been dropped for so long before the end? */
  areAllKnown(at: number, since: number): boolean {
    return at - this.#droppedAt >= since && this.lacking.length === 0
  }

  /** Nodes of each part between which no link leads, in any direction; the largest first. */
  get parts(): number[][] {
    const numbers = [...this.#peers.keys()].map(numberOf)
    return partsOf(undirected(overlayOf(this.#peers)))
      .map((part) => part.map((it) => numbers[it]!).sort((a, b) => a - b))
      .sort((a, b) => b.length - a.length)
  }

  /** Live nodes that have a dead one as a peer, and the dead ones that they have. */
  get keeping(): { readonly nodes: number[]; readonly dead: number[] } {
    const nodes: number[] = []
    const dead = new Set<number>()
    for (const [node, peers] of this.#peers) {
      const those = [...peers].filter((it) => !this.#peers.has(it))
      if (those.length > 0) nodes.push(numberOf(node))
      for (const it of those) dead.add(numberOf(it))
    }
    return { nodes, dead: [...dead] }
  }

  /** Live nodes that no other one may pick. */
  get unknown(): number[] {
    const known = new Set([...this.#peers.values()].flatMap((it) => [...it]))
    return [...this.#peers.keys()].filter((it) => !known.has(it)).map(numberOf)
  }

  /** Live nodes that not all others may pick. */
  get lacking(): number[] {
    const counts = new Map<string, number>()
    for (const peers of this.#peers.values())
      for (const it of peers) counts.set(it, (counts.get(it) ?? 0) + 1)
    return [...this.#peers.keys()].filter((it) => (counts.get(it) ?? 0) < this.live - 1).map(numberOf)
  }
}

/** As the simulator names nodes. */
function numberOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0])
}
