/**
 * The daemon: hosts one `GossipNode` on real sockets and a real clock. It is put together in parts.ts; what lines are
 * answered is in requests.ts, how peers are told of in peer-exchange.ts, how they are found in discovery/.
 */
import type { Host } from '../gossip/host.ts'
import type { Message } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import { DEFAULT_KEY, type Value } from '../gossip/value.ts'
import { parts } from '../measure/event.ts'
import { describe } from '../parse/system-errors.ts'
import { endpointOf } from './address/address.ts'
import { onlyRows } from './address/peer-row.ts'
import { formatSubnet, type Subnet } from './address/subnet.ts'
import { type Clock, realClock } from './clock.ts'
import { Scan } from './discovery/subnet-scan.ts'
import type { EventBus } from './events/event-bus.ts'
import { learntAt, scannedFrom, watchAddress } from './network-location.ts'
import type { DaemonObserver } from './observer.ts'
import { assemble, type DaemonParts } from './parts.ts'
import type { DaemonSettings } from './settings.ts'
import { AheadValue } from './storage/ahead-value.ts'
import type { Store } from './storage/store.ts'
import type { Incoming, Server } from './transport/server.ts'
import type { Ack, Status } from './wire.ts'

/** Ms in which what a leaving node has said must be written, and how often it looks. */
const LEAVE_MS = 1200
const LOOK_MS = 10

export class Daemon implements Host {
  readonly events: EventBus
  readonly observer: DaemonObserver
  readonly #settings: DaemonSettings
  readonly #server: Server
  readonly #store: Store | undefined
  readonly #parts: DaemonParts
  readonly #ahead: AheadValue
  readonly #clock: Clock
  readonly #dice: () => number
  readonly #startedAt: number
  #hasEnded = false
  /** Why the value that came last could not be stored, if it could not. */
  #whyNotStored: string | undefined

  /** @param own the address that it goes by @param server one that listens there @param scanned the network to scan */
  constructor(
    own: Address,
    settings: DaemonSettings,
    server: Server,
    scanned: Subnet | undefined,
    store: Store | undefined,
  ) {
    this.#settings = settings
    this.#server = server
    this.#store = store
    this.#clock = settings.clock ?? realClock
    this.#dice = settings.dice ?? Math.random
    this.#startedAt = this.#clock.now()
    this.#parts = assemble(own, settings, scanned, {
      host: this,
      hasEnded: () => this.#hasEnded,
      failed: (error) => this.failed(error),
      status: () => this.status(),
      whyNotStored: () => this.#whyNotStored,
    })
    this.#ahead = new AheadValue({
      store,
      maxClockDrift: settings.maxClockDrift,
      clock: () => this.clock(),
      log: () => this.#parts.identity.log,
    })
    this.events = this.#parts.events
    this.observer = this.#parts.observer
  }

  start(): void {
    this.#parts.node.start()
    const kept = this.#ahead.atStart(this.#store?.kept ?? this.#settings.kept ?? [])
    this.#parts.life.started(kept)
    this.#parts.node.restore(kept)
    this.#startPeriods()
    watchAddress(
      this.#settings,
      this.#parts.identity,
      this.#parts.timers,
      (to) => this.#move(to),
      (error) => this.failed(error),
    )
    this.#parts.discovery.start()
  }

  /** A connection was turned away. */
  isFull(): void {
    const { maxConnections } = this.#settings.limits
    const { size } = this.#server
    const text = `turns new connections away: ${size} are open, or as many from one address as may be (--limit maxConnections, maxPerHost)`
    this.#parts.warnings.warn('full', { connections: size, maxConnections }, text, '')
  }

  /** Something that passes, and is no reason to end. */
  failed(error: Error): void {
    const { code } = error as NodeJS.ErrnoException
    this.#parts.warnings.warn('system', { code }, `goes on: ${describe(error)}`)
  }

  /**
   * Says goodbye to its peers, which drop it at once, and ends it. What it said before is written first, if that
   * takes no longer than a bound.
   */
  async leave(): Promise<void> {
    if (this.#hasEnded) return
    this.#parts.discovery.stop()
    this.#parts.exchange.sayGoodbye(this.#parts.identity.address, this.#parts.view.all())
    this.stop()
    const deadline = this.now() + LEAVE_MS
    const isWriting = () => this.#parts.outbox.size + this.#server.size > 0
    while (isWriting() && this.now() < deadline) await this.#sleep(LOOK_MS)
  }

  /** Ends it without a goodbye: in good order, or as a crash would. */
  stop(how: 'gently' | 'abruptly' = 'gently'): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#parts.discovery.stop()
    this.#parts.exchange.stop()
    this.#parts.timers.clear()
    this.#parts.outbox.stop()
    this.#parts.node.stop()
    this.events.emit('stopped', how === 'gently' ? {} : { how: 'killed' })
    this.#parts.outbox.close(how)
    this.#server.close(how)
    this.#store?.close()
  }

  /** Does and reads nothing until `resume`, as a stopped process. */
  pause(): void {
    if (!this.isPaused) this.events.emit('paused')
    this.#parts.timers.pause()
    this.#parts.discovery.stop()
    this.#server.pause()
  }

  resume(): void {
    if (this.isPaused) this.events.emit('resumed')
    this.#parts.timers.resume()
    this.#server.resume()
    this.#parts.discovery.start()
  }

  /** "host:port"; another one after its machine's address has changed, unless it was told what to advertise. */
  get address(): string {
    return String(this.#parts.identity.address)
  }

  get isPaused(): boolean {
    return this.#parts.timers.isPaused
  }

  /** What it holds of the key "". */
  get value(): Value | null {
    return this.get()
  }

  /** What it holds of that key. */
  get(key?: string): Value | null {
    return this.#parts.node.get(key)
  }

  /** All that it holds, deleted keys too. */
  values(): readonly Value[] {
    return this.#parts.node.values()
  }

  /** Addresses of its peers, also of those that it passes over. */
  get peers(): readonly string[] {
    return this.#parts.view.all().map(String)
  }

  /** Addresses of those that a strategy may pick: its peers that did not fail, where a topology says so only its neighbours. */
  get pickable(): readonly string[] {
    const { mayPick } = this.#settings
    const all = this.#parts.view.told().map(String)
    return mayPick === undefined ? all : all.filter(mayPick)
  }

  /** Is that a peer, or this node itself? */
  knows(address: string): boolean {
    return address === this.address || this.#parts.view.has(address as unknown as Address)
  }

  /** Is that the remote address of a peer that it met? */
  isHostOfPeer(host: string): boolean {
    return this.#parts.dialLimiter.isHostOfPeer(host)
  }

  /** A client hands it a value. */
  propose(value: string | null, timestamp: number, key = DEFAULT_KEY): Ack {
    return this.#parts.requests.accept({ type: 'value', key, value, timestamp, hops: 0 })
  }

  /** What a line is answered. @throws {ProtocolError} */
  answer(line: string, connection: Incoming): void {
    this.#parts.requests.answer(line, connection)
  }

  status(): Status {
    const peers = this.#parts.view.about().map(({ address, fields, isMet }) => ({
      ...fields,
      address: String(address),
      ...(!isMet && { met: false as const }),
    }))
    return { type: 'status', ...this.summary(), peers }
  }

  /** Its status without the list of its peers, only how many others it knows: cheap, however many. */
  summary(): Omit<Status, 'type' | 'peers'> & { readonly peers: number } {
    const { value = null, timestamp = null } = this.#parts.node.get() ?? {}
    const { container } = this.#settings
    const uptime = Math.round(this.now() - this.#startedAt) / 1000
    return {
      address: this.address,
      strategy: this.#settings.protocol.name,
      value,
      timestamp,
      values: this.#parts.node.count,
      membership: this.#settings.membership.name,
      interested: this.#parts.node.interested,
      peers: this.#parts.view.size,
      ...(container !== undefined && { container }),
      uptime,
      ...this.observer.counters,
    }
  }

  // The host's duties.

  now(): number {
    return this.#clock.now()
  }

  clock(): number {
    return this.#clock.wall()
  }

  random(): number {
    return this.#dice()
  }

  send(to: Address, message: Message): void {
    let { rides } = message
    for (const it of parts(message)) {
      this.#parts.outbox.send(to, it, rides)
      // Rows that are no news any more are left out.
      rides = rides && onlyRows(rides)
    }
  }

  rtt(peer: Address): number | undefined {
    return this.#parts.roundTrips.of(peer)
  }

  after(periods: number, act: () => void): boolean {
    return this.#parts.timerLimit.add(periods * this.#settings.period, act)
  }

  forgot({ key }: Value): void {
    this.#store?.forget(key)
  }

  store(value: Value): string | undefined {
    this.#whyNotStored = this.#store?.keep(value)
    return this.#whyNotStored
  }

  // What it does by itself.

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(ms, resolve))
  }

  /** Periods at a phase of its own, so that nodes started together don't send together. */
  #startPeriods(): void {
    const { period } = this.#settings
    const next = (): void => {
      if (this.#ahead.period(this.#parts.node)) this.#tellRestarted()
      this.#parts.requests.period()
      this.#parts.node.period()
      this.#parts.selfCheck.period()
      this.#parts.timers.schedule(period, next)
    }
    this.#parts.timers.schedule(this.random() * period, next)
  }

  /** Goes by another address: its old connections lead nowhere, and its peers learn of it from itself. */
  #move(to: Address): void {
    const before = this.#parts.identity.address
    const { host } = endpointOf(to)
    this.events.emit('stopped')
    this.#parts.identity.move(to)
    this.#parts.node.moved(to)
    this.#parts.view.moved(to)
    this.#parts.addressFilter.learn(learntAt(this.#settings, host))
    this.#parts.outbox.moved()
    const scanned = scannedFrom(this.#settings, host, (why) => this.#parts.identity.log.warn(why))
    const scan = scanned && formatSubnet(scanned)
    this.#parts.identity.log.info({ before, scan }, `goes by ${to} now: its machine's address has changed`)
    this.#parts.life.started(this.#parts.node.values())
    this.#parts.exchange.introduce(before)
    this.#parts.discovery.move(scanned && new Scan(scanned))
  }

  #tellRestarted(): void {
    this.events.emit('stopped')
    this.#parts.life.started([])
  }
}
