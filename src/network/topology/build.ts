/** The graph of a topology. */
import type { Graph } from './graph.ts'
import { graphOfPairs } from './graph-builder.ts'
import { kOut } from './k-out.ts'
import { grid, line, ring, tree } from './lattice.ts'
import { scaleFree } from './scale-free.ts'
import { addShortcuts } from './shortcuts.ts'
import { smallWorld } from './small-world.ts'
import { nameOfTopology, type Topology } from './topology.ts'
import { nextTo, sidesOf, torus } from './torus.ts'

/** How many links a graph may have, counted each way: 400 MB. */
export const MAX_LINKS = 100_000_000

/**
 * Who knows whom; undefined where no graph says it (full, real). The same numbers from `random` give the same graph.
 *
 * @param nodes from 1 on
 * @param random uniform in [0, 1)
 * @throws {Error} one line, if there can't be such a topology of so many nodes: how many it needs
 */
export function graphOf(topology: Topology, nodes: number, random: () => number): Graph | undefined {
  const need = unmet(topology, nodes)
  if (need !== undefined)
    throw new Error(`topology ${nameOfTopology(topology)} can't have ${nodes} nodes: it needs ${need}`)
  switch (topology.kind) {
    case 'full':
    case 'real':
      return undefined
    case 'line':
      return line(nodes).graph()
    case 'ring':
      return ring(nodes).graph()
    case 'grid':
      return grid(nodes, 2).graph()
    case 'grid3d':
      return grid(nodes, 3).graph()
    case 'imperfect-grid':
      return addShortcuts(grid(nodes, 2), random).graph()
    case 'imperfect-grid3d':
      return addShortcuts(grid(nodes, 3), random).graph()
    case 'torus':
      return torus(...sidesOf(nodes)!).graph()
    case 'tree':
      return tree(nodes, topology.k).graph()
    case 'k-out':
      return kOut(nodes, topology.k, random)
    case 'small-world':
      return smallWorld(nodes, topology.k, topology.p, random)
    case 'scale-free':
      return scaleFree(nodes, topology.m, random)
    case 'edges':
      return graphOfPairs(nodes, topology.edges)
  }
}

/** What a topology needs and a number of nodes doesn't give it, if there is something. */
function unmet(topology: Topology, nodes: number): string | undefined {
  if (topology.kind === 'torus' && sidesOf(nodes) === undefined)
    return `rows and columns of at least 3 each, as with ${nextTo(nodes).join(' or ')} nodes`
  if (topology.kind === 'edges' && nodes !== topology.nodes)
    return `${topology.nodes}, the nodes of that file`
  const least = leastNodes(topology)
  if (nodes < least) return least === 1 ? 'at least 1 node' : `at least ${least} nodes`
  const most = Math.floor(MAX_LINKS / linksPerNode(topology))
  return nodes > most ? `at most ${most} nodes, or it has more than ${MAX_LINKS} links` : undefined
}

function leastNodes(topology: Topology): number {
  switch (topology.kind) {
    case 'ring':
      return 3
    case 'k-out':
    case 'small-world':
      return topology.k + 1
    case 'scale-free':
      return topology.m + 1
    default:
      return 1
  }
}

/** At most, on average, each way; 0 where it is not a matter of the parameters. */
function linksPerNode(topology: Topology): number {
  switch (topology.kind) {
    case 'k-out':
    case 'small-world':
      return topology.k
    case 'scale-free':
      return 2 * topology.m
    default:
      return 0
  }
}
