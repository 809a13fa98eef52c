/** `check()`: a verdict on a strategy, from a script or a project's tests. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { check as checkHere, passes } from '../experiment/check/check.ts'
import { checkMembership, checkNamed } from '../experiment/check/check-parallel.ts'
import type { ClaimResult } from '../experiment/check/claims.ts'
import { CHECK_DEFAULTS, MIN_NODES } from '../experiment/check/settings.ts'
import { probability, whole } from '../parse/schemas.ts'
import { parse, settings } from './arguments.ts'
import { protocolOf, type WhichStrategy, whichStrategy } from './strategy-argument.ts'

export type { ClaimResult }

export interface CheckOptions {
  /** Left out, the membership is judged itself. */
  readonly strategy?: WhichStrategy
  /** Its options by name. */
  readonly options?: Readonly<Record<string, unknown>>
  /** The membership on which the strategy runs: its name, or the path of a file that ends with `.ts`. */
  readonly membership?: string
  /** Options of the membership by name. */
  readonly setMembership?: Readonly<Record<string, unknown>>
  /** How many seeds each claim is judged by, 1 to 1,000,000; 100 by default, of a membership 20. */
  readonly seeds?: number
  /** The first of them; 1 by default. */
  readonly seed?: number
  /** 12 to 10,000; 32 by default. */
  readonly nodes?: number
  /** Share of the nodes (0 to 1) that it may leave out without faults, in the mean; 0 by default. */
  readonly residue?: number
  /** Threads, 1 to 256; one a core by default. A strategy that is handed in itself runs in this thread only. */
  readonly workers?: number
}

export interface CheckResult {
  /** Is no claim violated? */
  readonly passes: boolean
  readonly claims: readonly ClaimResult[]
}

const schema = settings({
  strategy: whichStrategy.optional(),
  options: z.record(z.string(), z.unknown()).default({}),
  membership: z.string().optional(),
  setMembership: z.record(z.string(), z.unknown()).default({}),
  seeds: whole(1, 1_000_000).optional(),
  seed: whole(0, Number.MAX_SAFE_INTEGER).default(CHECK_DEFAULTS.seed),
  nodes: whole(MIN_NODES, 10_000).default(CHECK_DEFAULTS.nodes),
  residue: probability().default(CHECK_DEFAULTS.residue),
  workers: whole(1, 256).default(availableParallelism),
})

/**
 * Judges a strategy claim by claim: that the same seed twice is the same run, that it has no clock, dice or I/O of its
 * own, that nodes share nothing, that messages keep their schemas and nothing that is received is changed, that handlers
 * don't fail, that sending and state are bounded (over 300 periods), and that a value reaches all, without faults and
 * after loss, partitions and crashes have ended. Of a strategy that is handed in itself it can't be seen whether its
 * nodes would run the same with the file loaded for each: that claim is then skipped. A membership is held to the same,
 * and to it that nodes are connected after churn and partitions, the dead are dropped, and no live one for good.
 *
 * ```js
 * const { passes, claims } = await check({ strategy: 'push', seeds: 10 })
 * console.log(passes, claims.map(({ claim, verdict }) => `${claim}: ${verdict}`))
 * ```
 * @returns a result for each claim, with the command that replays the first violation
 * @throws {Error} (rejects) one line: an unknown or wrong setting, no such strategy, or a fault in its file
 */
export async function check(asked: CheckOptions): Promise<CheckResult> {
  const {
    strategy,
    options: set,
    membership: which,
    setMembership,
    workers,
    ...rest
  } = parse('check', schema, asked)
  const { seeds, ...others } = rest
  const given = { ...others, ...(seeds !== undefined && { seeds }) }
  const membership = which === undefined ? undefined : { which, set: setMembership }
  const claims = await judged()
  return { passes: passes(claims), claims }

  async function judged(): Promise<ClaimResult[]> {
    if (strategy === undefined) {
      if (membership === undefined) throw new Error('check: needs a strategy or a membership')
      return checkMembership(membership, given, { workers })
    }
    if (strategy.definition === undefined)
      return checkNamed({ which: strategy.name, set, membership }, given, { workers })
    if (membership !== undefined)
      throw new Error('check: a strategy that is handed in is judged without a membership; name its file')
    return checkHere(await protocolOf(strategy, set), given)
  }
}
