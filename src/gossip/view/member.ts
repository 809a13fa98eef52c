/** One node as its membership's handlers see it: who is a peer, and what is said about that. No I/O, as the node itself. */
import { aside, countCall, countMessages } from '../budget.ts'
import { fieldsToSend } from '../fields.ts'
import { HandlerCalls, type HandlersHost, NO_FIELDS } from '../handler-calls.ts'
import type { MembershipEvent, MembershipQuestion } from '../handlers.ts'
import type { Membership, MembershipNode } from '../membership.ts'
import type { Fields, MembershipMessage } from '../message.ts'
import type { MembershipProtocol } from '../protocol.ts'
import type { Address } from '../strategy.ts'
import { SchemaViolation } from '../strategy-error.ts'
import type { Peers } from './peers.ts'
import { pick } from './pick.ts'
import type { Except } from './view.ts'

/** A membership's way to the world: that of its node, but for its dice, which are others. */
export interface MembershipHost extends HandlersHost {
  /** May this node speak to that address? */
  allows(peer: Address): boolean
  /** Queues a message. */
  send(to: Address, message: MembershipMessage): void
  /**
   * Asks whether that node is there, if it allows that address and was not asked too much; where it is, the view is told
   * that it was reached.
   */
  greet(peer: Address): void
  /** Ms on a monotonic clock with any origin. */
  now(): number
  /** Ms since 1970, an integer. */
  clock(): number
  /** Ms of a period. */
  readonly period: number
}

/** Hears what a handler did to the peers. */
export interface PeersListener {
  added(peer: Address): void
  dropped(peer: Address): void
  suspended(peer: Address): void
  /** Of those that are not passed over. */
  pick(k: number, except: Except, random: () => number): Address[]
  /** A handler has returned. */
  handled(): void
}

export class Member
  extends HandlerCalls<MembershipProtocol, MembershipEvent, MembershipQuestion, MembershipHost, Peers>
  implements MembershipNode
{
  readonly #listener: PeersListener
  readonly #random = (): number => this.host.random()
  #isRiding = false
  /** What rode last, as it came from the file and as it left. */
  #ride: { readonly given: unknown; readonly sealed: Fields } | undefined

  constructor(
    self: Address,
    protocol: MembershipProtocol,
    peers: Peers,
    host: MembershipHost,
    listener: PeersListener,
  ) {
    super({ address: self, delays: undefined, state: undefined }, protocol, peers, host)
    this.#listener = listener
  }

  protected get handlers(): Membership {
    return this.protocol.membership
  }

  protected handled(): void {
    this.#listener.handled()
  }

  // For the view.

  start(): void {
    const { state } = this.protocol.membership
    this.memory.state = this.ask('state', () => state?.({ options: this.options }), undefined)
  }

  moved(to: Address): void {
    this.rename(to)
  }

  happened(handler: Exclude<MembershipEvent, 'onRide'>, peer?: Address): void {
    this.tell(handler, peer)
  }

  /** @returns does it know such messages? */
  receive(from: Address, { name, fields }: MembershipMessage): boolean {
    return this.handle(name, from, fields)
  }

  rode(from: Address, fields: Fields): void {
    this.tell('onRide', from, fields)
  }

  /** What rides on the message that is about to leave, maybe in the middle of a handler. */
  ride(): Fields | undefined {
    const { rides, membership } = this.protocol
    if (rides === undefined || membership.ride === undefined) return undefined
    this.#isRiding = true
    try {
      return aside(() =>
        this.ask(
          'ride',
          () => {
            const given = membership.ride?.(this)
            if (given === undefined) return undefined
            if (given !== this.#ride?.given)
              this.#ride = { given, sealed: fieldsToSend('membership', rides, given) }
            return this.#ride.sealed
          },
          undefined,
        ),
      )
    } finally {
      this.#isRiding = false
    }
  }

  /** Nodes that are no peers, and are known of. */
  others(): Address[] {
    const { membership } = this.protocol
    if (membership.others === undefined) return []
    return aside(() => this.ask('others', () => [...(membership.others?.(this) ?? [])], []))
  }

  /** What is known of each of these, for whoever asks. */
  about(peers: readonly Address[]): Fields[] {
    const { membership } = this.protocol
    const nothing = peers.map(() => NO_FIELDS)
    if (membership.about === undefined) return nothing
    return aside(() =>
      this.ask('about', () => peers.map((it) => ({ ...membership.about?.(this, it) })), nothing),
    )
  }

  // What a membership sees.

  get now(): number {
    countCall()
    return this.host.now() / this.host.period
  }

  get clock(): number {
    countCall()
    return this.host.clock()
  }

  get period(): number {
    return this.host.period
  }

  get peers(): readonly Address[] {
    countCall()
    return this.view.list()
  }

  add(peer: Address): boolean {
    countCall()
    if (this.view.has(peer)) return true
    if (peer === this.self || !this.host.allows(peer) || !this.view.add(peer)) return false
    this.#listener.added(peer)
    return true
  }

  drop(peer: Address): void {
    countCall()
    if (this.view.drop(peer)) this.#listener.dropped(peer)
  }

  suspend(peer: Address): void {
    countCall()
    if (this.view.has(peer)) this.#listener.suspended(peer)
  }

  greet(peer: Address): void {
    countCall()
    if (peer !== this.self) this.host.greet(peer)
  }

  sample<T>(from: Iterable<T>, k: number): T[] {
    countCall()
    return pick(Array.isArray(from) ? (from as readonly T[]) : [...from], k, this.#random)
  }

  pick(k: number, except?: Except | null): Address[] {
    countCall()
    return this.#listener.pick(k, except ?? [], this.#random)
  }

  send(to: readonly Address[], name: string, fields: Fields = NO_FIELDS): void {
    countCall()
    if (this.#isRiding) throw new SchemaViolation(`sends ${name} in ride, while another message leaves`)
    const sealed = this.sealed(name, fields)
    const receivers = to.filter((it) => it !== this.self && this.host.allows(it))
    if (receivers.length === 0) return
    countMessages(receivers.length)
    const message: MembershipMessage = { type: 'membership', name, fields: sealed, rides: this.ride() }
    for (const it of receivers) this.host.send(it, message)
  }
}
