/**
 * Do nodes share anything? In one run all nodes share what a file keeps outside of state(), in another each node has
 * the file loaded for itself, as nodes in processes of their own have. The same seed must give the same run.
 */
import type { MembershipProtocol, Protocol } from '../../gossip/protocol.ts'
import type { Flaw } from './claims.ts'
import { leftOut } from './explain-residue.ts'
import { asTexts } from './observe/guarded-node.ts'
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

/**
 * Addresses are texts in these runs, as on sockets: what takes them for numbers fails here.
 * @param nodes of the check: at most so many take part here
 * @param residue of the same run where they are numbers
 */
export function apartFlaws(
  { each, all }: Apart,
  nodes: number,
  seed: number,
  residue: number | undefined,
  members?: MembershipProtocol,
): Flaw[] {
  // In this one every handler may be called.
  const claim = 'reaches all after crashes'
  const count = countApart(nodes)
  const run = runSettings(claim, count, seed, members)
  const order = (protocols: readonly Protocol[]): Order => ({
    protocols,
    run,
    addresses: asTexts,
  })
  const together = attempt(order([all[0]]), true)
  const when = 'where each node has the file for itself, as processes have'
  const difference = differenceOf(together, attempt(order(each), true, together), when)
  // What differs from itself anyhow says nothing.
  const isSame = (): boolean =>
    differenceOf(together, attempt(order([all[1]]), true, together), '') === undefined
  const flaws: Flaw[] = [...together.flaws]
  if (difference !== undefined && isSame())
    flaws.push({
      claim: 'nodes share nothing',
      what: `strategy ${each[0]!.name}: it is ${difference}`,
    })
  if (residue === 0 && nodes === count && together.result !== undefined && together.result.residue > 0)
    flaws.push({
      claim,
      what: `only where addresses are numbers; they are opaque (on sockets texts): ${leftOut(together, claim, run.scenario)}`,
    })
  return flaws
}
