/**
 * The view of peers that a membership's file keeps. What strangers can do to any such file is bounded here: there are so
 * many peers, and only addresses that the host allows. Who spoke and is no peer is a guest: a strategy may answer it. Of
 * guests there are few, too, and who makes room for another is told to be gone, as a strategy may remember it.
 */
import type { Fields, MembershipMessage, PeerRow } from '../message.ts'
import type { MembershipProtocol } from '../protocol.ts'
import type { Address } from '../strategy.ts'
import { Member, type MembershipHost, type PeersListener } from './member.ts'
import { Peers } from './peers.ts'
import type { Change, Except, Gone, PeerView } from './view.ts'

export interface MembershipLimits {
  /** Peers at a time. */
  readonly maxPeers: number
  /** Others that spoke, at a time. */
  readonly maxGuests: number
}

export const MEMBERSHIP_LIMITS: MembershipLimits = { maxPeers: 1024, maxGuests: 256 }

const UNCHANGED: Change = { up: [], gone: [] }

export class MembershipView implements PeerView, PeersListener {
  readonly #peers: Peers
  readonly #member: Member
  readonly #host: MembershipHost
  readonly #maxGuests: number
  readonly #areLinks: boolean
  readonly #guests = new Set<Address>()
  #changed: (change: Change) => void = () => {}
  #up = new Set<Address>()
  #gone = new Map<Address, Gone>()
  /** Who could not be reached, as its node tells itself. */
  #failing: Address | undefined

  constructor(
    self: Address,
    protocol: MembershipProtocol,
    host: MembershipHost,
    limits: MembershipLimits = MEMBERSHIP_LIMITS,
  ) {
    this.#host = host
    this.#maxGuests = limits.maxGuests
    this.#areLinks = protocol.membership.links === true
    this.#peers = new Peers(limits.maxPeers)
    this.#member = new Member(self, protocol, this.#peers, host, this)
  }

  get size(): number {
    return this.#peers.size
  }

  /** Its membership's messages to itself that have not come yet. */
  get waiting(): number {
    return this.#member.waiting
  }

  list(): Address[] {
    return this.#peers.list()
  }

  links(): readonly Address[] | null {
    return this.#areLinks ? this.#peers.list() : null
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    return this.#peers.pick(k, except, random)
  }

  share(): undefined {}

  knows(address: Address): boolean {
    return this.#peers.has(address) || this.#guests.has(address)
  }

  begin(changed: (change: Change) => void): void {
    this.#changed = changed
    this.#member.start()
  }

  end(): void {
    this.#member.stop()
  }

  heard(from: Address): Change {
    if (this.#peers.has(from) || from === this.#member.self || !this.#host.allows(from)) return UNCHANGED
    this.#guests.delete(from)
    this.#guests.add(from)
    if (this.size === 0) this.#member.happened('onContact', from)
    const [eldest] = this.#guests
    if (eldest === undefined || this.#guests.size <= this.#maxGuests) return UNCHANGED
    this.#guests.delete(eldest)
    return { up: [], gone: [{ peer: eldest, wasUp: false }] }
  }

  /** Discovery found it. */
  reached(peer: Address, _rows: readonly PeerRow[] = []): Change {
    if (peer !== this.#member.self && this.#host.allows(peer)) this.#member.happened('onContact', peer)
    return UNCHANGED
  }

  failed(peer: Address): boolean {
    const was = this.#peers.has(peer)
    this.#guests.delete(peer)
    this.#failing = peer
    this.#member.happened('onUnreachable', peer)
    this.#failing = undefined
    return was && !this.#peers.has(peer)
  }

  /** That one says that it goes away; the host knows that it was it. */
  departed(peer: Address): void {
    this.#member.happened('onGoodbye', peer)
  }

  /** The node goes by that address now. */
  moved(to: Address): void {
    this.#member.moved(to)
    if (this.#peers.drop(to)) this.dropped(to)
    this.handled()
  }

  period(): readonly Gone[] {
    this.#member.happened('onPeriod')
    return []
  }

  receive(from: Address, message: MembershipMessage): boolean {
    return this.#member.receive(from, message)
  }

  ride(): Fields | undefined {
    return this.#member.ride()
  }

  rode(from: Address, fields: Fields): void {
    this.#member.rode(from, fields)
  }

  // What its membership did.

  added(peer: Address): void {
    this.#guests.delete(peer)
    if (!this.#gone.delete(peer)) this.#up.add(peer)
  }

  dropped(peer: Address): void {
    if (!this.#up.delete(peer)) this.#gone.set(peer, { peer, wasUp: true })
  }

  handled(): void {
    if (this.#failing !== undefined) this.#gone.delete(this.#failing)
    if (this.#up.size === 0 && this.#gone.size === 0) return
    const change = { up: [...this.#up], gone: [...this.#gone.values()] }
    this.#up = new Set()
    this.#gone = new Map()
    this.#changed(change)
  }
}
