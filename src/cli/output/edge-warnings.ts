/** Says of files of edges what was left out of them, once each. */
import { leftOut } from '../../network/topology/edges.ts'
import type { Topology } from '../../network/topology/topology.ts'
import { complain } from './terminal.ts'

export function sayLeftOut(topologies: readonly Topology[]): void {
  const lines = topologies.map((it) => (it.kind === 'edges' ? leftOut(it) : undefined))
  for (const line of new Set(lines)) if (line !== undefined) complain(line)
}
