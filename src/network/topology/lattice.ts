/** Regular neighbourhoods: who is next to whom on a line, a ring, in a grid or a tree. */
import { GraphBuilder } from './graph-builder.ts'

export function line(nodes: number): GraphBuilder {
  const links = new GraphBuilder(nodes)
  for (let node = 0; node + 1 < nodes; node++) links.linkBoth(node, node + 1)
  return links
}

/** @param nodes at least 3 */
export function ring(nodes: number): GraphBuilder {
  const links = line(nodes)
  links.linkBoth(nodes - 1, 0)
  return links
}

/**
 * A square or a cube, as small as it can be, filled row by row and layer by layer; the last ones may be short.
 * Neighbours are next to each other along one axis: up to 4 in two dimensions, 6 in three.
 */
export function grid(nodes: number, dimensions: 2 | 3): GraphBuilder {
  const links = new GraphBuilder(nodes)
  const side = sideOf(nodes, dimensions)
  for (let axis = 0, step = 1; axis < dimensions; axis++, step *= side) {
    for (let node = 0; node + step < nodes; node++) {
      if (Math.floor(node / step) % side < side - 1) links.linkBoth(node, node + step)
    }
  }
  return links
}

/** The smallest side of a square or a cube that has room for so many. */
export function sideOf(nodes: number, dimensions: 2 | 3): number {
  // A root may come out a little too large or too small: the whole number next to it decides.
  const near = Math.round(nodes ** (1 / dimensions))
  return near ** dimensions < nodes ? near + 1 : near
}

/** K-ary, filled level by level: the children of node i are K i + 1 to K i + K. */
export function tree(nodes: number, k: number): GraphBuilder {
  const links = new GraphBuilder(nodes)
  for (let node = 1; node < nodes; node++) links.linkBoth(node, Math.floor((node - 1) / k))
  return links
}
