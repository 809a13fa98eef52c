/** What discovery sees and does of its daemon. */
import type { Address } from '../../gossip/strategy.ts'
import type { MembershipView } from '../../gossip/view/membership.ts'
import { type Endpoint, formatAddress } from '../address/address.ts'
import type { Identity } from '../identity.ts'
import type { DialLimiter } from './dial-limiter.ts'
import type { DiscoveryWorld } from './discovery.ts'
import { joinReport } from './join-report.ts'

export interface WorldParts {
  readonly identity: Identity
  readonly view: MembershipView
  readonly dialLimiter: DialLimiter
  addressesOf(host: string): Promise<readonly string[]>
  probe(to: Endpoint): Promise<boolean>
  /** Calls back when those that started together with this node had their time. */
  late(act: () => void): void
}

export function discoveryWorld({
  identity,
  view,
  dialLimiter,
  addressesOf,
  probe,
  late,
}: WorldParts): DiscoveryWorld {
  const joins = joinReport(() => identity.log)
  late(() => joins.late())
  return {
    probe,
    addressesOf,
    isAlone: () => view.isAlone,
    knows: (address: Address) => address === identity.address || view.has(address),
    isOwn: (address: Address) => address === identity.address,
    mayDial: (address: Address) => dialLimiter.take(address),
    forgotten: () => view.forgotten(),
    found: (how, count) => identity.log.debug({ how, count }, `found ${count} (${how})`),
    joined: (join) => joins.answered(String(formatAddress(join))),
    unjoined: (join, why) => joins.silent(String(formatAddress(join)), why),
  }
}
