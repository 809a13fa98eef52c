/** One more random neighbour for each: short ways through a grid. */
import { pickNumbers } from '../../gossip/view/pick.ts'
import type { GraphBuilder } from './graph-builder.ts'

/** Each node knows, one way, one more other node that it did not know; none if it knows all. */
export function addShortcuts(links: GraphBuilder, random: () => number): GraphBuilder {
  const before = links.graph()
  for (let node = 0; node < before.nodes; node++) {
    const known = before.neighbours(node)
    const isKnown = (it: number) => it === node || known.includes(it)
    const [other] = pickNumbers(before.nodes, 1, random, isKnown)
    if (other !== undefined) links.link(node, other)
  }
  return links
}
