/** The verdict on each claim about a membership, out of what all seeds have shown. */
import { largest } from '../../../measure/extremes.ts'
import type { ClaimResult } from '../claims.ts'
import { type Named, replayOfMembership } from '../replay-command.ts'
import { type CheckSettings, LONG_PERIODS } from '../settings.ts'
import { digits, type Found, found, judge, mean, SEEN, skipped } from '../verdicts.ts'
import type { MembersReport } from './check-seed.ts'
import { isOverlayClaim, MEMBERSHIP_CLAIMS, type MembershipClaim, type OverlayClaim } from './claims.ts'

/** @param reports in the order of their seeds */
export function membershipVerdicts(
  reports: readonly MembersReport[],
  membership: Named,
  settings: Pick<CheckSettings, 'nodes'>,
): ClaimResult[] {
  return MEMBERSHIP_CLAIMS.map((claim) => {
    const found = isOverlayClaim(claim)
      ? judgeOverlay(claim, reports)
      : judge(claim, reports, seenOf(claim, reports))
    const { firstSeed } = found
    const replay = firstSeed === null ? null : replayOfMembership(firstSeed, membership, settings)
    return { claim, ...found, replay }
  })
}

function judgeOverlay(claim: OverlayClaim, reports: readonly MembersReport[]): Found {
  const judges = reports.filter(({ judged }) => judged.includes(claim))
  if (judges.length === 0) return skipped('no run came to its end')
  const flawed = judges.flatMap(({ seed, flaws }) =>
    flaws.filter((it) => it.claim === claim).map(({ what }) => ({ seed, what })),
  )
  return found(judges.length, flawed, seenOf(claim, judges))
}

function seenOf(claim: MembershipClaim, reports: readonly MembersReport[]): string {
  switch (claim) {
    case 'sending is bounded': {
      const counts = reports.map((it) => it.messages)
      return `${digits(mean(counts))} messages a node and period, at most ${digits(largest(counts))}; no growth over ${LONG_PERIODS} periods`
    }
    case 'the dead are dropped': {
      const periods = reports.flatMap(({ dropped }) => (dropped === null ? [] : [dropped]))
      return periods.length === 0 ? '' : `the last in ${digits(mean(periods))} periods in the mean`
    }
    case 'no live node is dropped for good':
      return reports.some(({ isWhole }) => isWhole) ? 'all know all again' : "each is somebody's peer"
    default:
      return SEEN[claim] ?? (isOverlayClaim(claim) ? 'one component' : '')
  }
}
