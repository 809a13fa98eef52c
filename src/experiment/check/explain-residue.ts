/** Says who was left out of a run, and why, as far as that can be seen from outside. */
import type { Scenario } from '../../scenario/scenario.ts'
import type { ManyClaim, ReachClaim } from './claims.ts'
import type { Place } from './observe/value-holders.ts'
import type { Observed } from './run.ts'
import { CHECK_PERIOD_MS, PERIODS, UNTIL_MS } from './settings.ts'

/** When everything is whole again, in words. */
const WHOLE: Readonly<Record<ReachClaim | ManyClaim, string>> = {
  'reaches all': 'the value was handed in',
  'reaches all after loss': 'the network stopped losing messages',
  'reaches all after a partition': 'the partition healed',
  'reaches all after crashes': 'the last crashed nodes were back',
  'reaches all of many values': 'the last value was handed in',
  'nothing deleted comes back': 'the partition healed',
}

/** @returns nothing, if nobody was */
export function leftOut(observed: Observed, claim: ReachClaim, scenario: Scenario | undefined): string {
  const { without, live } = observed.holders
  if (without.length === 0) return ''
  const who = `${without.length} of ${live} nodes (${listed(without.map(({ node }) => node))}) are without the value`
  return `${who}: ${why(observed, without, claim, scenario)}`
}

/**
 * The same of many values.
 * @param places where one is missing; or, if they were deleted, where one is still
 */
export function placesLeft(
  observed: Observed,
  places: readonly Place[],
  claim: ManyClaim,
  scenario: Scenario,
): string {
  const [first] = places
  if (first === undefined) return ''
  const [keys, nodes] = [places.map(({ key }) => key), places.map(({ node }) => node)].map((it) => [
    ...new Set<string | number>(it),
  ])
  const has = claim === 'nothing deleted comes back' ? 'have a value that was deleted' : 'are without a value'
  const who = `${nodes!.length} of ${observed.holders.live} nodes (${listed(nodes!)}) ${has} (${listed(keys!)})`
  return `${who}: ${why(observed, places, claim, scenario)}`
}

function why(
  { holders, interested }: Observed,
  places: readonly Place[],
  claim: ReachClaim | ManyClaim,
  scenario: Scenario | undefined,
): string {
  const { lastSentAt } = holders
  if (lastSentAt === undefined) return 'no message was sent at all'
  const wholeAt = scenario?.at(-1)?.at ?? 0
  const last = `the last message left at ${seconds(lastSentAt)}`
  if (wholeAt > 0 && lastSentAt < wholeAt)
    return `${interested === undefined ? 'nobody sent anything' : 'nobody was interested'} any more when ${WHOLE[claim]} at ${seconds(wholeAt)} (${last})`
  if (interested === 0) return `nobody is interested any more (${last})`
  const were = holders.wereTold(places, wholeAt)
    ? `${PERIODS} periods were not enough`
    : `nobody sent it to them since ${WHOLE[claim]}`
  return `${were} (${last})`
}

/** The first of them. */
export function listed(them: readonly (string | number)[]): string {
  const some = them.slice(0, 5).join(', ')
  return them.length > 5 ? `${some}, ...` : some
}

function seconds(ms: number): string {
  const text = `${Number((ms / 1000).toFixed(3))} s`
  return ms >= UNTIL_MS - CHECK_PERIOD_MS ? `${text}, at the end` : text
}
