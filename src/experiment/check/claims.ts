/** What a strategy is held to, and the verdict on each. */
import type { MembershipClaim } from './membership/claims.ts'

/** What memberships are held to, too. */
export const COMMON_CLAIMS = [
  'deterministic',
  'no own clock, dice or I/O',
  'nodes share nothing',
  'messages keep their schemas',
  'what is received stays as it was',
  'handlers do not fail',
  'sending is bounded',
  'state is bounded',
] as const
export type CommonClaim = (typeof COMMON_CLAIMS)[number]

export const CLAIMS = [
  ...COMMON_CLAIMS,
  'reaches all',
  'reaches all after loss',
  'reaches all after a partition',
  'reaches all after crashes',
  'reaches all of many values',
  'nothing deleted comes back',
] as const
export type Claim = (typeof CLAIMS)[number]

/** What each says of a strategy, and what it is judged by. */
export const MEANING: Readonly<Record<Claim, string>> = {
  deterministic: 'the same seed twice gives the same run',
  'no own clock, dice or I/O': 'it asks only its node, and does not even try anything else',
  'nodes share nothing': 'each node with the file for itself, it is the same run (5 seeds)',
  'messages keep their schemas': 'what is sent fits its schema, and arrives as it was',
  'what is received stays as it was': 'nothing that came is written to, nor an item or option',
  'handlers do not fail': 'none throws, is async or does not come back',
  'sending is bounded': 'no storms; not more or longer messages, period by period',
  'state is bounded': 'state() and item() do not go on growing, nor do timers',
  'reaches all': 'without faults every node ends with the value',
  'reaches all after loss': 'and so they do if 30% of messages are lost for 20 periods',
  'reaches all after a partition': 'if two halves are cut from each other for 30 periods',
  'reaches all after crashes': 'if nodes are killed, and come back with nothing',
  'reaches all of many values': 'without faults every node ends with 20 keys (10 seeds)',
  'nothing deleted comes back': 'nor what was deleted before and during a partition (10 seeds)',
}

export interface ClaimResult {
  readonly claim: Claim | MembershipClaim
  readonly verdict: 'holds' | 'violated' | 'skipped'
  /** Seeds that it was judged by. */
  readonly seeds: number
  /** Seeds that violate it. */
  readonly violations: number
  /** The first that does. */
  readonly firstSeed: number | null
  /** What was seen; of a violated claim, what went wrong with its first seed. */
  readonly what: string
  /** The command that shows the violation again. */
  readonly replay: string | null
}

/** One seed's violation of a claim. */
export interface Flaw<C extends string = Claim> {
  readonly claim: C
  readonly what: string
}

/** Did what was handed in reach all in one run? */
export interface Reach {
  /** Share of the live nodes that it did not reach; of many values, of the places where one should be. */
  readonly residue: number
  /** Faults that fired. */
  readonly faults: number
  /** Messages that the network lost. */
  readonly lost: number
  /** Has nobody been interested any more, by what the strategy says? */
  readonly isOver: boolean
  /** Who was left out, and why if that can be told; empty where nobody was. */
  readonly what: string
}

export const REACH_CLAIMS = [
  'reaches all',
  'reaches all after loss',
  'reaches all after a partition',
  'reaches all after crashes',
] as const satisfies readonly Claim[]
export type ReachClaim = (typeof REACH_CLAIMS)[number]

/** Claims about many values, each judged by a run of its own. */
export const MANY_CLAIMS = [
  'reaches all of many values',
  'nothing deleted comes back',
] as const satisfies readonly Claim[]
export type ManyClaim = (typeof MANY_CLAIMS)[number]

/** What one seed's runs have shown: plain data, for any thread. */
export interface SeedReport {
  readonly seed: number
  /** The first of each claim. */
  readonly flaws: readonly Flaw[]
  /** Only of runs that came to their end. */
  readonly reach: Partial<Readonly<Record<ReachClaim | ManyClaim, Reach>>>
  /** Messages of the run without faults, a node. */
  readonly messages: number
  /** Does it report estimates, and never send the value? */
  readonly onlyEstimates: boolean
  /** Was it looked at in long runs? */
  readonly isLong: boolean
  /** Was the file also run loaded once for each node? */
  readonly isApart: boolean
}
