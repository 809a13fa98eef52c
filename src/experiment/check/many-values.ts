/** Runs of few nodes in which many values are handed in, at different nodes; in one of them they are deleted again. */
import type { MembershipProtocol } from '../../gossip/protocol.ts'
import type { Scenario, Step } from '../../scenario/scenario.ts'
import type { Flaw, ManyClaim, Reach } from './claims.ts'
import { placesLeft } from './explain-residue.ts'
import type { Order } from './run.ts'
import { type Observed, observe } from './run.ts'
import { CHECK_PERIOD_MS, MIN_NODES, runOf, UNTIL_MS } from './settings.ts'

const VALUES = 20
/** Handed in at one moment, at different nodes. */
const AT_ONCE = 4
const DELETED = 6
/** Periods at which some are deleted, the network is cut, the others are deleted, and all is whole again. */
const TIMES = { first: 5, cut: 6, rest: 8, heal: 30 }

export function manyValues(
  protocols: Order['protocols'],
  claim: ManyClaim,
  seed: number,
  members?: MembershipProtocol,
): { readonly flaws: readonly Flaw[]; readonly reach: Reach | undefined } {
  const scenario = claim === 'reaches all of many values' ? handedIn() : deleted()
  const run = runOf(MIN_NODES, seed, { members, until: UNTIL_MS, scenario })
  const it = observe({ protocols, run })
  return { flaws: it.flaws, reach: reachOf(it, claim, scenario) }
}

function reachOf(it: Observed, claim: ManyClaim, scenario: Scenario): Reach | undefined {
  if (it.result === undefined) return undefined
  const { holders, interested, result } = it
  const places = claim === 'reaches all of many values' ? holders.without : holders.undeleted
  return {
    residue: places.length / (holders.live * holders.keys),
    faults: result.faults,
    lost: result.lost,
    isOver: interested === 0,
    what: placesLeft(it, places, claim, scenario),
  }
}

function handedIn(): Scenario {
  return Array.from({ length: VALUES }, (_, i) => propagated(i, Math.floor(i / AT_ONCE), 5 * i))
}

/** Each is deleted at another node than it came from; in the partition at nodes of either half. */
function deleted(): Scenario {
  const all = Array.from({ length: DELETED }, (_, i) => i)
  const ends = (i: number): Step => ({
    ...propagated(i, i < 2 ? TIMES.first : TIMES.rest, 5 * i + 3),
    value: null,
  })
  const at = (periods: number): { at: number } => ({ at: periods * CHECK_PERIOD_MS })
  const halves = [0, 1].map((half) =>
    Array.from({ length: MIN_NODES / 2 }, (_, i) => i + (half * MIN_NODES) / 2),
  )
  return [
    { ...at(0), do: 'network', loss: 0.2 },
    ...all.map((i) => propagated(i, 0, 5 * i)),
    ...all.filter((i) => i < 2).map(ends),
    { ...at(TIMES.cut), do: 'partition', groups: halves },
    ...all.filter((i) => i >= 2).map(ends),
    { ...at(TIMES.heal), do: 'heal' },
    { ...at(TIMES.heal), do: 'network', loss: 0 },
  ]
}

function propagated(i: number, period: number, node: number): Extract<Step, { do: 'propagate' }> {
  return {
    at: period * CHECK_PERIOD_MS,
    do: 'propagate',
    node: node % MIN_NODES,
    value: `value ${i}`,
    key: `key ${i}`,
  }
}
