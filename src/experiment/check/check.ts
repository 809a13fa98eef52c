/** A verdict on a strategy, claim by claim; what each claim says is listed with them. */
import type { Protocol } from '../../gossip/protocol.ts'
import { checkSeed } from './check-seed.ts'
import type { ClaimResult } from './claims.ts'
import { Common } from './language-globals.ts'
import type { Subject } from './replay-command.ts'
import { CHECK_DEFAULTS, type CheckSettings, LONG_SEEDS, MANY_SEEDS, MIN_NODES } from './settings.ts'
import { verdicts } from './verdicts.ts'

/**
 * Checks a strategy in this thread, of which it traps clocks and dice meanwhile.
 * @param subject how the commands that replay a violation name it
 * @returns a result for each claim, always in the same order
 * @throws {Error} one line, if there are too few nodes or no seeds
 */
export function check(
  protocol: Protocol,
  given: Partial<CheckSettings> = {},
  subject: Subject = { which: protocol.name, set: protocol.options },
): ClaimResult[] {
  const settings = checkSettings(given)
  const { nodes, seed, seeds } = settings
  const common = new Common()
  const reports = Array.from({ length: seeds }, (_, i) => {
    const [isLong, isMany] = [i < LONG_SEEDS, i < MANY_SEEDS]
    return checkSeed(
      { protocol, common, isLong, isMany, apart: undefined, always: () => [] },
      nodes,
      seed + i,
    )
  })
  return verdicts(reports, subject, settings)
}

/** @throws {Error} one line */
export function checkSettings(given: Partial<CheckSettings>): CheckSettings {
  const settings = { ...CHECK_DEFAULTS, ...given }
  if (settings.nodes < MIN_NODES) throw new Error(`a check needs ${MIN_NODES} nodes or more`)
  if (settings.seeds < 1) throw new Error('a check needs a seed')
  return settings
}

/** Did it pass? */
export function passes(results: readonly ClaimResult[]): boolean {
  return results.every(({ verdict }) => verdict !== 'violated')
}
