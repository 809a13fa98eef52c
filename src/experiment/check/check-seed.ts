/** All claims, judged by the runs of one seed. */
import type { Protocol } from '../../gossip/protocol.ts'
import { type Flaw, REACH_CLAIMS, type Reach, type ReachClaim, type SeedReport } from './claims.ts'
import { leftOut } from './left-out.ts'
import { attempt, type Observed, observe } from './run.ts'
import { PERIODS } from './settings.ts'

/** The plain run, and the one in which every handler may be called. */
const REPEATED: readonly ReachClaim[] = ['reaches all', 'reaches all after crashes']

export function checkSeed(protocol: Protocol, nodes: number, seed: number): SeedReport {
  const flaws: Flaw[] = []
  const reach: Partial<Record<ReachClaim, Reach>> = {}
  const observed = REACH_CLAIMS.map((claim) => {
    const it = observe({ protocol, claim, nodes, seed })
    flaws.push(...it.flaws)
    if (it.result !== undefined) {
      const { residue, faults, lost } = it.result
      reach[claim] = { residue, faults, lost, what: leftOut(it, claim, nodes) }
    }
    return { claim, it }
  })
  // The repeats come last: what a file keeps between runs has been through all of them.
  for (const { claim, it } of observed.filter((it) => REPEATED.includes(it.claim))) {
    const difference = differenceOf(it, attempt({ protocol, claim, nodes, seed }, it.isStrict, it))
    if (difference !== undefined) flaws.push({ claim: 'deterministic', what: difference })
  }
  const whole = observed[0]!.it
  if ((whole.interested ?? 0) > 0 && whole.result !== undefined)
    flaws.push({
      claim: 'sending is bounded',
      what: `strategy ${protocol.name}, interested: ${whole.interested} nodes are still interested after ${PERIODS} periods, so no run ends by itself`,
    })
  return {
    seed,
    flaws: firstOfEach(flaws),
    reach,
    messages: whole.sent / nodes,
    onlyEstimates: whole.result?.reports !== undefined && whole.result.traffic === 0,
  }
}

/** What differs between two runs that should be the same. */
function differenceOf(first: Observed, second: Observed): string | undefined {
  const { difference } = second.digest
  if (difference !== undefined) return `the same seed gave another run the second time: ${difference}`
  const isSame = JSON.stringify(ending(first)) === JSON.stringify(ending(second))
  return isSame ? undefined : 'the same seed gave another result the second time'
}

/** Its result, or the fault that ended it. */
function ending({ result, flaws }: Observed): unknown {
  return result ?? flaws.at(-1)
}

function firstOfEach(flaws: readonly Flaw[]): Flaw[] {
  return flaws.filter(({ claim }, i) => flaws.findIndex((it) => it.claim === claim) === i)
}
