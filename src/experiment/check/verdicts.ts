/** The verdict on each claim, out of what all seeds have shown. */
import { largest } from '../../measure/extremes.ts'
import type { Stuck } from '../../watchdog/threads.ts'
import {
  CLAIMS,
  type Claim,
  type ClaimResult,
  type CommonClaim,
  type Flaw,
  MANY_CLAIMS,
  type ManyClaim,
  REACH_CLAIMS,
  type Reach,
  type ReachClaim,
  type SeedReport,
} from './claims.ts'
import { replayOf, type Subject } from './replay-command.ts'
import { type CheckSettings, LONG_PERIODS } from './settings.ts'

/** @param reports in the order of their seeds */
export function verdicts(
  reports: readonly SeedReport[],
  subject: Subject,
  settings: CheckSettings,
): ClaimResult[] {
  return CLAIMS.map((claim) => {
    const found = isReach(claim)
      ? judgeReach(claim, reports, settings.residue)
      : judge(claim, reports, seenOf(claim, reports))
    const { firstSeed } = found
    const replay = firstSeed === null ? null : replayOf(claim, firstSeed, subject, settings)
    return { claim, ...found, replay }
  })
}

/**
 * Where a handler did not come back nothing else can be said, but what its text says.
 * @param first of all seeds
 */
export function stuckVerdicts<C extends ClaimResult['claim']>(
  claims: readonly C[],
  { message, mark }: Stuck,
  door: string | undefined,
  first: number,
  replay: (claim: C, seed: number) => string,
): ClaimResult[] {
  const seed = first + mark
  return claims.map((claim) => {
    const what =
      claim === 'handlers do not fail' ? message : claim === 'no own clock, dice or I/O' ? door : undefined
    if (what === undefined) return { claim, ...skipped('a handler did not come back'), replay: null }
    return { claim, ...found(1, [{ seed, what }], ''), replay: replay(claim, seed) }
  })
}

/** Of a file that is not run, because of what it is. */
export function unrunVerdicts(
  claims: readonly ClaimResult['claim'][],
  at: CommonClaim,
  what: string,
): ClaimResult[] {
  return claims.map((claim) => {
    const nothing = { claim, seeds: 0, firstSeed: null, replay: null }
    if (claim === at) return { ...nothing, verdict: 'violated', violations: 1, what }
    return { ...nothing, verdict: 'skipped', violations: 0, what: 'it was not run' }
  })
}

export type Found = Omit<ClaimResult, 'claim' | 'replay'>

function isReach(claim: Claim): claim is ReachClaim | ManyClaim {
  return [...REACH_CLAIMS, ...MANY_CLAIMS].some((it) => it === claim)
}

/** What each seed's report has. */
interface Reported {
  readonly seed: number
  readonly flaws: readonly Flaw<string>[]
  readonly isLong: boolean
  readonly isApart: boolean
}

/** Seeds whose runs could have shown something else. */
const JUDGES: Readonly<Partial<Record<string, (report: Reported) => boolean>>> = {
  'nodes share nothing': ({ isApart }) => isApart,
  'state is bounded': ({ isLong }) => isLong,
}

/** @param seen what was, where nothing is wrong */
export function judge(claim: string, reports: readonly Reported[], seen: string): Found {
  const isFlawed = ({ flaws }: Reported): boolean => flaws.some((it) => it.claim === claim)
  const judges = reports.filter((it) => isFlawed(it) || JUDGES[claim]?.(it) !== false)
  if (judges.length === 0) return skipped('what is handed in can be loaded for all nodes only')
  const flawed = judges.flatMap(({ seed, flaws }) =>
    flaws.filter((it) => it.claim === claim).map(({ what }) => ({ seed, what })),
  )
  return found(judges.length, flawed, seen)
}

/** What is the same of all that hold it. */
export const SEEN: Readonly<Partial<Record<string, string>>> = {
  'state is bounded': `over ${LONG_PERIODS} periods`,
  'nodes share nothing': 'the same run where each node has the file for itself',
}

function seenOf(claim: Claim, reports: readonly SeedReport[]): string {
  if (claim === 'sending is bounded') return sending(reports)
  return SEEN[claim] ?? ''
}

function sending(reports: readonly SeedReport[]): string {
  const counts = reports.map((it) => it.messages)
  return `${digits(mean(counts))} messages a node without faults, at most ${digits(largest(counts))}; no growth over ${LONG_PERIODS} periods`
}

function judgeReach(claim: ReachClaim | ManyClaim, reports: readonly SeedReport[], allowed: number): Found {
  if (reports.every((it) => it.onlyEstimates)) return skipped('it spreads no value, it estimates')
  const runs = reports.flatMap(({ seed, reach }) => {
    const it = reach[claim]
    return it === undefined ? [] : [{ seed, ...it }]
  })
  if (runs.length === 0) return skipped('no run came to its end')
  const isWhole = claim === 'reaches all' || claim === 'reaches all of many values'
  const bound = isWhole ? allowed : 0
  const residue = mean(runs.map((it) => it.residue))
  const over = runs.filter((it) => it.residue > bound)
  const seen = claim === 'nothing deleted comes back' ? 'none did' : `residue ${digits(residue)}`
  if (claim === 'nothing deleted comes back' && over.length > 0 && over.every((it) => it.isOver))
    return skipped('it loses interest, and so tells nobody of a deletion who came too late')
  // Where a protocol may leave some out, one run that leaves out more is luck.
  if (bound > 0 && residue <= bound) return found(runs.length, [], `${seen} in the mean, allowed ${bound}`)
  if (over.length > 0)
    return found(
      runs.length,
      bound > 0 ? over.map((it) => ({ ...it, what: `${seen} in the mean; ${it.what}` })) : over,
      '',
    )
  if (isWhole) return found(runs.length, [], seen)
  const idle = idleFaults(runs)
  return idle === undefined ? found(runs.length, [], `${seen}, ${faults(runs)}`) : skipped(idle)
}

/** Nothing holds under faults that did not happen. */
function idleFaults(runs: readonly Reach[]): string | undefined {
  if (runs.every((it) => it.faults === 0)) return 'no fault fired, so nothing was tested'
  if (runs.every((it) => it.lost === 0)) return 'no message was lost, so nothing was tested'
  return undefined
}

function faults(runs: readonly Reach[]): string {
  return `${digits(mean(runs.map((it) => it.lost)))} messages lost a run`
}

export function found(
  seeds: number,
  violated: readonly { readonly seed: number; readonly what: string }[],
  seen: string,
): Found {
  const [first] = violated
  return {
    verdict: first === undefined ? 'holds' : 'violated',
    seeds,
    violations: violated.length,
    firstSeed: first?.seed ?? null,
    what: first?.what ?? seen,
  }
}

export function skipped(what: string): Found {
  return { verdict: 'skipped', seeds: 0, violations: 0, firstSeed: null, what }
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, it) => sum + it, 0) / numbers.length
}

export function digits(value: number): number {
  return Number(value.toPrecision(3))
}
