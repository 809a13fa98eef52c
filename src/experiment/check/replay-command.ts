/** The one command that shows a violation again. */
import { type Claim, REACH_CLAIMS, type ReachClaim } from './claims.ts'
import { CHECK_PERIOD_MS, type CheckSettings, SCENARIOS, UNTIL_MS } from './settings.ts'

/** What is checked, as a person names it. */
export interface Subject {
  /** A strategy's name, or the path of its file. */
  readonly which: string
  readonly set: Readonly<Record<string, unknown>>
}

export function replayOf(
  claim: Claim,
  seed: number,
  { which, set }: Subject,
  { nodes, residue }: CheckSettings,
): string {
  const sets = Object.entries(set).map(([name, value]) => `--set ${quoted(`${name}=${value}`)}`)
  const same = [...sets, `--nodes ${nodes}`, `--seed ${seed}`]
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

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w./=:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
