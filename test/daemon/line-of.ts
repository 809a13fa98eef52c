/** A message's line, with all that rides on it. */
import { rowsOf } from '../../src/daemon/address/peer-row.ts'
import { encodeBody, withRides } from '../../src/daemon/wire.ts'
import type { MembershipMessage, OwnMessage, ValueMessage } from '../../src/gossip/message.ts'
import type { Address } from '../../src/gossip/strategy.ts'

export function lineOf(from: Address, message: ValueMessage | OwnMessage | MembershipMessage): string {
  return withRides(encodeBody(from, message), message.rides, rowsOf(message.rides) ?? [])
}
