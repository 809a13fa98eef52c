/** All claims, judged by the runs of one seed. */
import type { MembershipProtocol, Protocol } from '../../gossip/protocol.ts'
import { aloneFlaws } from './alone.ts'
import { type Apart, apartFlaws } from './apart.ts'
import { type Flaw, MANY_CLAIMS, REACH_CLAIMS, type ReachClaim, type SeedReport } from './claims.ts'
import { leftOut } from './explain-residue.ts'
import type { Common } from './language-globals.ts'
import { longRunFlaws } from './long-runs.ts'
import { manyValues } from './many-values.ts'
import { attempt, differenceOf, observe } from './run.ts'
import { PERIODS, runSettings } from './settings.ts'

/** The plain run, and the one in which every handler may be called. */
const REPEATED: readonly ReachClaim[] = ['reaches all', 'reaches all after crashes']

export interface Examined {
  readonly protocol: Protocol
  /** On which it runs, if it does on one. */
  readonly members?: MembershipProtocol | undefined
  /** What it has in common with all other code. */
  readonly common: Common
  /** Is it looked at in long runs, too? */
  readonly isLong: boolean
  /** And with many values? */
  readonly isMany: boolean
  /** The same file, loaded afresh for each node; undefined where that isn't asked for, or can't be. */
  readonly apart: Apart | undefined
  /** What is wrong with it whatever the seed. */
  readonly always: () => readonly Flaw[]
}

export function checkSeed(examined: Examined, nodes: number, seed: number): SeedReport {
  const { protocol, members, common, isLong, isMany, apart, always } = examined
  const flaws: Flaw[] = []
  const reach: { -readonly [C in keyof SeedReport['reach']]: SeedReport['reach'][C] } = {}
  const observed = REACH_CLAIMS.map((claim) => {
    const order = { protocols: [protocol], run: runSettings(claim, nodes, seed, members) }
    const it = observe(order)
    flaws.push(...it.flaws)
    if (it.result !== undefined) {
      const { residue, faults, lost } = it.result
      const isOver = it.interested === 0
      reach[claim] = { residue, faults, lost, isOver, what: leftOut(it, claim, order.run.scenario) }
    }
    return { claim, order, it }
  })
  // The repeats come last: what a file keeps between runs has been through all of them.
  for (const { order, it } of observed.filter((it) => REPEATED.includes(it.claim))) {
    const difference = differenceOf(it, attempt(order, it.isStrict, it), 'the second time')
    if (difference !== undefined)
      flaws.push({ claim: 'deterministic', what: `the same seed gave ${difference}` })
  }
  const whole = observed[0]!.it
  if ((whole.interested ?? 0) > 0 && whole.result !== undefined)
    flaws.push({
      claim: 'sending is bounded',
      what: `strategy ${protocol.name}, interested: ${whole.interested} nodes are still interested after ${PERIODS} periods, so no run ends by itself`,
    })
  for (const claim of isMany ? MANY_CLAIMS : []) {
    const it = manyValues([protocol], claim, seed, members)
    flaws.push(...it.flaws)
    if (it.reach !== undefined) reach[claim] = it.reach
  }
  if (isLong) flaws.push(...longRunFlaws(protocol, seed, members), ...aloneFlaws(protocol, seed, members))
  if (apart !== undefined)
    flaws.push(...apartFlaws(apart, nodes, seed, reach['reaches all after crashes']?.residue, members))
  const changed = common.changed()
  if (changed !== undefined)
    flaws.push({
      claim: 'nodes share nothing',
      what: `strategy ${protocol.name}: changes ${changed}, which all code has in common`,
    })
  flaws.push(...always())
  return {
    seed,
    flaws: firstOfEach(flaws),
    reach,
    messages: whole.sent / nodes,
    onlyEstimates: whole.result?.reports !== undefined && whole.result.traffic === 0,
    isLong,
    isApart: apart !== undefined,
  }
}

function firstOfEach(flaws: readonly Flaw[]): Flaw[] {
  return flaws.filter(({ claim }, i) => flaws.findIndex((it) => it.claim === claim) === i)
}
