/** What messages say of peers. */
import type { Fields } from '../../gossip/message.ts'
import type { Address } from '../../gossip/strategy.ts'

/** One row about a peer. `heartbeat`: ms time of that peer's last period, by its own clock. */
export interface PeerRow {
  readonly address: Address
  readonly heartbeat: number
}

/** The heartbeat that these rows tell of that peer, if they do. */
export function heartbeatIn(rows: readonly PeerRow[], peer: Address): number | undefined {
  return rows.find(({ address }) => address === peer)?.heartbeat
}

/** What rides but the rows about peers, if there are such, is left out. */
export function onlyRows({ peers }: Fields): Fields | undefined {
  return peers === undefined ? undefined : { peers }
}

/** Where a membership has rows about peers ride, they are a message's `peers`; what else rides is its `rides`. */
export function rowsOf(rides: Fields | undefined): readonly PeerRow[] | undefined {
  return rides?.peers as readonly PeerRow[] | undefined
}
