/** What a membership is held to, and the verdict on each. */
import { COMMON_CLAIMS, type CommonClaim } from '../claims.ts'

/** Claims about who may pick whom, each judged at the end of a run of its own, but for the last two: of all those runs. */
export const OVERLAY_CLAIMS = [
  'connected',
  'connected after churn',
  'connected after a partition',
  'the dead are dropped',
  'no live node is dropped for good',
] as const
export type OverlayClaim = (typeof OVERLAY_CLAIMS)[number]

export const MEMBERSHIP_CLAIMS = [...COMMON_CLAIMS, ...OVERLAY_CLAIMS] as const
export type MembershipClaim = CommonClaim | OverlayClaim

/** What each says of a membership, and what it is judged by. */
export const MEMBERSHIP_MEANING: Readonly<Record<MembershipClaim, string>> = {
  deterministic: 'the same seed twice gives the same run',
  'no own clock, dice or I/O': 'it asks only its node, and does not even try anything else',
  'nodes share nothing': 'each node with the file for itself, it is the same run (5 seeds)',
  'messages keep their schemas': 'what is sent, or rides, fits, and arrives as it was',
  'what is received stays as it was': 'nothing that came is written to, nor an option',
  'handlers do not fail': 'none throws, is async or does not come back',
  'sending is bounded': 'no storms; not more or longer ones, period by period',
  'state is bounded': 'state() does not go on growing, nor do timers',
  connected: 'who starts together is one component in 2n + 45 periods',
  'connected after churn': 'and so are they after a third died at once and others came',
  'connected after a partition': 'if two halves were cut from each other for 30 periods',
  'the dead are dropped': 'by then nobody may pick one of the third that died',
  'no live node is dropped for good': "after loss and pauses, too, each is somebody's peer again",
}

export function isOverlayClaim(claim: string): claim is OverlayClaim {
  return OVERLAY_CLAIMS.some((it) => it === claim)
}
