/** What a strategy is held to, and the verdict on each. */

export const CLAIMS = [
  'deterministic',
  'no own clock, dice or I/O',
  'nodes share nothing',
  'messages keep their schemas',
  'what is received stays as it was',
  'handlers do not fail',
  'sending is bounded',
  'state is bounded',
  'reaches all',
  'reaches all after loss',
  'reaches all after a partition',
  'reaches all after crashes',
] as const
export type Claim = (typeof CLAIMS)[number]

export interface ClaimResult {
  readonly claim: Claim
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
export interface Flaw {
  readonly claim: Claim
  readonly what: string
}

/** Did the value reach all in one run? */
export interface Reach {
  readonly residue: number
  /** Faults that fired. */
  readonly faults: number
  /** Messages that the network lost. */
  readonly lost: number
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

/** What one seed's runs have shown: plain data, for any thread. */
export interface SeedReport {
  readonly seed: number
  /** The first of each claim. */
  readonly flaws: readonly Flaw[]
  /** Only of runs that came to their end. */
  readonly reach: Partial<Readonly<Record<ReachClaim, Reach>>>
  /** Messages of the run without faults, a node. */
  readonly messages: number
  /** Does it report estimates, and never send the value? */
  readonly onlyEstimates: boolean
  /** Was it looked at in long runs? */
  readonly isLong: boolean
  /** Was the file also run loaded once for each node? */
  readonly isApart: boolean
}
