/** The simplest membership: whoever is there is a peer, and is passed over while it can't be reached. */
import { membership, z } from '../../src/gossip/membership.ts'
import { type MembershipProtocol, membershipProtocol } from '../../src/gossip/protocol.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import { MEMBERSHIP_LIMITS, type MembershipLimits, MembershipView } from '../../src/gossip/view/membership.ts'
import { ME } from '../gossip/build.ts'
import { dice } from '../gossip/dice.ts'
import { RecordingMembershipHost } from './place.ts'

export const meeting: MembershipProtocol = membershipProtocol(
  'meeting',
  membership({
    summary: 'Takes whoever is there.',
    rides: { greeting: z.string() },
    onContact: (node, contact) => void node.add(contact),
    onUnreachable: (node, peer) => node.suspend(peer),
    onGoodbye: (node, peer) => node.drop(peer),
    ride: () => ({ greeting: 'hello' }),
  }),
)

/** A view that it keeps, of the node `ME`. */
export function meetingView(limits: Partial<MembershipLimits> = {}, self: Address = ME) {
  const host = new RecordingMembershipHost(dice(2), () => true)
  return { host, view: new MembershipView(self, meeting, host, { ...MEMBERSHIP_LIMITS, ...limits }) }
}
