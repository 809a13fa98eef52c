/** How nodes tell each other of peers, besides what rides on gossip: hi, welcome, goodbye, and probes of addresses. */
import type { Host } from '../gossip/host.ts'
import type { Fields } from '../gossip/message.ts'
import type { GossipNode } from '../gossip/node.ts'
import type { Address } from '../gossip/strategy.ts'
import type { MembershipView } from '../gossip/view/membership.ts'
import type { Verifier } from '../gossip/view/verifier.ts'
import { type Endpoint, endpointOf, formatAddress } from './address/address.ts'
import { scopeOf } from './address/address-scope.ts'
import { type PeerRow, rowsOf } from './address/peer-row.ts'
import { probe, type Welcome } from './client/probe.ts'
import type { DialLimiter } from './discovery/dial-limiter.ts'
import { PROBE_TIMEOUT_MS } from './discovery/subnet-scan.ts'
import type { Identity } from './identity.ts'
import type { Outbox } from './outbox.ts'
import type { SelfCheck } from './self-check.ts'
import type { DaemonSettings } from './settings.ts'
import type { Timers } from './timers.ts'
import { connectionLimits } from './transport/connection.ts'
import type { RoundTrips } from './transport/round-trips.ts'
import type { Incoming } from './transport/server.ts'
import { plain } from './transport/transport.ts'
import { encodeContacts, ProtocolError, Refused, type Request } from './wire.ts'

/** Ms that a peer has to answer whether it really went away; one that did refuses at once. */
const STILL_THERE_MS = 2000
/** Ms between two questions to one peer, and peers asked at a time. */
const ASK_PAUSE_MS = 1000
const MAX_ASKED = 32

/** What a question counts as on links that have a rate; it is written once it may go. */
const PROBE_BYTES = 200

/** Peers that a node says goodbye to; the others find out. */
const MAX_GOODBYES = 128

/** What a peer exchange works with, all of one daemon. */
export interface ExchangeParts {
  readonly settings: DaemonSettings
  readonly identity: Identity
  /** Its clocks and its dice. */
  readonly host: Pick<Host, 'now' | 'clock'>
  readonly view: MembershipView
  readonly node: GossipNode
  readonly dialLimiter: DialLimiter
  readonly verifier: Verifier
  readonly outbox: Outbox
  readonly timers: Timers
  readonly selfCheck: SelfCheck
  readonly roundTrips: RoundTrips
  /** @throws {ProtocolError} */
  parse(line: string): Request
}

export class PeerExchange {
  readonly #parts: ExchangeParts
  /** Who is heard just now: over which connection, and who that says it is. */
  #speaker: { readonly source: unknown; readonly from: Address } | undefined
  /** Peers for which somebody said goodbye: did somebody do so again while they were asked? */
  readonly #doubted = new Map<Address, boolean>()
  #hasEnded = false

  constructor(parts: ExchangeParts) {
    this.#parts = parts
  }

  stop(): void {
    this.#hasEnded = true
  }

  /**
   * Somebody says that it is that peer; one that spoke from the host that it says it is at is dialled more freely.
   * @param hear what it said, given whether it spoke from there
   */
  spoke(
    from: Address,
    connection: Incoming,
    rows: readonly PeerRow[],
    hear: (isItself: boolean) => void,
  ): void {
    const { identity, dialLimiter } = this.#parts
    const { host } = connection
    this.#compare(from, host, rows)
    const isItself = from !== identity.address && dialLimiter.isAt(from, host)
    if (isItself) dialLimiter.met(from, host, 'spoke')
    this.#hearing(connection, from, () => hear(isItself))
  }

  /** Asks whether it is there, or who did not answer for too long; one that is no peer within bounds, in its turn. */
  greet(peer: Address): void {
    const { source = this, from } = this.#speaker ?? {}
    this.#parts.verifier.greet(peer, source, peer === from)
  }

  sayHi(to: Address): void {
    const { outbox, roundTrips } = this.#parts
    roundTrips.asked(to)
    outbox.sendContacts(to, this.#contacts('hi'))
  }

  /** Tells peers that nobody is at that address any more, which was this node's. */
  sayGoodbye(address: Address, peers: readonly Address[]): void {
    const { heartbeat } = this.#rows(this.#parts.view.ride())[0]!
    const bye = encodeContacts('bye', address, [{ address, heartbeat }])
    for (const peer of peers.slice(0, MAX_GOODBYES)) this.#parts.outbox.sendContacts(peer, bye)
  }

  /** This node goes by another address than before: its peers learn of it from itself. */
  introduce(before: Address): void {
    for (const peer of this.#parts.view.all().slice(0, MAX_GOODBYES)) {
      this.sayGoodbye(before, [peer])
      this.sayHi(peer)
    }
  }

  /** Answers a hi where it came from; of a lost answer nobody hears. */
  welcome(to: Address, connection: Incoming): void {
    const welcome = this.#contacts('welcome')
    this.#parts.outbox.carryContacts(String(to), Buffer.byteLength(welcome), () => connection.send(welcome))
  }

  /** A line came back on the connection to a peer. @throws {ProtocolError} where nothing of the sort was asked for */
  answered(peer: Address, line: string, host: string): void {
    const request = this.#parts.parse(line)
    if (request.kind === 'error') throw new Refused()
    if (request.kind !== 'welcome') return
    this.#parts.roundTrips.answered(peer)
    this.#welcomed(peer, request, host)
  }

  /**
   * A peer said goodbye: it is gone at once, instead of when it has not been heard of for long. Whoever can connect
   * could claim to be that peer, so the peer itself is asked, unless the last dial did not reach it anyway, or the
   * goodbye comes from its own host, which may be gone by now; on this machine everybody comes from the same.
   */
  async goodbye(peer: Address, rides: Fields | undefined, { host }: Incoming): Promise<void> {
    const { identity, view, dialLimiter, node } = this.#parts
    if (peer === identity.address || !view.has(peer)) return
    const isPlain = dialLimiter.isAt(peer, host) && scopeOf(host) !== 'loopback'
    if (!isPlain && !dialLimiter.isLost(peer) && (await this.#isStillThere(peer))) return
    if (this.#hasEnded || !view.has(peer)) return
    if (view.isUp(peer)) node.meet(peer, rides)
    node.peerDown(peer)
    view.departed(peer)
  }

  /** Asks there for contacts. @returns did a node other than this one answer? */
  async probe(to: Endpoint, timeout = PROBE_TIMEOUT_MS): Promise<boolean> {
    if (!(await this.#getsThere(to))) return false
    const { settings, identity, timers } = this.#parts
    const hi = this.#contacts('hi')
    const welcome = await probe(
      to,
      hi,
      (line, host) => this.#readWelcome(line, host),
      timeout,
      connectionLimits(settings.limits, timeout),
      settings.transport ?? plain,
      settings.clock,
    )
    if (welcome === undefined || timers.isPaused || this.#hasEnded) return false
    this.#welcomed(formatAddress(to), welcome, welcome.host)
    return welcome.from !== identity.address
  }

  /** A hi to that address was answered: by whom tells whether that peer is there. */
  #welcomed(asked: Address, { from, peers, rides }: Welcome, host: string): void {
    const { identity, view, dialLimiter, verifier, node } = this.#parts
    this.#compare(from, host, peers)
    if (from === asked && from !== identity.address) {
      dialLimiter.met(from, host, 'answered')
      verifier.answered(from)
      this.#hearing(asked, from, () => node.meet(from, rides, 'reached'))
      return
    }
    if (asked !== identity.address && (verifier.has(asked) || view.has(asked))) {
      // It is another name of one that goes by its own, or somebody else is there now.
      verifier.drop(asked)
      node.peerDown(asked)
      view.departed(asked)
    }
    if (from === identity.address) return
    verifier.spoke(asked, from)
    this.#hearing(asked, from, () => node.meet(from, rides))
  }

  /** What this node says of peers when it asks, or is asked, whether it is there. */
  #contacts(type: 'hi' | 'welcome'): string {
    const { identity, selfCheck, view } = this.#parts
    const rides = view.ride()
    const rows = this.#rows(rides)
    selfCheck.said(rows[0]!.heartbeat)
    return encodeContacts(type, identity.address, rows, rides)
  }

  /** The node's own row first, whatever its membership says of peers. */
  #rows(rides: Fields | undefined): readonly PeerRow[] {
    const { host, identity, settings } = this.#parts
    const rows = rowsOf(rides)?.slice(0, settings.limits.rowsPerMessage) ?? []
    if (rows[0]?.address === identity.address) return rows
    return [{ address: identity.address, heartbeat: host.clock() }, ...rows]
  }

  #hearing(source: unknown, from: Address, act: () => void): void {
    this.#speaker = { source, from }
    try {
      act()
    } finally {
      this.#speaker = undefined
    }
  }

  /** What a node says of itself tells this one of itself. @param remote the address that it spoke from */
  #compare(from: Address, remote: string, rows: readonly PeerRow[]): void {
    const { host, selfCheck } = this.#parts
    selfCheck.heard(from, remote, rows, host.clock())
  }

  /** Asks it by a connection of its own: a stranger can make a node ask, but seldom. */
  async #isStillThere(peer: Address): Promise<boolean> {
    if (this.#doubted.size >= MAX_ASKED || this.#doubted.has(peer)) {
      if (this.#doubted.has(peer)) this.#doubted.set(peer, true)
      return true
    }
    try {
      do {
        this.#doubted.set(peer, false)
        if (!this.#parts.dialLimiter.take(peer)) return true
        if (!(await this.probe(endpointOf(peer), STILL_THERE_MS))) return false
        await new Promise<void>((resolve) => this.#parts.timers.schedule(ASK_PAUSE_MS, resolve))
      } while (this.#doubted.get(peer) === true)
      return true
    } finally {
      this.#doubted.delete(peer)
    }
  }

  /** When, and if, a question gets there. */
  #getsThere(to: Endpoint): Promise<boolean> {
    return new Promise((resolve) => {
      this.#parts.outbox.carryContacts(
        String(formatAddress(to)),
        PROBE_BYTES,
        () => resolve(true),
        () => resolve(false),
      )
    })
  }

  #readWelcome(line: string, host: string): Welcome & { readonly host: string } {
    const request = this.#parts.parse(line)
    if (request.kind !== 'welcome') throw new ProtocolError('not a welcome')
    return { ...request, host }
  }
}
