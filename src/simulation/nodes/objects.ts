/**
 * The node objects of a simulation. Where peers are no more than numbers one object stands for all nodes, for each in
 * turn: it reads and writes the row of the node that it is asked for. Else, or if whoever looks wants that, each node has
 * an object of its own.
 */
import { GossipNode } from '../../gossip/node.ts'
import type { PeerView } from '../../gossip/view/view.ts'
import type { SimulationSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { SimulatedHost } from './host.ts'
import { NeighboursInTurn } from './neighbours-in-turn.ts'
import { NodeRows } from './rows.ts'

export class NodeObjects {
  readonly #world: World
  readonly #settings: SimulationSettings
  /** Which protocol of the population each node runs. */
  readonly #dealt: Uint8Array
  readonly #rows: NodeRows
  /** What all share, and its nodes, one for each protocol; undefined if they share nothing. */
  readonly #host: SimulatedHost | undefined
  readonly #shared: readonly GossipNode[] = []
  readonly #own: GossipNode[] = []

  constructor(world: World, dealt: Uint8Array) {
    const { settings, views } = world
    this.#world = world
    this.#settings = settings
    this.#dealt = dealt
    this.#rows = new NodeRows(settings)
    if (settings.ownObjects === true || views.findPeers) return
    const host = this.#hostOf(0)
    const view = views.graph === undefined ? host : new NeighboursInTurn(views.graph, host)
    this.#host = host
    this.#shared = settings.population.map(({ protocol }) => new GossipNode(host, protocol, view, host, host))
  }

  /** What each node holds. */
  get holdings(): readonly unknown[] {
    return this.#rows.holdings
  }

  /** That node; a shared object is it until the next call. */
  at(node: number): GossipNode {
    if (this.#host === undefined) return this.#own[node]!
    this.#host.index = node
    return this.#shared.length === 1 ? this.#shared[0]! : this.#shared[this.#dealt[node]!]!
  }

  /** A new one, which remembers nothing. */
  create(node: number): GossipNode {
    this.#rows.clear(node)
    if (this.#host === undefined) {
      const host = this.#hostOf(node)
      const { protocol } = this.#settings.population[this.#dealt[node]!]!
      this.#own[node] = new GossipNode(host, protocol, this.#world.views.viewOf(node), host, host)
    }
    return this.at(node)
  }

  /** The view of a node that can pick anyone. */
  everyone(node: number): PeerView {
    return this.#hostOf(node)
  }

  #hostOf(node: number): SimulatedHost {
    return new SimulatedHost(this.#world, this.#rows, node, this.#settings.nodes)
  }
}
