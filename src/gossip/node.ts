/**
 * One node of a gossip cluster: values under keys, a view of peers, a strategy. No I/O: it reaches the world only
 * through its host, which may be a daemon with sockets or a simulator with a million of these.
 *
 * The node, not the strategy, decides which value wins, merges what it hears of peers, and counts. To the
 * strategy's handlers it shows itself as a `StrategyNode`.
 */
import { countCall, countMessages, lastHandler } from './budget.ts'
import { carriedBy, fieldsToSend } from './fields.ts'
import { NO_FIELDS } from './handler-calls.ts'
import { progressed } from './handler-progress.ts'
import {
  type Fields,
  isValue,
  isValues,
  type MembershipMessage,
  type Message,
  type OwnMessage,
  type ValueMessage,
} from './message.ts'
import type { Address, Item, StrategyNode } from './strategy.ts'
import { assertFinite, Runaway } from './strategy-error.ts'
import type { Value } from './value.ts'
import { ValueHolder } from './value-holder.ts'
import type { Entry } from './values/held.ts'
import { isExpired, judge, type Refusal, reasonOf } from './values/judge.ts'
import type { Change, Except } from './view/view.ts'

const NOBODY: Except = []

/** What became of a message: of a value `newer` was taken, `same` and `older` changed nothing, the others were refused. */
export type Verdict = 'newer' | 'same' | 'older' | Refusal | 'other'

export class GossipNode extends ValueHolder implements StrategyNode {
  // The doors, for the host.

  start(): void {
    this.view.begin?.((change) => this.#changed(change))
    this.attempt('state', () => {
      this.memory.state = this.protocol.strategy.state?.({ options: this.options, number: this.number })
      return this.memory.state
    })
  }

  period(): void {
    this.age()
    this.view.period()
    this.tell('onPeriod')
  }

  /** A message came: from that peer, or (null) from a client. @returns of several values: what became of the last */
  receive(from: Address | null, message: Message): Verdict {
    this.host.observer.received(from, message)
    if (from !== null) this.meet(from, message.rides)
    const peer = this.#peer(from)
    if (isValue(message)) return this.#consider(from, peer, message)
    if (!isValues(message)) return this.#deliver(from, peer, message)
    let verdict: Verdict = 'other'
    for (const it of message.values) verdict = this.#consider(from, peer, it)
    return verdict
  }

  /** A message of the membership came. @returns does it know such messages? */
  receiveMembership(from: Address, message: MembershipMessage): boolean {
    if (message.rides !== undefined) this.view.rode?.(from, message.rides)
    return this.view.receive?.(from, message) ?? false
  }

  /** That value came before and could not be kept then: what becomes of it now? */
  again(from: Address, message: ValueMessage): Verdict {
    return this.#consider(from, this.#peer(from), message)
  }

  /** That peer spoke, or the host reached it at its own address; that rode on what it said. */
  meet(from: Address, rides?: Fields | undefined, how: 'heard' | 'reached' = 'heard'): void {
    this.#changed(this.view[how](from))
    if (rides !== undefined) this.view.rode?.(from, rides)
  }

  /** From now on it goes by that address; no peer is there any more. */
  moved(to: Address): void {
    this.peerDown(to)
    this.rename(to)
  }

  /** It has started with values that it kept from before: that is news to its strategy, too. */
  restore(values: Iterable<Value>): void {
    const kept: Entry[] = []
    for (const it of values) {
      if (isExpired(it, this.settings, this.host.clock())) this.host.forgot(it)
      else kept.push(this.put(it, 0))
    }
    const handler = this.protocol.strategy.onRestored === undefined ? 'onNewer' : 'onRestored'
    for (const entry of kept) this.tellOf(handler, entry, null, null)
  }

  /** That peer can't be reached. */
  peerDown(peer: Address): void {
    this.#down(peer, this.view.failed(peer))
  }

  override stop(): void {
    super.stop()
    this.view.end?.()
  }

  /** The strategy sends without end, as only a host that watches many nodes can see. */
  runaway(what: string): void {
    this.fault(lastHandler(), new Runaway(what))
  }

  // What a strategy sees.

  get number(): number {
    return this.settings.number
  }

  get peers(): readonly Address[] {
    countCall()
    return this.view.list()
  }

  get links(): readonly Address[] | null {
    countCall()
    return this.view.links?.() ?? null
  }

  pick(k: number, except?: Except | null): Address[] {
    countCall()
    return this.view.pick(k, except ?? NOBODY, () => this.host.random())
  }

  sendValue(
    to: readonly Address[],
    items: Item | readonly Item[] = this.memory.holdings.all(),
    carried?: Fields,
  ): void {
    countCall()
    const entries = this.present(items)
    if (entries.length === 0 || to.length === 0) return
    const fields = this.protocol.carries && fieldsToSend('value', this.protocol.carries, carried ?? {})
    if (entries.length === 1) this.#send(to, entries[0]!.message(fields))
    else this.#send(to, { type: 'values', values: entries.map((it) => it.message(fields)) })
  }

  send(to: readonly Address[], type: string, fields: Fields = NO_FIELDS): void {
    countCall()
    const sealed = this.sealed(type, fields)
    if (to.length > 0) this.#send(to, { type, fields: sealed })
  }

  rtt(peer: Address): number | undefined {
    countCall()
    return this.host.rtt(peer)
  }

  report(name: string, value: number): void {
    countCall()
    assertFinite(name, value)
    this.host.observer.report(name, value)
  }

  // How it works.

  /**
   * Who a handler is told that it is from: nobody whom the view has no room for, so that a strategy, of all that it
   * remembers, hears when that is down. Anybody can claim to be anybody.
   */
  #peer(from: Address | null): Address | null {
    return from !== null && from !== this.address && this.view.knows(from) ? from : null
  }

  /** @param peer the sender, as handlers are told it */
  #consider(from: Address | null, peer: Address | null, message: ValueMessage): Verdict {
    const { observer } = this.host
    const verdict = judge(message, this.memory.holdings, this.settings, this.host.clock())
    switch (verdict) {
      case 'newer':
        return this.#take(from, peer, message)
      case 'same':
      case 'older':
        observer.ignored(from, message)
        if (peer !== null)
          this.tellOf(
            verdict === 'same' ? 'onKnown' : 'onOlder',
            this.memory.holdings.get(message.key)!,
            peer,
            this.#carried(message),
          )
        return verdict
      default:
        observer.refused(from, message, verdict, reasonOf(verdict, this.settings))
        return verdict
    }
  }

  #take(from: Address | null, peer: Address | null, message: ValueMessage): Verdict {
    // First kept, then taken: whoever is told of a value that is held can count on it.
    const notStored = this.host.store(message)
    if (notStored !== undefined) {
      this.host.observer.refused(from, message, 'not-stored', notStored)
      return 'not-stored'
    }
    const entry = this.put(message, message.hops)
    this.host.observer.updated(from, entry.held, entry.hops)
    this.tellOf('onNewer', entry, peer, this.#carried(message))
    return 'newer'
  }

  /** What the strategy's fields on a value say; null where a client or another strategy sent it. */
  #carried({ fields }: ValueMessage): Fields | null {
    return carriedBy(this.protocol, fields) ?? null
  }

  #deliver(from: Address | null, peer: Address | null, message: OwnMessage): Verdict {
    if (peer === null || !this.handle(message.type, peer, message.fields))
      this.host.observer.ignored(from, message)
    return 'other'
  }

  #changed({ up, gone }: Change): void {
    for (const peer of up) {
      this.host.observer.peerUp(peer)
      this.tell('onPeerUp', peer)
    }
    for (const { peer, wasUp } of gone) this.#down(peer, wasUp)
  }

  /** A strategy is told each time, as it may have picked that peer again since it was told last. */
  #down(peer: Address, isNews: boolean): void {
    if (isNews) this.host.observer.peerDown(peer)
    this.tell('onPeerDown', peer)
  }

  #send(to: readonly Address[], message: Message): void {
    countMessages(to.length)
    const rides = this.view.ride?.()
    const told = rides === undefined ? message : { ...message, rides }
    for (const peer of to) {
      progressed()
      if (peer !== this.address) this.host.send(peer, told)
    }
  }
}
