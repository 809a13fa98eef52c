/**
 * The daemon: hosts one `GossipNode` on real sockets and a real clock. What nodes say besides gossip (hi and
 * welcome, status, watch, ack, errors) is answered here.
 */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Contacts } from '../gossip/contacts.ts'
import type { Host } from '../gossip/host.ts'
import { isValue, type Message, type PeerRow, type ValueMessage } from '../gossip/message.ts'
import { GossipNode, type Verdict } from '../gossip/node.ts'
import type { Address } from '../gossip/strategy.ts'
import type { Value } from '../gossip/value.ts'
import { RestrictedView } from '../gossip/view/restricted.ts'
import { type EvictionPriority, PeerTable } from '../gossip/view/table.ts'
import type { GossipEvent } from '../measure/event.ts'
import { describe } from '../parse/system-errors.ts'
import { type Endpoint, endpointOf, formatAddress } from './address/address.ts'
import { AddressConflicts } from './address/address-conflict.ts'
import { learntScopes } from './address/address-scope.ts'
import { ownHost } from './address/interfaces.ts'
import { formatSubnet, isScannable, type Subnet, subnetOf } from './address/subnet.ts'
import { probe, type Welcome } from './client/probe.ts'
import { ClockSkewReport } from './clock-skew.ts'
import { DeduplicatedLog } from './deduplicated-log.ts'
import { AddressFilter } from './discovery/address-filter.ts'
import { DialLimiter } from './discovery/dial-limiter.ts'
import { Discovery } from './discovery/discovery.ts'
import { JOIN_GRACE_MS, JoinReport } from './discovery/join-report.ts'
import { PROBE_TIMEOUT_MS, Scan } from './discovery/subnet-scan.ts'
import { EventBus } from './event-bus.ts'
import { Identity } from './identity.ts'
import { DaemonObserver } from './observer.ts'
import type { DaemonLimits, DaemonSettings } from './settings.ts'
import { PendingWrite } from './storage/pending-write.ts'
import { Store } from './storage/store.ts'
import { TimerLimit } from './timer-limit.ts'
import type { ConnectionLimits } from './transport/connection.ts'
import { ConnectionGate } from './transport/connection-gate.ts'
import { budgetOf, type DescriptorBudget, isOutOfFiles, limitsWithin } from './transport/descriptors.ts'
import { FaultHook, MAX_DELAY_MS } from './transport/fault-hook.ts'
import { MemoryBudget } from './transport/memory-budget.ts'
import { OutboundConnections, type OutboundEvents } from './transport/outbound.ts'
import { type Incoming, Server } from './transport/server.ts'
import { plain } from './transport/transport.ts'
import {
  type Ack,
  encode,
  encodeContacts,
  encodeMessage,
  ProtocolError,
  parseLine,
  type Request,
  type Status,
} from './wire.ts'

/** Peers named in one line of the log. */
const MAX_LOGGED_PEERS = 32
const SLOW = 'it reads too slowly, or was dialled too often'
/** Peers that a node says goodbye to; the others find out. */
const MAX_GOODBYES = 128
/** Ms in which what a leaving node has said must be written, and how often it looks. */
const LEAVE_MS = 1200
const LOOK_MS = 10
/** Ms between two looks at the machine's addresses. */
const LOOK_FOR_HOST_MS = { least: 1000, most: 10_000 }

/** Starts a node. @throws {Error} one line, if it can't listen there, keep its value or scan its network */
export async function startDaemon(given: DaemonSettings): Promise<Daemon> {
  const { listen, advertise, ownHost: findHost = ownHost } = given
  const files = given.files ?? budgetOf(1, given.limits)
  const limits = limitsWithin(given.limits, files)
  const settings = { ...given, limits }
  const host = advertise?.host ?? findHost(listen)
  const scanned = scannedSubnet(settings, host)
  let daemon: Daemon | undefined
  const server = new Server(
    (line, connection) => daemon?.answer(line, connection),
    { ...connectionLimits(settings, limits.idle), firstLine: limits.firstLine },
    new ConnectionGate(limits, (host) => daemon?.isHostOfPeer(host) ?? false, files),
    new MemoryBudget(limits.maxBuffered, limits.maxBuffered / limits.maxConnections),
    settings.transport,
    () => daemon?.isFull(),
  )
  const port = await server.listen(listen, (error) => daemon?.failed(error))
  const own = formatAddress({ host, port: advertise?.port || port })
  const store = openStore(settings, own, server)
  daemon = new Daemon(own, settings, server, scanned, store)
  daemon.tellBounds(given.limits, files)
  daemon.start()
  return daemon
}

export class Daemon implements Host {
  readonly events: EventBus
  readonly observer: DaemonObserver
  readonly #identity: Identity
  readonly #settings: DaemonSettings
  readonly #server: Server
  readonly #outbound: OutboundConnections
  readonly #faultHook: FaultHook
  readonly #table: PeerTable
  readonly #node: GossipNode
  readonly #contacts: Contacts
  readonly #discovery: Discovery
  readonly #store: Store | undefined
  readonly #pendingWrite = new PendingWrite()
  readonly #dialLimiter: DialLimiter
  readonly #timerLimit: TimerLimit
  readonly #warnings = new DeduplicatedLog(() => this.#identity.log)
  readonly #clockSkew: ClockSkewReport
  readonly #addressConflicts = new AddressConflicts()
  readonly #joins: JoinReport
  #addressFilter: AddressFilter
  #watchers = 0
  #encoded: { readonly event: GossipEvent; readonly line: string } | undefined
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #startedAt = performance.now()
  #isPaused = false
  #isAsking = false
  #hasEnded = false
  /** Why the value that came last could not be kept, if it could not. */
  #whyNotStored: string | undefined
  /** What came due while it was paused. */
  #overdue: (() => void)[] = []

  constructor(
    own: Address,
    settings: DaemonSettings,
    server: Server,
    scanned: Subnet | undefined,
    store: Store | undefined,
  ) {
    const { limits, period, protocol } = settings
    this.#identity = new Identity(own, settings.log)
    this.#settings = settings
    this.#server = server
    this.#store = store
    const { log } = this.#identity
    this.events = new EventBus(() => this.address)
    if (settings.listener !== undefined) this.events.listen(settings.listener)
    this.observer = new DaemonObserver(
      this.events,
      this.#identity,
      {
        count: () => this.#table.size,
        some: () => this.#table.list(this.now()).slice(0, MAX_LOGGED_PEERS),
      },
      () => this.#contacts.news(),
      this.#warnings,
    )
    this.#clockSkew = new ClockSkewReport(settings.maxClockDrift)
    this.#dialLimiter = new DialLimiter(limits, () => this.now())
    this.#addressFilter = this.#addressFilterAt(endpointOf(own).host)
    this.#timerLimit = new TimerLimit(
      limits.maxTimers,
      (ms, act) => this.#schedule(ms, act),
      () => this.#identity.log.warn(`drops delays of the strategy's: ${limits.maxTimers} wait, no more may`),
    )
    const events: OutboundEvents = {
      line: (peer, line, remote) => this.#welcomed(peer, line, remote),
      mayDial: (peer) => this.#mayDial(peer),
      failed: (peer, error) => {
        // That says nothing of the peer.
        if (isOutOfFiles(error)) {
          this.failed(error)
          return
        }
        this.#dialLimiter.failed(peer)
        this.#identity.log.debug({ peer }, `no link to ${peer}: ${error.message}`)
        if (!this.#hasEnded) this.#node.peerDown(peer)
      },
    }
    const linkLimits = connectionLimits(settings, limits.idleLink)
    this.#outbound = new OutboundConnections(limits.maxLinks, linkLimits, events, settings.transport)
    this.#faultHook = new FaultHook(settings.faults)
    const tableLimits = { ...limits, expiry: settings.expiryPeriods * period }
    const yields: EvictionPriority = (peer, to) => this.#dialLimiter.evictionPriority(peer, to)
    this.#table = new PeerTable(own, tableLimits, this.clock(), yields)
    const { mayPick } = settings
    const view = mayPick ? new RestrictedView(this.#table, (it) => mayPick(String(it))) : this.#table
    this.#node = new GossipNode(own, protocol, view, this, settings)
    this.#contacts = new Contacts(this.#table, period)
    this.#joins = new JoinReport({
      silent: (join, why) => log.warn({ join }, `nobody answers at ${join} (--join)${why && `: ${why}`}`),
      answers: (join) => this.#identity.log.info({ join }, `somebody answers at ${join} (--join) now`),
    })
    this.#discovery = new Discovery(
      {
        probe: (to) => this.#probe(to),
        isAlone: () => this.#table.isAlone(this.now()),
        knows: (address) => this.#table.knows(address),
        isOwn: (address) => address === this.#identity.address,
        mayDial: (address) => this.#dialLimiter.take(address),
        forgotten: () => this.#table.forgotten(),
        found: (how, count) => this.#identity.log.debug({ how, count }, `found ${count} (${how})`),
        joined: (join) => this.#joins.answered(String(formatAddress(join))),
        unjoined: (join, why) => this.#joins.silent(String(formatAddress(join)), why),
      },
      { ...settings, scan: scanned && new Scan(scanned) },
      () => this.random(),
    )
    const { name: strategy, options } = protocol
    const scan = scanned && formatSubnet(scanned)
    log.info({ strategy, options, period, join: settings.join, scan }, `listening as ${own}`)
    log.info({ dataDir: settings.dataDir }, keeping(settings, store))
  }

  start(): void {
    this.#node.start()
    const kept = this.#store?.kept ?? this.#settings.kept
    if (kept !== undefined) this.#node.restore(kept)
    this.#tellStarted()
    this.#startPeriods()
    this.#watchHost()
    if (this.#settings.isJoinTold !== false) this.#schedule(JOIN_GRACE_MS, () => this.#joins.late())
    this.#discovery.start()
  }

  /** Says so where this process may open too few files for the limits that were asked for. */
  tellBounds(asked: DaemonLimits, { common }: DescriptorBudget): void {
    const { maxConnections, maxLinks } = this.#settings.limits
    if (common.left > 0 || maxConnections >= asked.maxConnections) return
    const text = `takes ${maxConnections} connections at most, not ${asked.maxConnections}, and opens ${maxLinks}: this process may open no more files (ulimit -n)`
    this.#identity.log.info({ maxConnections, maxLinks }, text)
  }

  /** A connection was turned away. */
  isFull(): void {
    const { maxConnections } = this.#settings.limits
    const { size } = this.#server
    const text = `turns new connections away: ${size} are open, or as many from one address as may be (--limit maxConnections, maxPerHost)`
    this.#warnings.warn('full', { connections: size, maxConnections }, text, '')
  }

  /** Something that passes, and is no reason to end. */
  failed(error: Error): void {
    this.#warnings.warn(
      'system',
      { code: (error as NodeJS.ErrnoException).code },
      `goes on: ${describe(error)}`,
    )
  }

  /**
   * Says goodbye to its peers, which drop it at once, and ends it. What it said before is written first, if that
   * takes no longer than a bound.
   */
  async leave(): Promise<void> {
    if (this.#hasEnded) return
    this.#discovery.stop()
    const bye = encodeContacts('bye', this.#identity.address, this.#table.all().slice(0, 1))
    for (const peer of this.#table.list(this.now()).slice(0, MAX_GOODBYES)) {
      this.#faultHook.carry(
        String(peer),
        'contacts',
        () => this.#outbound.send(peer, bye),
        () => {},
      )
    }
    this.stop()
    const deadline = this.now() + LEAVE_MS
    const isWriting = () => this.#outbound.size + this.#server.size > 0
    while (isWriting() && this.now() < deadline) await sleep(LOOK_MS, undefined, { ref: false })
  }

  /** Ends it without a goodbye: in good order, or as a crash would. */
  stop(how: 'gently' | 'abruptly' = 'gently'): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#discovery.stop()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#faultHook.stop()
    this.#node.stop()
    this.events.emit('stopped', how === 'gently' ? {} : { how: 'killed' })
    if (how === 'gently') this.#outbound.close()
    else this.#outbound.destroy()
    this.#server.close(how)
    this.#store?.close()
  }

  /** Does and reads nothing until `resume`, as a stopped process. */
  pause(): void {
    if (!this.#isPaused) this.events.emit('paused')
    this.#isPaused = true
    this.#discovery.stop()
    this.#server.pause()
  }

  resume(): void {
    if (this.#isPaused) this.events.emit('resumed')
    this.#isPaused = false
    for (const act of this.#overdue.splice(0)) act()
    this.#server.resume()
    this.#discovery.start()
  }

  /** "host:port"; another one after its machine's address has changed, unless it was told what to advertise. */
  get address(): string {
    return String(this.#identity.address)
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  /** What it holds. */
  get value(): Value | null {
    return this.#node.value
  }

  knows(address: string): boolean {
    return this.#table.knows(address as unknown as Address)
  }

  /** Is that the remote address of a peer that it met? */
  isHostOfPeer(host: string): boolean {
    return this.#dialLimiter.isHostOfPeer(host)
  }

  /** A client hands it a value. */
  propose(value: string, timestamp: number): Ack {
    return this.#accept({ type: 'value', value, timestamp, hops: 0 })
  }

  status(): Status {
    const peers = this.#table.all().map(({ address, heartbeat }) => ({ address: String(address), heartbeat }))
    return { type: 'status', ...this.summary(), peers }
  }

  /** Its status without the list of its peers, only how many others it knows: cheap, however many. */
  summary(): Omit<Status, 'type' | 'peers'> & { readonly peers: number } {
    const { value = null, timestamp = null } = this.#node.value ?? {}
    const { container } = this.#settings
    const uptime = Math.round(performance.now() - this.#startedAt) / 1000
    return {
      address: this.address,
      strategy: this.#settings.protocol.name,
      value,
      timestamp,
      interested: this.#node.interested,
      peers: this.#table.size,
      ...(container !== undefined && { container }),
      uptime,
      ...this.observer.counters,
    }
  }

  /** What a line is answered. @throws {ProtocolError} */
  answer(line: string, connection: Incoming): void {
    const request = this.#parse(line)
    switch (request.kind) {
      case 'gossip':
        if (request.from === null) connection.send(encode(this.#accept(request.message as ValueMessage)))
        else {
          this.#spoke(request.from, connection, request.message.peers)
          this.#hear(request.from, request.message)
        }
        return
      case 'hi':
        this.#spoke(request.from, connection, request.peers)
        this.#welcome(request.from, connection)
        if (request.from !== this.#identity.address) this.#node.meet(request.from, request.peers)
        return
      case 'bye':
        void this.#goodbye(request.from, request.peers, connection)
        return
      case 'status':
        connection.send(encode(this.status()))
        return
      case 'watch':
        this.#watch(connection)
        return
      case 'welcome':
        throw new ProtocolError('a welcome that nobody asked for')
      case 'error':
        connection.close()
    }
  }

  // The host's duties.

  now(): number {
    return performance.now()
  }

  clock(): number {
    return Date.now()
  }

  random(): number {
    return Math.random()
  }

  send(to: Address, message: Message): void {
    const line = encodeMessage(this.#identity.address, message)
    const bytes = Buffer.byteLength(line)
    if (this.#settings.faults === undefined) {
      if (this.#outbound.send(to, line)) this.observer.sent(to, message, bytes)
      else this.observer.lost(to, message, SLOW)
      return
    }
    // What a network loses has been sent, and costs as much.
    const leaves = (copies: number): void => this.observer.sent(to, message, bytes, copies)
    const lost = (why: string, isCut = false): void => {
      this.observer.lost(to, message, why)
      if (isCut) this.#unreachable(to)
    }
    const deliver = (): void => {
      if (!this.#outbound.send(to, line)) lost(SLOW)
    }
    this.#faultHook.carry(String(to), 'gossip', deliver, lost, leaves)
  }

  after(periods: number, act: () => void): void {
    this.#timerLimit.add(periods * this.#settings.period, act)
  }

  store(value: Value): string | undefined {
    const notStored = this.#store?.keep(value)
    this.#whyNotStored = notStored
    return notStored
  }

  // How it works.

  /** A recording must tell what a node that starts again still holds, and with what number it estimates. */
  #tellStarted(): void {
    const { number } = this.#settings
    const { timestamp } = this.#node.value ?? {}
    this.events.emit('started', { number, ...(timestamp !== undefined && { timestamp }) })
  }

  /** @throws {ProtocolError} */
  #parse(line: string): Request {
    return this.#addressFilter.sift(parseLine(line, this.#settings.protocol))
  }

  /** One that spoke from the host that it says it is at is there. */
  #spoke(from: Address, { host }: Incoming, rows: readonly PeerRow[] = []): void {
    if (endpointOf(from).host === host && from !== this.#identity.address)
      this.#dialLimiter.met(from, host, 'spoke')
    this.#compare(from, host, rows)
  }

  /** What the sender says of itself tells whether its address is this node's, and whether clocks agree. */
  #compare(from: Address, host: string, rows: readonly PeerRow[]): void {
    const heartbeat = rows.find(({ address }) => address === from)?.heartbeat
    if (heartbeat === undefined) return
    if (from !== this.#identity.address) this.#clockSkew.heard(String(from), heartbeat, this.clock())
    else if (!this.#addressConflicts.isOwn(heartbeat)) {
      const text = `another node, that is reached at ${host}, goes by ${from} as this one does: each needs an address of its own (--advertise)`
      this.#warnings.warn('twin', { host }, text, String(from))
    }
  }

  /** Said again when it has changed by more than clocks may differ. */
  #checkClock(): void {
    const { period, maxClockDrift } = this.#settings
    const behind = this.#clockSkew.period(period)
    if (behind === 0) {
      this.#warnings.over('clock', "this node's clock agrees with its peers' now")
      return
    }
    const seconds = Math.round(Math.abs(behind) / 1000).toLocaleString('en')
    const text = `this node's clock is ${seconds} s ${behind > 0 ? 'behind' : 'ahead of'} its peers': what is handed in here may be refused there`
    this.#warnings.warn('clock', { behind }, text, String(Math.round(behind / (4 * maxClockDrift + 1))))
  }

  #watch(connection: Incoming): void {
    const { maxWatchers } = this.#settings.limits
    if (this.#watchers >= maxWatchers)
      throw new ProtocolError(`${maxWatchers} watch streams are open, no more may be`)
    this.#watchers += 1
    const end = this.events.listen((event) => connection.send(this.#encodeOnce(event)))
    connection.watch(() => {
      this.#watchers -= 1
      end()
    })
  }

  /** An event goes to all who watch, one after the other. */
  #encodeOnce(event: GossipEvent): string {
    if (this.#encoded?.event !== event) this.#encoded = { event, line: encode(event) }
    return this.#encoded.line
  }

  /** One that may not be dialled is passed over as one that can't be reached. */
  #mayDial(peer: Address): boolean {
    if (this.#dialLimiter.take(peer)) return true
    this.#unreachable(peer)
    return false
  }

  #isTooLong(value: string): boolean {
    const { maxValue } = this.#settings.limits
    // No character takes more than 6 bytes of a line: most values need not be looked at.
    return value.length * 6 + 2 > maxValue && Buffer.byteLength(JSON.stringify(value)) > maxValue
  }

  #refuseLong(from: Address | null, message: ValueMessage): void {
    this.observer.received(from, message)
    this.observer.refusedLong(from, message)
    if (from !== null) this.#node.meet(from, message.peers ?? [])
  }

  #accept(message: ValueMessage): Ack {
    const { timestamp } = message
    if (this.#isTooLong(message.value)) {
      this.#refuseLong(null, message)
      const reason = `value is longer than ${this.#settings.limits.maxValue} bytes`
      return { type: 'ack', outcome: 'refused', timestamp, reason }
    }
    const verdict = this.#node.receive(null, message)
    return ack(verdict, timestamp, this.#settings.maxClockDrift, this.#whyNotStored)
  }

  #hear(from: Address, message: Message): void {
    if (isValue(message) && this.#isTooLong(message.value)) {
      this.#refuseLong(from, message)
      return
    }
    const verdict = this.#node.receive(from, message)
    if (verdict === 'not-stored' && isValue(message)) this.#pendingWrite.add({ from, message })
  }

  /** What could not be kept when it came is tried once a period: there may be room again. */
  #tryAgain(): void {
    const it = this.#pendingWrite.take()
    if (it !== undefined && this.#node.again(it.from, it.message) === 'not-stored') this.#pendingWrite.add(it)
  }

  /**
   * A peer said goodbye: it is gone at once, instead of when it has not been heard of for long. Whoever can connect
   * could claim to be that peer: if the goodbye comes from another host than the peer's, the peer itself is asked,
   * unless the last dial did not reach it anyway.
   */
  async #goodbye(peer: Address, rows: readonly PeerRow[], { host }: Incoming): Promise<void> {
    if (peer === this.#identity.address || !this.#table.knows(peer)) return
    const isPlain = this.#dialLimiter.isAt(peer, host) || this.#dialLimiter.isLost(peer)
    if (!isPlain && (await this.#isStillThere(peer))) return
    if (this.#hasEnded) return
    this.#node.peerDown(peer)
    this.#table.departed(peer, rows.find(({ address }) => address === peer)?.heartbeat)
  }

  /** Asks it by a connection of its own. A stranger can make a node ask, but only one after the other. */
  async #isStillThere(peer: Address): Promise<boolean> {
    if (this.#isAsking || !this.#dialLimiter.take(peer)) return true
    this.#isAsking = true
    const isThere = await this.#probe(endpointOf(peer))
    this.#isAsking = false
    return isThere
  }

  /** Periods at a phase of its own, so that nodes started together don't send together; and the contacts. */
  #startPeriods(): void {
    const { period } = this.#settings
    const beat = (): void => {
      this.#tryAgain()
      this.#node.period()
      this.#checkClock()
      this.#schedule(period, beat)
    }
    this.#schedule(this.random() * period, beat)
    const exchange = (): void => {
      const peer = this.#contacts.next(() => this.random(), this.now())
      if (peer !== undefined) this.#sendContacts(peer)
      this.#schedule(
        this.#contacts.nextPause(() => this.random()),
        exchange,
      )
    }
    exchange()
  }

  /** Once a period, within bounds, it looks whether the machine still has the address that it goes by. */
  #watchHost(): void {
    const { listen, advertise, period, ownHost: findHost = ownHost } = this.#settings
    if (advertise !== undefined) return
    const ms = Math.min(Math.max(period, LOOK_FOR_HOST_MS.least), LOOK_FOR_HOST_MS.most)
    const look = (): void => {
      const { host } = endpointOf(this.#identity.address)
      try {
        const found = findHost(listen, host)
        if (found !== host) this.#move(found)
      } catch (error) {
        this.failed(error as Error)
      }
      this.#schedule(ms, look)
    }
    this.#schedule(ms, look)
  }

  /** Goes by another host: its old connections lead nowhere, and its peers learn of it from itself. */
  #move(host: string): void {
    const before = this.#identity.address
    const to = formatAddress({ host, port: endpointOf(before).port })
    const bye = encodeContacts('bye', before, this.#table.all().slice(0, 1))
    this.events.emit('stopped')
    this.#identity.move(to)
    this.#node.moved(to)
    this.#table.moved(to)
    this.#addressFilter = this.#addressFilterAt(host)
    this.#outbound.drop()
    const scanned = this.#scannedFrom(host)
    const scan = scanned && formatSubnet(scanned)
    this.#identity.log.info({ before, scan }, `goes by ${to} now: its machine's address has changed`)
    this.#tellStarted()
    for (const { address } of this.#table.all().slice(1, 1 + MAX_GOODBYES)) {
      const sayBye = () => this.#outbound.send(address, bye)
      this.#faultHook.carry(String(address), 'contacts', sayBye, () => {})
      this.#sendContacts(address)
    }
    this.#discovery.move(scanned && new Scan(scanned))
  }

  /** The network to scan from there; none where that is a stranger's. */
  #scannedFrom(host: string): Subnet | undefined {
    try {
      return scannedSubnet(this.#settings, host)
    } catch (error) {
      this.#identity.log.warn((error as Error).message)
      return undefined
    }
  }

  #addressFilterAt(host: string): AddressFilter {
    const { listen, join, learn = [], limits } = this.#settings
    const kinds = learntScopes(host, listen, join, learn)
    return new AddressFilter(kinds, limits, (address) => this.#dialLimiter.isBarred(address))
  }

  #schedule(ms: number, act: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        if (this.#isPaused) this.#overdue.push(act)
        else act()
      },
      Math.min(ms, MAX_DELAY_MS),
    )
    this.#timers.add(timer)
  }

  #sendContacts(to: Address): void {
    const hi = encodeContacts('hi', this.#identity.address, this.#share())
    const lost = (_why: string, isCut: boolean): void => {
      if (isCut) this.#unreachable(to)
    }
    this.#faultHook.carry(String(to), 'contacts', () => this.#outbound.send(to, hi), lost)
  }

  /** Answers where the question came from; of a lost answer nobody hears. */
  #welcome(to: Address, connection: Incoming): void {
    const welcome = encodeContacts('welcome', this.#identity.address, this.#share())
    const deliver = (): void => {
      connection.send(welcome)
    }
    this.#faultHook.carry(String(to), 'contacts', deliver, () => {})
  }

  /** A send only queues: what comes of it is told later. */
  #unreachable(peer: Address): void {
    this.#schedule(0, () => this.#node.peerDown(peer))
  }

  #share() {
    const rows = this.#table.share(() => this.random(), this.now())
    this.#addressConflicts.said(rows[0]!.heartbeat)
    return rows
  }

  /** A line came back on the link to a peer. @throws {ProtocolError} where nothing of the sort was asked for */
  #welcomed(peer: Address, line: string, host: string): void {
    const request = this.#parse(line)
    if (request.kind === 'error') throw new ProtocolError('it answered an error')
    if (request.kind !== 'welcome') return
    this.#compare(request.from, host, request.peers)
    if (request.from === this.#identity.address) return
    if (request.from === peer) this.#dialLimiter.met(peer, host, 'answered')
    this.#node.meet(request.from, request.peers)
  }

  async #probe(to: Endpoint): Promise<boolean> {
    if (!(await this.#mayProbe(to))) return false
    const { transport = plain } = this.#settings
    const limits = connectionLimits(this.#settings, PROBE_TIMEOUT_MS)
    const hi = encodeContacts('hi', this.#identity.address, this.#share())
    const welcome = await probe(
      to,
      hi,
      (line, host) => this.#readWelcome(to, line, host),
      PROBE_TIMEOUT_MS,
      limits,
      transport,
    )
    if (welcome === undefined || welcome.from === this.#identity.address || this.#isPaused) return false
    this.#node.meet(welcome.from, welcome.peers)
    return true
  }

  /** When, and if, a question gets there. */
  #mayProbe(to: Endpoint): Promise<boolean> {
    return new Promise((resolve) => {
      this.#faultHook.carry(
        String(formatAddress(to)),
        'contacts',
        () => resolve(true),
        () => resolve(false),
      )
    })
  }

  #readWelcome(to: Endpoint, line: string, host: string): Welcome {
    const request = this.#parse(line)
    if (request.kind !== 'welcome') throw new ProtocolError('not a welcome')
    this.#compare(request.from, host, request.peers)
    const isOther = request.from !== this.#identity.address
    if (isOther && request.from === formatAddress(to)) this.#dialLimiter.met(request.from, host, 'answered')
    return request
  }
}

function ack(verdict: Verdict, timestamp: number, maxClockDrift: number, notStored: string | undefined): Ack {
  switch (verdict) {
    case 'newer':
      return { type: 'ack', outcome: 'accepted', timestamp }
    case 'not-stored':
      return { type: 'ack', outcome: 'refused', timestamp, reason: notStored }
    case 'ahead': {
      const reason = `timestamp is more than ${maxClockDrift} ms ahead of this node's clock`
      return { type: 'ack', outcome: 'refused', timestamp, reason }
    }
    default: {
      const reason = verdict === 'same' ? 'this very value is held already' : 'a newer value is held'
      return { type: 'ack', outcome: 'ignored', timestamp, reason }
    }
  }
}

/** Where it keeps its value; undefined for in memory. @throws {Error} one line; it doesn't listen any more then */
function openStore({ dataDir, log }: DaemonSettings, own: Address, server: Server): Store | undefined {
  if (dataDir === undefined) return undefined
  try {
    return Store.open(dataDir, log.child({ server: own }))
  } catch (error) {
    server.close('abruptly')
    throw error
  }
}

function keeping({ dataDir }: DaemonSettings, store: Store | undefined): string {
  if (store === undefined)
    return 'keeps its value in memory only: without a data folder it is lost when the node ends'
  const { kept } = store
  return `keeps its value in ${dataDir}: ${kept === undefined ? 'none yet' : `one of ${kept.timestamp} is there`}`
}

/** The network to scan; undefined where joining turns the scan off. @throws {Error} if it is a stranger's */
function scannedSubnet({ join, subnet }: DaemonSettings, host: string): Subnet | undefined {
  if (join.length > 0) return undefined
  if (subnet !== undefined) return subnet
  if (isScannable(host)) return subnetOf(host)
  throw new Error(
    `will not scan the network of ${host}: it is neither private, link-local nor loopback IPv4; name one with --subnet, or a peer with --join`,
  )
}

function connectionLimits({ limits }: DaemonSettings, idle: number): ConnectionLimits {
  const { maxLine, maxPending, lineTime, stuck, rate, burst } = limits
  return { maxLine, maxPending, idle, lineTime, stuck, rate, burst }
}
