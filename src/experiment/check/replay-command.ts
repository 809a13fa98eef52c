/** The one command that shows a violation again. */
import { type Claim, REACH_CLAIMS, type ReachClaim } from './claims.ts'
import { CHECK_PERIOD_MS, type CheckSettings, SCENARIOS, UNTIL_MS } from './settings.ts'

/** A protocol, as a person names it. */
export interface Named {
  /** Its name, or the path of its file. */
  readonly which: string
  readonly set: Readonly<Record<string, unknown>>
}

/** A strategy that is checked. */
export interface Subject extends Named {
  /** On which it runs, if it does on one. */
  readonly membership?: Named | undefined
}

export function replayOf(
  claim: Claim,
  seed: number,
  { which, set, membership }: Subject,
  { nodes, residue }: CheckSettings,
): string {
  const same = [
    ...options('--set', set),
    ...(membership === undefined ? [] : named(membership)),
    `--nodes ${nodes}`,
    `--seed ${seed}`,
  ]
  if (!REACH_CLAIMS.includes(claim as ReachClaim))
    return ['bin/gossip check', quoted(which), ...same, '--seeds 1'].join(' ')
  const scenario = SCENARIOS[claim as ReachClaim]
  const bound = scenario === undefined ? residue : 0
  return [
    `bin/gossip simulate --strategy ${quoted(which)}`,
    ...same,
    ...(scenario === undefined ? [] : [`--scenario ${scenario}`]),
    `--period ${CHECK_PERIOD_MS / 1000}s`,
    `--until ${UNTIL_MS / 1000}s`,
    `--expect 'residue<=${bound}'`,
  ].join(' ')
}

export function replayOfMembership(
  seed: number,
  membership: Named,
  { nodes }: Pick<CheckSettings, 'nodes'>,
): string {
  return ['bin/gossip check', ...named(membership), `--nodes ${nodes} --seed ${seed} --seeds 1`].join(' ')
}

function named({ which, set }: Named): string[] {
  return [`--membership ${quoted(which)}`, ...options('--set-membership', set)]
}

function options(flag: string, set: Named['set']): string[] {
  return Object.entries(set).map(([name, value]) => `${flag} ${quoted(`${name}=${value}`)}`)
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w./=:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
