/** A verdict on a membership, claim by claim; what each claim says is listed with them. */
import type { MembershipProtocol, Protocol } from '../../../gossip/protocol.ts'
import { checkSettings } from '../check.ts'
import type { ClaimResult } from '../claims.ts'
import { Common } from '../language-globals.ts'
import { type CheckSettings, LONG_SEEDS, MEMBERSHIP_SEEDS } from '../settings.ts'
import { checkMembersSeed } from './check-seed.ts'
import { membershipVerdicts } from './verdicts.ts'

/**
 * Checks a membership in this thread, of which it traps clocks and dice meanwhile.
 * @param strategy what runs on it
 * @returns a result for each claim, always in the same order
 * @throws {Error} one line, if there are too few nodes or no seeds
 */
export function checkMembershipHere(
  protocol: MembershipProtocol,
  strategy: Protocol,
  given: Partial<CheckSettings> = {},
): ClaimResult[] {
  const settings = checkSettings({ seeds: MEMBERSHIP_SEEDS, ...given })
  const common = new Common()
  const reports = Array.from({ length: settings.seeds }, (_, i) => {
    const examined = {
      protocol,
      strategy,
      common,
      isLong: i < LONG_SEEDS,
      apart: undefined,
      always: () => [],
    }
    return checkMembersSeed(examined, settings.nodes, settings.seed + i)
  })
  return membershipVerdicts(reports, { which: protocol.name, set: protocol.options }, settings)
}
