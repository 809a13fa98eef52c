/** Says who was left out of a run, and why, as far as that can be seen from outside. */
import { loadScenario } from '../../loader/scenario.ts'
import type { ReachClaim } from './claims.ts'
import type { ValueHolders } from './observe/value-holders.ts'
import type { Observed } from './run.ts'
import { CHECK_PERIOD_MS, PERIODS, SCENARIOS, UNTIL_MS } from './settings.ts'

/** When everything is whole again, in words. */
const WHOLE: Readonly<Record<ReachClaim, string>> = {
  'reaches all': 'the value was handed in',
  'reaches all after loss': 'the network stopped losing messages',
  'reaches all after a partition': 'the partition healed',
  'reaches all after crashes': 'the last crashed nodes were back',
}

/** @returns nothing, if nobody was */
export function leftOut({ holders, interested }: Observed, claim: ReachClaim, nodes: number): string {
  const { without, live } = holders
  if (without.length === 0) return ''
  const who = `${without.length} of ${live} nodes (${listed(without)}) are without the value`
  return `${who}: ${why(holders, interested, claim, nodes)}`
}

function why(
  holders: ValueHolders,
  interested: number | undefined,
  claim: ReachClaim,
  nodes: number,
): string {
  const { lastSentAt } = holders
  if (lastSentAt === undefined) return 'no message was sent at all'
  const wholeAt = wholeSince(claim, nodes)
  const last = `the last message left at ${seconds(lastSentAt)}`
  if (wholeAt > 0 && lastSentAt < wholeAt)
    return `${interested === undefined ? 'nobody sent anything' : 'nobody was interested'} any more when ${WHOLE[claim]} at ${seconds(wholeAt)} (${last})`
  if (interested === 0) return `nobody is interested any more (${last})`
  const were = holders.wereTold(wholeAt)
    ? `${PERIODS} periods were not enough`
    : `nobody sent it to them since ${WHOLE[claim]}`
  return `${were} (${last})`
}

function wholeSince(claim: ReachClaim, nodes: number): number {
  const name = SCENARIOS[claim]
  if (name === undefined) return 0
  return loadScenario(name, { nodes, rounds: false }).at(-1)!.at
}

function listed(numbers: readonly number[]): string {
  const some = numbers.slice(0, 5).join(', ')
  return numbers.length > 5 ? `${some}, ...` : some
}

function seconds(ms: number): string {
  const text = `${Number((ms / 1000).toFixed(3))} s`
  return ms >= UNTIL_MS - CHECK_PERIOD_MS ? `${text}, at the end` : text
}
