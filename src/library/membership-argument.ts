/** Which membership a real node has: by its name or its file. */
import { z } from 'zod'
import type { MembershipProtocol } from '../gossip/protocol.ts'
import { DEFAULT_MEMBERSHIP, loadMembership } from '../loader/load.ts'

export const membershipSettings = {
  membership: z.string().min(1).default(DEFAULT_MEMBERSHIP),
  setMembership: z.record(z.string(), z.unknown()).default({}),
}

/** @throws {Error} (rejects) one line */
export function membershipFor(it: {
  readonly membership: string
  readonly setMembership: Readonly<Record<string, unknown>>
}): Promise<MembershipProtocol> {
  return loadMembership(it.membership, it.setMembership)
}
