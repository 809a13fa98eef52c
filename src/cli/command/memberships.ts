/** bin/gossip memberships: what may say who the peers are. */
import { loadMembership, membershipNames } from '../../loader/load.ts'
import { listing } from './listing.ts'

export const membershipsCommand = listing(
  'memberships',
  'Lists the memberships and their options.',
  '--set-membership',
  membershipNames,
  async (name) => {
    const protocol = await loadMembership(name)
    return { ...protocol, declared: protocol.membership }
  },
)
