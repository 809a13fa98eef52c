/** Graphs for tests, and what tests ask of them. */
import assert from 'node:assert/strict'
import { graphOf } from '../../../src/network/topology/build.ts'
import type { Graph } from '../../../src/network/topology/graph.ts'
import { parseTopology } from '../../../src/network/topology/topology.ts'
import { dice } from '../../gossip/dice.ts'

/** The graph of a topology as it is written. */
export function graph(topology: string, nodes: number, seed = 1): Graph {
  const built = graphOf(parseTopology(topology), nodes, dice(seed))
  assert.ok(built !== undefined, topology)
  return built
}

/** Each node's neighbours, sorted. */
export function rows(it: Graph): number[][] {
  return Array.from({ length: it.nodes }, (_, node) => [...it.neighbours(node)].sort((a, b) => a - b))
}

export function degrees(it: Graph): number[] {
  return Array.from({ length: it.nodes }, (_, node) => it.degree(node))
}

/** How many nodes can be reached from one, itself included. */
export function reached(it: Graph, from = 0): number {
  return it.reachable(from).reduce((a, b) => a + b, 0)
}

/** How often each of them is there. */
export function histogram(numbers: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const number of numbers) counts[number] = (counts[number] ?? 0) + 1
  return counts
}

/** Does each node know exactly those others for which that holds? Asks of every pair. */
export function assertLinks(it: Graph, isLinked: (a: number, b: number) => boolean): void {
  const all = Array.from({ length: it.nodes }, (_, i) => i)
  assert.deepEqual(
    rows(it),
    all.map((a) => all.filter((b) => a !== b && isLinked(a, b))),
  )
}
