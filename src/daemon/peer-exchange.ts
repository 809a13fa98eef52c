/** How nodes tell each other of peers, besides what rides on gossip: hi, welcome, goodbye, and probes of addresses. */
import { Contacts } from '../gossip/contacts.ts'
import type { Host } from '../gossip/host.ts'
import type { PeerRow } from '../gossip/message.ts'
import type { GossipNode } from '../gossip/node.ts'
import type { Address } from '../gossip/strategy.ts'
import type { PeerTable } from '../gossip/view/table.ts'
import { type Endpoint, endpointOf, formatAddress } from './address/address.ts'
import { probe, type Welcome } from './client/probe.ts'
import type { DialLimiter } from './discovery/dial-limiter.ts'
import { PROBE_TIMEOUT_MS } from './discovery/subnet-scan.ts'
import type { Identity } from './identity.ts'
import type { Outbox } from './outbox.ts'
import type { SelfCheck } from './self-check.ts'
import type { DaemonSettings } from './settings.ts'
import type { Timers } from './timers.ts'
import { connectionLimits } from './transport/connection.ts'
import type { Incoming } from './transport/server.ts'
import { plain } from './transport/transport.ts'
import { encodeContacts, ProtocolError, type Request } from './wire.ts'

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
  readonly outbox: Outbox
  readonly timers: Timers
  readonly selfCheck: SelfCheck
  /** @throws {ProtocolError} */
  parse(line: string): Request
}

export class PeerExchange {
  readonly #parts: ExchangeParts
  readonly #contacts: Contacts
  #isAsking = false
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
      const peer = this.#contacts.next(random, host.now())
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

  /** One that spoke from the host that it says it is at is there. */
  spoke(from: Address, { host }: Incoming, rows: readonly PeerRow[] = []): void {
    const { identity, dialLimiter } = this.#parts
    if (endpointOf(from).host === host && from !== identity.address) dialLimiter.met(from, host, 'spoke')
    this.#compare(from, host, rows)
  }

  sayHi(to: Address): void {
    const { identity, outbox } = this.#parts
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
    outbox.carryContacts(String(to), () => connection.send(welcome))
  }

  /** A line came back on the connection to a peer. @throws {ProtocolError} where nothing of the sort was asked for */
  answered(peer: Address, line: string, host: string): void {
    const { identity, dialLimiter, node } = this.#parts
    const request = this.#parts.parse(line)
    if (request.kind === 'error') throw new ProtocolError('it answered an error')
    if (request.kind !== 'welcome') return
    this.#compare(request.from, host, request.peers)
    if (request.from === identity.address) return
    if (request.from === peer) dialLimiter.met(peer, host, 'answered')
    node.meet(request.from, request.peers)
  }

  /**
   * A peer said goodbye: it is gone at once, instead of when it has not been heard of for long. Whoever can connect
   * could claim to be that peer: if the goodbye comes from another host than the peer's, the peer itself is asked,
   * unless the last dial did not reach it anyway.
   */
  async goodbye(peer: Address, rows: readonly PeerRow[], { host }: Incoming): Promise<void> {
    const { identity, table, dialLimiter, node } = this.#parts
    if (peer === identity.address || !table.knows(peer)) return
    const isPlain = dialLimiter.isAt(peer, host) || dialLimiter.isLost(peer)
    if (!isPlain && (await this.#isStillThere(peer))) return
    if (this.#hasEnded) return
    node.peerDown(peer)
    table.departed(peer, rows.find(({ address }) => address === peer)?.heartbeat)
  }

  /** Asks there for contacts. @returns did a node other than this one answer? */
  async probe(to: Endpoint): Promise<boolean> {
    if (!(await this.#getsThere(to))) return false
    const { settings, identity, node, timers } = this.#parts
    const hi = encodeContacts('hi', identity.address, this.#share())
    const welcome = await probe(
      to,
      hi,
      (line, host) => this.#readWelcome(to, line, host),
      PROBE_TIMEOUT_MS,
      connectionLimits(settings.limits, PROBE_TIMEOUT_MS),
      settings.transport ?? plain,
      settings.clock,
    )
    if (welcome === undefined || welcome.from === identity.address || timers.isPaused) return false
    node.meet(welcome.from, welcome.peers)
    return true
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

  /** Asks it by a connection of its own. A stranger can make a node ask, but only one after the other. */
  async #isStillThere(peer: Address): Promise<boolean> {
    if (this.#isAsking || !this.#parts.dialLimiter.take(peer)) return true
    this.#isAsking = true
    const isThere = await this.probe(endpointOf(peer))
    this.#isAsking = false
    return isThere
  }

  /** When, and if, a question gets there. */
  #getsThere(to: Endpoint): Promise<boolean> {
    return new Promise((resolve) => {
      this.#parts.outbox.carryContacts(
        String(formatAddress(to)),
        () => resolve(true),
        () => resolve(false),
      )
    })
  }

  #readWelcome(to: Endpoint, line: string, host: string): Welcome {
    const { identity, dialLimiter } = this.#parts
    const request = this.#parts.parse(line)
    if (request.kind !== 'welcome') throw new ProtocolError('not a welcome')
    this.#compare(request.from, host, request.peers)
    const isOther = request.from !== identity.address
    if (isOther && request.from === formatAddress(to)) dialLimiter.met(request.from, host, 'answered')
    return request
  }
}
