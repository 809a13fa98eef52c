/** Each node knows K others, chosen at random: a random K-out digraph. */
import { Graph } from './graph.ts'

/**
 * Each K others are equally likely for a node, whatever the other nodes have.
 *
 * They are the head of a shuffled array without the node itself. It needs to be shuffled (Fisher and Yates) only as
 * far as one looks, and what the node before has left behind is as good a start as any.
 *
 * @param k less than `nodes`
 */
export function kOut(nodes: number, k: number, random: () => number): Graph {
  const targets = new Int32Array(nodes * k)
  const shuffled = Int32Array.from({ length: nodes }, (_, i) => i)
  for (let node = 0, filled = 0; node < nodes; node++) {
    for (let i = 0; filled < (node + 1) * k; i++) {
      const j = i + Math.floor(random() * (nodes - i))
      const drawn = shuffled[j]!
      shuffled[j] = shuffled[i]!
      shuffled[i] = drawn
      if (drawn !== node) targets[filled++] = drawn
    }
  }
  return new Graph(
    Int32Array.from({ length: nodes + 1 }, (_, i) => i * k),
    targets,
  )
}
