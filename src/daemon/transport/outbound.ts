/**
 * A node's outgoing connections: one a peer, opened by the first message to it, kept open and reused, closed
 * when idle, the longest unused making room for a new one. A peer that doesn't answer holds up nobody else.
 */
import type { Address } from '../../gossip/strategy.ts'
import { endpointOf } from '../address/address.ts'
import { type Clock, realClock } from '../clock.ts'
import { Connection, type ConnectionLimits } from './connection.ts'
import { plain, type Transport } from './transport.ts'

export interface OutboundEvents {
  /** A line came back on the link to that peer, from that remote address. @throws {ProtocolError} */
  line(peer: Address, text: string, host: string): void
  /** A connection to that peer is there. */
  opened?(peer: Address): void
  /** The connection to that peer is gone, whyever. */
  closed?(peer: Address): void
  /** May a connection to it be opened now? */
  mayDial(peer: Address): boolean
  /** That peer can't be reached; what was queued for it is lost. */
  failed(peer: Address, error: Error): void
}

/** Ms to wait for a connection. */
export const CONNECT_TIMEOUT_MS = 2000

interface Link {
  readonly connection: Connection
  isOpen: boolean
}

export class OutboundConnections {
  readonly #links = new Map<Address, Link>()
  readonly #max: number
  readonly #limits: ConnectionLimits
  readonly #events: OutboundEvents
  readonly #transport: Transport
  readonly #clock: Clock

  /** @param max links open at a time */
  constructor(
    max: number,
    limits: ConnectionLimits,
    events: OutboundEvents,
    transport: Transport = plain,
    clock: Clock = realClock,
  ) {
    this.#max = max
    this.#limits = limits
    this.#events = events
    this.#transport = transport
    this.#clock = clock
  }

  get size(): number {
    return this.#links.size
  }

  /** Queues a line to a peer; false if it was dropped: that peer reads too slowly, or may not be dialled now. */
  send(peer: Address, line: string): boolean {
    const known = this.#links.get(peer)
    if (known === undefined && !this.#events.mayDial(peer)) return false
    const link = known ?? this.#open(peer)
    this.#links.delete(peer)
    this.#links.set(peer, link)
    // Until it is connected the socket keeps what is sent, within the bound for a slow reader.
    return link.connection.send(line)
  }

  /** Ends all links, as what this node was reached by is gone; that is no fault of those at the other ends. */
  drop(): void {
    const links = [...this.#links.values()]
    this.#links.clear()
    for (const link of links) {
      link.isOpen = true
      link.connection.destroy()
    }
  }

  close(): void {
    for (const { connection } of this.#links.values()) connection.close()
  }

  destroy(): void {
    for (const { connection } of this.#links.values()) connection.destroy()
  }

  #open(peer: Address): Link {
    if (this.#links.size >= this.#max) {
      const [oldest] = this.#links.keys()
      this.#links.get(oldest!)!.connection.close()
      this.#links.delete(oldest!)
    }
    const socket = this.#transport.connect(endpointOf(peer), () => {
      callOff()
      link.isOpen = true
      this.#events.opened?.(peer)
    })
    const events = {
      line: (text: string) => this.#events.line(peer, text, connection.remote),
      closed: (error: Error | undefined) => this.#closed(peer, link, error),
    }
    const connection = new Connection(socket, this.#limits, events, undefined, this.#clock)
    const link: Link = { connection, isOpen: false }
    const callOff = this.#clock.after(CONNECT_TIMEOUT_MS, () => socket.destroy(timeout()))
    socket.once('close', callOff)
    return link
  }

  /** A link that closes in good order (idle, or the peer went away) is opened anew by the next message. */
  #closed(peer: Address, link: Link, error: Error | undefined): void {
    if (this.#links.get(peer) === link) this.#links.delete(peer)
    if (!this.#links.has(peer)) this.#events.closed?.(peer)
    if (error !== undefined || !link.isOpen) this.#events.failed(peer, error ?? new Error('closed'))
  }
}

function timeout(): Error {
  return new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`)
}
