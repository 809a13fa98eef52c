/** A grid whose last row is next to its first, and its last column to its first: each node has 4 neighbours. */
import { GraphBuilder } from './graph-builder.ts'

/** With fewer in a row, the nodes to the left and to the right would be the same. */
const MIN_SIDE = 3

export function torus(rows: number, columns: number): GraphBuilder {
  const links = new GraphBuilder(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const node = row * columns + column
      links.linkBoth(node, row * columns + ((column + 1) % columns))
      links.linkBoth(node, ((row + 1) % rows) * columns + column)
    }
  }
  return links
}

/** Rows and columns for exactly so many nodes, as near to a square as can be; undefined if there are none. */
export function sidesOf(nodes: number): readonly [rows: number, columns: number] | undefined {
  for (let rows = Math.floor(Math.sqrt(nodes)); rows >= MIN_SIDE; rows--) {
    if (nodes % rows === 0) return [rows, nodes / rows]
  }
  return undefined
}

/** The counts next to that one, below and above, of which a torus can be. */
export function nextTo(nodes: number): number[] {
  const fits = (count: number) => sidesOf(count) !== undefined
  let below = nodes - 1
  while (below > 0 && !fits(below)) below--
  let above = Math.max(nodes + 1, MIN_SIDE ** 2)
  while (!fits(above)) above++
  return below > 0 ? [below, above] : [above]
}
