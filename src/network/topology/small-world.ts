/** Watts, Strogatz 1998, "Collective dynamics of 'small-world' networks": a ring with some links torn away. */
import type { Graph } from './graph.ts'
import { graphOfPairs } from './graph-builder.ts'

/**
 * A ring in which each node is linked to the K nearest, K/2 on each side. Then each link is, with probability P, led
 * from its node to another one instead, each equally likely to which that node is not linked yet; in the paper's
 * order, lap after lap: first the links to the next node clockwise, then those to the next but one and so on. A node
 * that is linked to all keeps its link. There are always nodes x K / 2 links, and each node has at least K/2.
 *
 * Few links (K below about ln nodes) may fall apart where P is large.
 *
 * @param k even, from 2 on, less than `nodes`
 * @param p from 0 to 1
 */
export function smallWorld(nodes: number, k: number, p: number, random: () => number): Graph {
  const ring = new Ring(nodes, k)
  for (let lap = 0; lap < k / 2; lap++) {
    for (let node = 0; node < nodes; node++) if (random() < p) ring.rewire(node, lap, random)
  }
  return graphOfPairs(nodes, ring.pairs)
}

class Ring {
  /** Node and neighbour, for each node's K/2 clockwise links. */
  readonly pairs: Int32Array
  readonly #nodes: number
  readonly #half: number
  readonly #degrees: Int32Array

  constructor(nodes: number, k: number) {
    this.#nodes = nodes
    this.#half = k / 2
    this.#degrees = new Int32Array(nodes).fill(k)
    this.pairs = new Int32Array(nodes * k)
    for (let link = 0; link < this.pairs.length / 2; link++) {
      const node = Math.floor(link / this.#half)
      this.pairs[2 * link] = node
      this.pairs[2 * link + 1] = (node + 1 + (link % this.#half)) % nodes
    }
  }

  rewire(node: number, lap: number, random: () => number): void {
    if (this.#degrees[node] === this.#nodes - 1) return
    let target = node
    while (target === node || this.#areLinked(node, target)) target = Math.floor(random() * this.#nodes)
    const at = 2 * (node * this.#half + lap) + 1
    this.#degrees[this.pairs[at]!]! -= 1
    this.#degrees[target]! += 1
    this.pairs[at] = target
  }

  #areLinked(a: number, b: number): boolean {
    return this.#leadsTo(a, b) || this.#leadsTo(b, a)
  }

  #leadsTo(from: number, to: number): boolean {
    const first = 2 * from * this.#half + 1
    for (let at = first; at < first + 2 * this.#half; at += 2) if (this.pairs[at] === to) return true
    return false
  }
}
