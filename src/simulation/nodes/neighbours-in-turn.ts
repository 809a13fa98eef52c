/** The neighbours in a graph of whichever node it is about now. */
import type { Address } from '../../gossip/strategy.ts'
import { BaseView } from '../../gossip/view/base.ts'
import { isExcepted } from '../../gossip/view/except.ts'
import { addressesOf, addressOf } from '../../gossip/view/node-number.ts'
import { pickNumbers } from '../../gossip/view/pick.ts'
import type { Except, PeerView } from '../../gossip/view/view.ts'
import type { Graph } from '../../network/topology/graph.ts'

export class NeighboursInTurn extends BaseView implements PeerView {
  readonly #graph: Graph
  readonly #node: { readonly index: number }
  /** Whom a place among the neighbours names. */
  readonly #at = (place: number): number => this.#graph.neighbour(this.#node.index, place)

  constructor(graph: Graph, node: { readonly index: number }) {
    super()
    this.#graph = graph
    this.#node = node
  }

  get size(): number {
    return this.#graph.degree(this.#node.index)
  }

  list(): Address[] {
    return addressesOf(Array.from({ length: this.size }, (_, place) => this.#at(place)))
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    const isOut = (place: number) => isExcepted(except, addressOf(this.#at(place)))
    return addressesOf(pickNumbers(this.size, k, random, isOut).map(this.#at))
  }
}
