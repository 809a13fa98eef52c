/**
 * Do nodes share anything? In one run all nodes share what a file keeps outside of state(), in another each node has
 * the file loaded for itself, as nodes in processes of their own have. The same seed must give the same run.
 */
import type { Protocol } from '../../gossip/protocol.ts'
import type { Flaw } from './claims.ts'
import { attempt, differenceOf, type Order } from './run.ts'
import { APART_NODES, runSettings } from './settings.ts'

/** A strategy, loaded afresh: nothing has run of any of these. */
export interface Apart {
  /** One for each node. */
  readonly each: readonly Protocol[]
  /** For all nodes at once, two times. */
  readonly all: readonly [Protocol, Protocol]
}

/** How many of them there must be, where there are so many nodes. */
export function countApart(nodes: number): number {
  return Math.min(nodes, APART_NODES)
}

/** @param nodes of the check: at most so many take part here */
export function apartFlaw({ each, all }: Apart, nodes: number, seed: number): Flaw[] {
  // In this one every handler may be called.
  const run = runSettings('reaches all after crashes', countApart(nodes), seed)
  const order = (protocols: readonly Protocol[]): Order => ({ protocols, run })
  const together = attempt(order([all[0]]), true)
  const difference = differenceOf(together, attempt(order(each), true, together))
  // What differs from itself anyhow says nothing.
  const isSame = (): boolean => differenceOf(together, attempt(order([all[1]]), true, together)) === undefined
  if (difference === undefined || !isSame()) return []
  const what = `where each node has the file for itself, as processes have, it is ${difference}`
  return [{ claim: 'nodes share nothing', what: `strategy ${each[0]!.name}: ${what}` }]
}
