/** What a daemon sends to its peers, and what becomes of it: through the network's faults, over one connection a peer. */
import type { Fields, MembershipMessage, OwnMessage, ValueMessage } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import { ToldRows } from '../gossip/view/told-rows.ts'
import { type PeerRow, rowsOf } from './address/peer-row.ts'
import type { DialLimiter } from './discovery/dial-limiter.ts'
import { EncodeOnce } from './encode-once.ts'
import type { Identity } from './identity.ts'
import type { DaemonObserver } from './observer.ts'
import type { DaemonSettings } from './settings.ts'
import type { Timers } from './timers.ts'
import { connectionLimits } from './transport/connection.ts'
import { isOutOfFiles } from './transport/descriptors.ts'
import { FaultHook } from './transport/fault-hook.ts'
import { OutboundConnections } from './transport/outbound.ts'
import { encodeBody, Refused, withRides } from './wire.ts'

export interface OutboxParts {
  readonly settings: DaemonSettings
  readonly identity: Identity
  readonly observer: DaemonObserver
  readonly dialLimiter: DialLimiter
  readonly timers: Timers
}

export interface OutboxEvents {
  /** A line came back on the connection to a peer. @throws {ProtocolError} */
  line(peer: Address, line: string, host: string): void
  /** A connection to that peer is there. */
  opened(peer: Address): void
  /** That peer can't be reached. */
  unreachable(peer: Address): void
  /** Something failed that says nothing of a peer, and that passes. */
  failed(error: Error): void
}

const TOO_LONG = 'it is longer than a line may be'
const SLOW = 'it reads too slowly, or was dialled too often'

export class Outbox {
  readonly #parts: OutboxParts
  readonly #events: OutboxEvents
  readonly #faultHook: FaultHook
  readonly #outbound: OutboundConnections
  readonly #encoded: EncodeOnce<ValueMessage | OwnMessage | MembershipMessage, string>
  /** What was told of peers over each link that is open. */
  readonly #told = new Map<Address, ToldRows>()

  constructor(parts: OutboxParts, events: OutboxEvents) {
    const { limits, transport, faults, clock } = parts.settings
    this.#parts = parts
    this.#events = events
    this.#encoded = new EncodeOnce((it) => encodeBody(parts.identity.address, it))
    this.#faultHook = new FaultHook(faults, clock)
    this.#outbound = new OutboundConnections(
      limits.maxLinks,
      connectionLimits(limits, limits.idleLink),
      {
        line: (peer, line, host) => events.line(peer, line, host),
        opened: (peer) => events.opened(peer),
        mayDial: (peer) => this.#mayDial(peer),
        closed: (peer) => void this.#told.delete(peer),
        failed: (peer, error) => this.#failed(peer, error),
      },
      transport,
      clock,
    )
  }

  /** Connections that are open. */
  get size(): number {
    return this.#outbound.size
  }

  /** Queues a message of gossip: the observer is told what becomes of it. */
  send(to: Address, message: ValueMessage | OwnMessage, rides?: Fields): void {
    const { settings, observer } = this.#parts
    const line = this.#lineOf(to, message, rides)
    const bytes = Buffer.byteLength(line)
    if (this.#isTooLong(to, message.type, bytes)) {
      observer.lost(to, message, TOO_LONG)
      return
    }
    if (settings.faults === undefined) {
      if (this.#handOver(to, line)) observer.sent(to, message, bytes)
      else observer.lost(to, message, SLOW)
      return
    }
    // What a network loses has been sent, and costs as much.
    const leaves = (copies: number): void => observer.sent(to, message, bytes, copies)
    const lost = (why: string, isCut = false): void => {
      observer.lost(to, message, why)
      if (isCut) this.#unreachable(to)
    }
    const deliver = (): void => {
      if (!this.#handOver(to, line)) lost(SLOW)
    }
    this.#faultHook.carry({ to: String(to), what: 'gossip', bytes }, deliver, lost, leaves)
  }

  #handOver(to: Address, line: string): boolean {
    const isQueued = this.#outbound.send(to, line)
    if (!isQueued) this.#told.delete(to)
    return isQueued
  }

  #newsFor(to: Address, rows: readonly PeerRow[]): readonly PeerRow[] {
    const told = this.#told.get(to) ?? new ToldRows()
    this.#told.set(to, told)
    return told.newsOf(rows.slice(0, this.#parts.settings.limits.rowsPerMessage))
  }

  /** Queues a message of the membership. */
  sendMembership(to: Address, message: MembershipMessage): void {
    const line = this.#lineOf(to, message, message.rides)
    if (!this.#isTooLong(to, message.name, Buffer.byteLength(line))) this.sendContacts(to, line)
  }

  /** Whoever got it would close the connection, and what else is on its way there would be lost with it. */
  #isTooLong(to: Address, type: string, bytes: number): boolean {
    const { settings, observer } = this.#parts
    const most = settings.limits.maxLine + '\n'.length
    if (bytes <= most) return false
    this.#told.delete(to)
    observer.tooLong(type, bytes)
    return true
  }

  #lineOf(to: Address, message: ValueMessage | OwnMessage | MembershipMessage, rides?: Fields): string {
    const rows = rowsOf(rides)
    return withRides(this.#encoded.of(message), rides, rows && this.#newsFor(to, rows))
  }

  /** Queues a line about contacts; nobody hears of it where it is lost, but where there is no way to that peer. */
  sendContacts(to: Address, line: string): void {
    this.carryContacts(
      String(to),
      Buffer.byteLength(line),
      () => this.#outbound.send(to, line),
      (isCut) => {
        if (isCut) this.#unreachable(to)
      },
    )
  }

  /** Carries contacts that go another way than over the connection to that peer. */
  carryContacts(
    to: string,
    bytes: number,
    deliver: () => void,
    lost: (isCut: boolean) => void = () => {},
  ): void {
    this.#faultHook.carry({ to, what: 'contacts', bytes }, deliver, (_why, isCut) => lost(isCut))
  }

  /** What it was reached by is gone: that is no fault of its peers. */
  moved(): void {
    this.#encoded.forget()
    this.#outbound.drop()
    this.#told.clear()
  }

  /** What is under way does not arrive. */
  stop(): void {
    this.#faultHook.stop()
  }

  close(how: 'gently' | 'abruptly'): void {
    if (how === 'gently') this.#outbound.close()
    else this.#outbound.destroy()
  }

  /** One that may not be dialled is passed over as one that can't be reached. */
  #mayDial(peer: Address): boolean {
    const may = this.#parts.dialLimiter.take(peer)
    if (!may) this.#unreachable(peer)
    return may
  }

  #failed(peer: Address, error: Error): void {
    if (isOutOfFiles(error)) {
      this.#events.failed(error)
      return
    }
    // One that has no room now is where it is said to be.
    if (!(error instanceof Refused)) this.#parts.dialLimiter.failed(peer)
    this.#parts.identity.log.debug({ peer }, `no link to ${peer}: ${error.message}`)
    this.#events.unreachable(peer)
  }

  /** A send only queues: what comes of it is told later. */
  #unreachable(peer: Address): void {
    this.#parts.timers.schedule(0, () => this.#events.unreachable(peer))
  }
}
