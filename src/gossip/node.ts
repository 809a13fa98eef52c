/**
 * One node of a gossip cluster: a value, a view of peers, a strategy. No I/O: it reaches the world only
 * through its host, which may be a daemon with sockets or a simulator with a million of these.
 *
 * The node, not the strategy, decides which value wins, merges what it hears of peers, and counts. To the
 * strategy's handlers it shows itself as a `StrategyNode`.
 */
import { countAction, countCall, countLine, countMessages, enter, lastHandler, leave } from './budget.ts'
import { carriedBy, fieldsToSend } from './fields.ts'
import { progressed } from './handler-progress.ts'
import type { EventHandler } from './handlers.ts'
import type { Host, NodeSettings } from './host.ts'
import {
  type Fields,
  isValue,
  type Message,
  type OwnMessage,
  type PeerRow,
  type ValueMessage,
  valueMessage,
} from './message.ts'
import type { Protocol } from './protocol.ts'
import type { Address, StrategyNode } from './strategy.ts'
import { assertFinite, assertSynchronous, Runaway, SchemaViolation, StrategyError } from './strategy-error.ts'
import { type Held, held, timestampOf, type Value, wins } from './value.ts'
import type { Except, Gone, PeerView } from './view/view.ts'

const NOBODY: Except = []

/** What became of a message: `newer` was taken, `ahead` and `not-stored` were refused, the others changed nothing. */
export type Verdict = 'newer' | 'same' | 'older' | 'ahead' | 'not-stored' | 'other'

export class GossipNode implements StrategyNode {
  #address: Address
  readonly #protocol: Protocol
  readonly #view: PeerView
  readonly #host: Host
  readonly #settings: NodeSettings
  #state: unknown
  #held: Held | null = null
  #hops = 0
  #running = false

  constructor(address: Address, protocol: Protocol, view: PeerView, host: Host, settings: NodeSettings) {
    this.#address = address
    this.#protocol = protocol
    this.#view = view
    this.#host = host
    this.#settings = settings
  }

  // The doors, for the host.

  start(): void {
    this.#running = true
    this.#attempt('state', () => {
      this.#state = this.#protocol.strategy.state?.({ options: this.options, number: this.number })
      return this.#state
    })
  }

  period(): void {
    this.#lost(this.#view.period(this.#host.now(), this.#host.clock()))
    this.#call('onPeriod')
  }

  /** A message came: from that peer, or (null) from a client. */
  receive(from: Address | null, message: Message): Verdict {
    this.#host.observer.received(from, message)
    if (from !== null) this.meet(from, message.peers ?? [])
    const peer = this.#peer(from)
    return isValue(message) ? this.#consider(from, peer, message) : this.#deliver(from, peer, message)
  }

  /** That value came before and could not be kept then: what becomes of it now? */
  again(from: Address, message: ValueMessage): Verdict {
    return this.#consider(from, this.#peer(from), message)
  }

  /** That peer spoke, or the host reached it at its own address, and it told of these peers. */
  meet(from: Address, rows: readonly PeerRow[], how: 'heard' | 'reached' = 'heard'): void {
    const { up, gone } = this.#view[how](from, rows, this.#host.now())
    for (const peer of up) this.#host.observer.peerUp(peer)
    if (gone.length > 0) this.#lost(gone)
  }

  get address(): Address {
    return this.#address
  }

  /** From now on it goes by that address; no peer is there any more. */
  moved(to: Address): void {
    this.peerDown(to)
    this.#address = to
  }

  /** It has started with a value that it kept from before: that is news to its strategy, too. */
  restore(value: Value): void {
    this.#held = held(value)
    const { onRestored } = this.#protocol.strategy
    this.#call(onRestored === undefined ? 'onNewer' : 'onRestored')
  }

  /** What it holds counts no more, as its clock has been set back: it goes on as one that got none. */
  forget(): void {
    this.#held = null
  }

  /** That peer can't be reached. */
  peerDown(peer: Address): void {
    this.#down(peer, this.#view.failed(peer, this.#host.now()))
  }

  /** From here on nothing happens any more; timers that are still set do nothing. */
  stop(): void {
    this.#running = false
  }

  get value(): Value | null {
    return this.#held
  }

  /** Links that the value held has crossed to get here. */
  get hops(): number {
    return this.#hops
  }

  /** The strategy sends without end, as only a host that watches many nodes can see. */
  runaway(what: string): void {
    this.#fault(lastHandler(), new Runaway(what))
  }

  /** Does this node still spread what it holds? */
  get interested(): boolean {
    const { strategy } = this.#protocol
    if (strategy.interested === undefined) return this.#held !== null
    this.#enter('interested', true)
    try {
      const answer = strategy.interested(this)
      assertSynchronous(answer)
      return answer
    } catch (cause) {
      this.#fault('interested', cause)
      return true
    } finally {
      leave()
    }
  }

  // What a strategy sees.

  get options(): Readonly<Record<string, unknown>> {
    return this.#protocol.options
  }

  get state(): unknown {
    return this.#state
  }

  get version(): string | null {
    return this.#held === null ? null : this.#held.version
  }

  get peers(): readonly Address[] {
    countCall()
    return this.#view.list(this.#host.now())
  }

  get number(): number {
    return this.#settings.number
  }

  pick(k: number, except?: Except | null): Address[] {
    countCall()
    return this.#view.pick(k, except ?? NOBODY, () => this.#host.random(), this.#host.now())
  }

  lacks(version: string): boolean {
    countCall()
    const timestamp = timestampOf(version)
    if (timestamp === undefined || this.#isAhead(timestamp)) return false
    if (this.#held === null || timestamp > this.#held.timestamp) return true
    // Of two values with one timestamp a hash can't tell which wins: it must be asked for.
    return timestamp === this.#held.timestamp && version !== this.#held.version
  }

  isNewerThan(version: string | null): boolean {
    countCall()
    if (this.#held === null || version === this.#held.version) return false
    const timestamp = version === null ? -1 : timestampOf(version)
    return timestamp !== undefined && timestamp <= this.#held.timestamp
  }

  sendValue(to: readonly Address[], carried?: Fields): void {
    countAction()
    if (this.#held === null || to.length === 0) return
    const fields = this.#protocol.carries && fieldsToSend('value', this.#protocol.carries, carried ?? {})
    this.#send(to, valueMessage(this.#held, this.#hops + 1, fields, this.#rows()))
  }

  send(to: readonly Address[], type: string, fields: Fields): void {
    countAction()
    const schema = this.#protocol.messages.get(type)
    if (schema === undefined) throw new SchemaViolation(`has no message ${type}`)
    const sealed = fieldsToSend(type, schema, fields)
    if (to.length > 0) this.#send(to, { type, fields: sealed, peers: this.#rows() })
  }

  chance(p: number): boolean {
    countCall()
    return this.#host.random() < p
  }

  after(periods: number, act: () => void): void {
    countAction()
    if (!(periods >= 0 && periods <= 1e6)) throw new Error(`can't wait ${periods} periods (0 to 1e6)`)
    this.#host.after(periods, () => {
      if (this.#running) this.#attempt('after', act)
    })
  }

  report(name: string, value: number): void {
    countAction()
    assertFinite(name, value)
    this.#host.observer.report(name, value)
  }

  log(...what: unknown[]): void {
    countCall()
    const line = countLine()
    if (line !== 'dropped') this.#host.observer.logged(line === 'last' ? ['... and more'] : what)
  }

  // How it works.

  /**
   * Who a handler is told that it is from: nobody whom the view has no room for, so that a strategy, of all that it
   * remembers, hears when that is down. Anybody can claim to be anybody.
   */
  #peer(from: Address | null): Address | null {
    return from !== null && from !== this.#address && this.#view.knows(from) ? from : null
  }

  /** @param peer the sender, as handlers are told it */
  #consider(from: Address | null, peer: Address | null, message: ValueMessage): Verdict {
    const verdict = this.#judge(message)
    // First kept, then taken: whoever is told of a value that is held can count on it.
    const notStored = verdict === 'newer' ? this.#host.store(message) : undefined
    if (notStored !== undefined) {
      this.#host.observer.refused(from, message, notStored)
      return 'not-stored'
    }
    if (verdict === 'ahead') {
      this.#host.observer.refused(from, message)
    } else if (verdict === 'newer') {
      this.#held = held(message)
      this.#hops = message.hops
      this.#host.observer.updated(from, this.#held, message.hops)
      this.#call('onNewer', peer, this.#carried(message))
    } else {
      this.#host.observer.ignored(from, message)
      if (peer !== null) this.#call(verdict === 'same' ? 'onKnown' : 'onOlder', peer, this.#carried(message))
    }
    return verdict
  }

  #judge(value: Value): 'newer' | 'same' | 'older' | 'ahead' {
    if (this.#isAhead(value.timestamp)) return 'ahead'
    if (this.#held === null || wins(value, this.#held)) return 'newer'
    return wins(this.#held, value) ? 'older' : 'same'
  }

  #isAhead(timestamp: number): boolean {
    return timestamp > this.#host.clock() + this.#settings.maxClockDrift
  }

  /** What the strategy's fields on a value say; null where a client or another strategy sent it. */
  #carried({ fields }: ValueMessage): Fields | null {
    return carriedBy(this.#protocol, fields) ?? null
  }

  #deliver(from: Address | null, peer: Address | null, message: OwnMessage): Verdict {
    const { type, fields } = message
    // Not every name that an object answers to is a message: a stranger may well say "constructor".
    const handle = this.#protocol.messages.has(type) ? this.#protocol.strategy.onMessage?.[type] : undefined
    if (handle === undefined || peer === null) this.#host.observer.ignored(from, message)
    else this.#attempt(`onMessage.${type}`, () => handle(this, peer, fields))
    return 'other'
  }

  #lost(gone: readonly Gone[]): void {
    for (const { peer, wasUp } of gone) this.#down(peer, wasUp)
  }

  /** A strategy is told each time, as it may have picked that peer again since it was told last. */
  #down(peer: Address, isNews: boolean): void {
    if (isNews) this.#host.observer.peerDown(peer)
    this.#call('onPeerDown', peer)
  }

  #rows(): readonly PeerRow[] | undefined {
    return this.#view.share(() => this.#host.random(), this.#host.now())
  }

  #send(to: readonly Address[], message: Message): void {
    countMessages(to.length)
    for (const peer of to) {
      progressed()
      if (peer !== this.#address) this.#host.send(peer, message)
    }
  }

  #call(handler: EventHandler, peer: Address | null = null, carried: Fields | null = null): void {
    const { strategy } = this.#protocol
    if (strategy[handler] === undefined) return
    this.#enter(handler)
    try {
      assertSynchronous(strategy[handler](this, peer as Address, carried))
    } catch (cause) {
      this.#fault(handler, cause)
    } finally {
      leave()
    }
  }

  #attempt(handler: string, act: () => unknown): void {
    this.#enter(handler)
    try {
      assertSynchronous(act())
    } catch (cause) {
      this.#fault(handler, cause)
    } finally {
      leave()
    }
  }

  #enter(handler: string, asks = false): void {
    enter(handler, this.#protocol.pulses.get(handler)!, this.#view.size, asks)
  }

  #fault(handler: string, cause: unknown): void {
    const { name, placeOf } = this.#protocol
    // A fault within a fault has named its place.
    const place = cause instanceof StrategyError ? undefined : placeOf?.(cause)
    this.#host.observer.fault(new StrategyError(name, handler, cause, place))
  }
}
