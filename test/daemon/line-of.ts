/** A message's line, with all that it tells of peers. */
import { encodeBody, withPeers } from '../../src/daemon/wire.ts'
import type { OwnMessage, ValueMessage } from '../../src/gossip/message.ts'
import type { Address } from '../../src/gossip/strategy.ts'

export function lineOf(from: Address, message: ValueMessage | OwnMessage): string {
  return withPeers(encodeBody(from, message), message.peers ?? [])
}
