/** How nodes tell each other of peers, besides what rides on gossip: hi, welcome, goodbye, and probes of addresses. */
import { Contacts } from '../gossip/contacts.ts'
import type { Host } from '../gossip/host.ts'
import { heartbeatIn, type PeerRow } from '../gossip/message.ts'
import type { GossipNode } from '../gossip/node.ts'
import type { Address } from '../gossip/strategy.ts'
import type { PeerTable } from '../gossip/view/table.ts'
import { type Endpoint, endpointOf, formatAddress } from './address/address.ts'
import { scopeOf } from './address/address-scope.ts'
import { probe, type Welcome } from './client/probe.ts'
import type { DialLimiter } from './discovery/dial-limiter.ts'
import { PROBE_TIMEOUT_MS } from './discovery/subnet-scan.ts'
import type { Verifier } from './discovery/verifier.ts'
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
  readonly host: Pick<Host, 'now' | 'clock' | 'random'>
  readonly table: PeerTable
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
  readonly #contacts: Contacts
  /** Peers for which somebody said goodbye: did somebody do so again while they were asked? */
  readonly #doubted = new Map<Address, boolean>()
  #hasEnded = false

  constructor(parts: ExchangeParts) {
    this.#parts = parts
    this.#contacts = new Contacts(parts.table, parts.settings.period)
  }

  /** Exchanges contacts from now on: sooner while there is news. */
  start(): void {
    const { host, timers } = this.#parts
    const random = () => host.random()
    const exchange = (): void => {
      const peer = this.#parts.verifier.overdue() ?? this.#contacts.next(random, host.now())
      if (peer !== undefined) this.sayHi(peer)
      timers.schedule(this.#contacts.nextPause(random), exchange)
    }
    exchange()
  }

  stop(): void {
    this.#hasEnded = true
  }

  /** A peer was learnt of. */
  news(): void {
    this.#contacts.news()
  }

  /** Somebody says that it is that peer; one that spoke from the host that it says it is at is dialled more freely. */
  spoke(from: Address, connection: Incoming, rows: readonly PeerRow[] = []): void {
    const { identity, dialLimiter, verifier } = this.#parts
    const { host } = connection
    this.#compare(from, host, rows)
    if (from === identity.address) return
    if (dialLimiter.isAt(from, host)) dialLimiter.met(from, host, 'spoke')
    verifier.spoke(connection, from, heartbeatIn(rows, from) ?? 0)
    verifier.told(connection, rows)
  }

  sayHi(to: Address): void {
    const { identity, outbox, roundTrips } = this.#parts
    roundTrips.asked(to)
    outbox.sendContacts(to, encodeContacts('hi', identity.address, this.#share()))
  }

  /** Tells peers that nobody is at that address any more, which was this node's. */
  sayGoodbye(address: Address, peers: readonly Address[]): void {
    const { outbox, table } = this.#parts
    const bye = encodeContacts('bye', address, [{ ...table.all()[0]!, address }])
    for (const peer of peers.slice(0, MAX_GOODBYES)) outbox.sendContacts(peer, bye)
  }

  /** This node goes by another address than before: its peers learn of it from itself. */
  introduce(before: Address): void {
    const peers = this.#parts.table.all().slice(1, 1 + MAX_GOODBYES)
    for (const { address } of peers) {
      this.sayGoodbye(before, [address])
      this.sayHi(address)
    }
  }

  /** Answers a hi where it came from; of a lost answer nobody hears. */
  welcome(to: Address, connection: Incoming): void {
    const { identity, outbox } = this.#parts
    const welcome = encodeContacts('welcome', identity.address, this.#share())
    outbox.carryContacts(String(to), Buffer.byteLength(welcome), () => connection.send(welcome))
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
  async goodbye(peer: Address, rows: readonly PeerRow[], { host }: Incoming): Promise<void> {
    const { identity, table, dialLimiter, node } = this.#parts
    if (peer === identity.address || !table.knows(peer)) return
    const isPlain = dialLimiter.isAt(peer, host) && scopeOf(host) !== 'loopback'
    if (!isPlain && !dialLimiter.isLost(peer) && (await this.#isStillThere(peer))) return
    if (this.#hasEnded || !table.knows(peer)) return
    node.peerDown(peer)
    table.departed(peer, heartbeatIn(rows, peer))
  }

  /** Asks there for contacts. @returns did a node other than this one answer? */
  async probe(to: Endpoint, timeout = PROBE_TIMEOUT_MS): Promise<boolean> {
    if (!(await this.#getsThere(to))) return false
    const { settings, identity, timers } = this.#parts
    const hi = encodeContacts('hi', identity.address, this.#share())
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
  #welcomed(asked: Address, { from, peers }: Pick<Welcome, 'from' | 'peers'>, host: string): void {
    const { identity, table, dialLimiter, verifier, node } = this.#parts
    this.#compare(from, host, peers)
    if (from === asked && from !== identity.address) {
      dialLimiter.met(from, host, 'answered')
      verifier.answered(from)
      node.meet(from, peers, 'reached')
    } else if (asked !== identity.address && (verifier.has(asked) || table.knows(asked))) {
      // It is another name of one that goes by its own, or somebody else is there now.
      node.peerDown(asked)
      table.departed(asked)
    }
    if (from === identity.address) return
    if (from !== asked) verifier.spoke(asked, from, heartbeatIn(peers, from) ?? 0)
    verifier.told(asked, peers)
  }

  #share(): readonly PeerRow[] {
    const { host, table, selfCheck } = this.#parts
    const rows = table.share(() => host.random(), host.now())
    selfCheck.said(rows[0]!.heartbeat)
    return rows
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
