/** The neighbours in a graph of whichever node it is about now. */
import type { Address } from '../../gossip/strategy.ts'
import { BaseView } from '../../gossip/view/base.ts'
import { NeighbourView } from '../../gossip/view/neighbours.ts'
import type { Except, PeerView } from '../../gossip/view/view.ts'
import type { Graph } from '../../network/topology/graph.ts'

export class NeighboursInTurn extends BaseView implements PeerView {
  readonly #graph: Graph
  readonly #node: { readonly index: number }

  constructor(graph: Graph, node: { readonly index: number }) {
    super()
    this.#graph = graph
    this.#node = node
  }

  get size(): number {
    return this.#graph.degree(this.#node.index)
  }

  list(): Address[] {
    return this.#view.list()
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    return this.#view.pick(k, except, random)
  }

  get #view(): NeighbourView {
    return new NeighbourView(this.#graph.neighbours(this.#node.index))
  }
}
