/** Asks whoever listens at an address for its contacts, over a connection of its own. */
import type { Fields } from '../../gossip/message.ts'
import type { Address } from '../../gossip/strategy.ts'
import type { Endpoint } from '../address/address.ts'
import type { PeerRow } from '../address/peer-row.ts'
import { type Clock, realClock } from '../clock.ts'
import { Connection, type ConnectionLimits } from '../transport/connection.ts'
import type { Transport } from '../transport/transport.ts'

export interface Welcome {
  /** What answers is told by its own word, not by the address asked: a gateway may hand a probe to anyone. */
  readonly from: Address
  readonly peers: readonly PeerRow[]
  /** What rides on it for the membership. */
  readonly rides?: Fields | undefined
}

/**
 * @param parse what to make of the first line, and of the remote address it came from; throws for anything but a welcome
 * @param timeout ms
 * @returns undefined if nobody, or something else, answers within that time
 */
export function probe<W extends Welcome>(
  to: Endpoint,
  hi: string,
  parse: (line: string, host: string) => W,
  timeout: number,
  limits: ConnectionLimits,
  transport: Transport,
  clock: Clock = realClock,
): Promise<W | undefined> {
  return new Promise((resolve) => {
    const socket = transport.connect(to, () => connection.send(hi))
    const events = {
      line: (text: string) => finish(parse(text, connection.remote)),
      closed: () => finish(undefined),
    }
    const connection = new Connection(socket, limits, events, undefined, clock)
    // What has come by then is heard first: a busy process may have had no time for it.
    const callOff = clock.after(timeout, () => clock.soon(() => finish(undefined)))

    function finish(welcome: W | undefined): void {
      callOff()
      connection.destroy()
      resolve(welcome)
    }
  })
}
