/** Barabasi, Albert 1999, "Emergence of scaling in random networks": who has many links gets more. */
import type { Graph } from './graph.ts'
import { graphOfPairs } from './graph-builder.ts'

/**
 * It begins with M + 1 nodes that all know each other; each further one is linked to M different ones, chosen with
 * probability proportional to their degree. In a large graph the share of nodes with degree k is then
 * 2 M (M + 1) / (k (k + 1) (k + 2)) (Dorogovtsev, Mendes, Samukhin 2000).
 *
 * Each node is in the list of links as often as its degree says, so that a place in it drawn uniformly is a node drawn
 * as wanted (Batagelj, Brandes 2005, "Efficient generation of large random networks").
 *
 * @param m from 1 on, less than `nodes`
 */
export function scaleFree(nodes: number, m: number, random: () => number): Graph {
  const pairs = new Int32Array(m * (m + 1) + 2 * m * (nodes - m - 1))
  let filled = 0
  const link = (a: number, b: number) => {
    pairs[filled++] = a
    pairs[filled++] = b
  }
  for (let a = 0; a <= m; a++) for (let b = 0; b < a; b++) link(a, b)

  const lastChosenBy = new Int32Array(nodes)
  for (let node = m + 1; node < nodes; node++) {
    const places = filled
    while (filled < places + 2 * m) {
      const chosen = pairs[Math.floor(random() * places)]!
      if (lastChosenBy[chosen] === node) continue
      lastChosenBy[chosen] = node
      link(node, chosen)
    }
  }
  return graphOfPairs(nodes, pairs)
}
