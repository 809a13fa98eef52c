/** A node that knows nobody: each node is one when it starts, but for those that the other runs begin with. */
import type { MembershipProtocol, Protocol } from '../../gossip/protocol.ts'
import type { Flaw } from './claims.ts'
import { attempt } from './run.ts'
import { CHECK_PERIOD_MS, lastStep, runOf } from './settings.ts'

export function aloneFlaws(protocol: Protocol, seed: number, members?: MembershipProtocol): Flaw[] {
  const value = { do: 'propagate', node: 0 } as const
  const run = runOf(1, seed, {
    members,
    until: 10 * CHECK_PERIOD_MS,
    scenario: [
      { at: 2 * CHECK_PERIOD_MS, ...value, value: 'one' },
      { at: 6 * CHECK_PERIOD_MS, ...value, value: '' },
      lastStep(10 * CHECK_PERIOD_MS),
    ],
  })
  const { flaws } = attempt({ protocols: [protocol], run }, true)
  return flaws.map(({ claim, what }) => ({ claim, what: `${what}, on a node that knows nobody` }))
}
