/**
 * The view of peers that a membership's file keeps. What strangers can do to any such file is bounded here: there are so
 * many peers, and only addresses that the host allows; whom the file hears of it may have asked, within the host's bounds.
 * Who spoke and is no peer is a guest: a strategy may answer it. Of guests there are few, too, and who was silent for some
 * periods, or makes room for another, is told to be gone, as a strategy may remember it.
 */
import { EXPIRY_PERIODS } from '../defaults.ts'
import type { Fields, MembershipMessage } from '../message.ts'
import type { MembershipProtocol } from '../protocol.ts'
import type { Address } from '../strategy.ts'
import { isExcepted } from './except.ts'
import { Member, type MembershipHost, type PeersListener } from './member.ts'
import { Peers } from './peers.ts'
import { Suspensions } from './suspensions.ts'
import type { Change, Except, Gone, PeerView } from './view.ts'

export interface MembershipLimits {
  /** Peers at a time. */
  readonly maxPeers: number
  /** Others that spoke, at a time. */
  readonly maxGuests: number
  /** Peers remembered after they were dropped, to be asked now and then. */
  readonly maxForgotten: number
}

export const MEMBERSHIP_LIMITS: MembershipLimits = { maxPeers: 1024, maxGuests: 256, maxForgotten: 256 }

const UNCHANGED: Change = { up: [], gone: [] }

export class MembershipView implements PeerView, PeersListener {
  readonly #peers: Peers
  readonly #suspensions: Suspensions
  readonly #member: Member
  readonly #host: MembershipHost
  readonly #limits: MembershipLimits
  readonly #areLinks: boolean
  readonly #isNeighbour: ((address: Address) => boolean) | undefined
  /** With the time that each spoke last; longest silent first. */
  readonly #guests = new Map<Address, number>()
  /** Peers once, and dropped; the oldest first. */
  readonly #forgotten = new Set<Address>()
  #changed: (change: Change) => void = () => {}
  #up = new Set<Address>()
  #gone = new Map<Address, Gone>()
  /** Who could not be reached, as its node tells itself, and was that news? */
  #failing: Address | undefined
  #isNews = false

  /** @param isNeighbour whom a strategy may pick, where that is not every peer */
  constructor(
    self: Address,
    protocol: MembershipProtocol,
    host: MembershipHost,
    limits: MembershipLimits = MEMBERSHIP_LIMITS,
    isNeighbour?: (address: Address) => boolean,
  ) {
    this.#host = host
    this.#limits = limits
    this.#areLinks = protocol.membership.links === true
    this.#isNeighbour = isNeighbour
    this.#peers = new Peers(limits.maxPeers)
    this.#suspensions = new Suspensions(() => host.now())
    this.#member = new Member(self, protocol, this.#peers, host, this)
  }

  get size(): number {
    return this.#peers.size
  }

  /** Its membership's messages to itself that have not come yet. */
  get waiting(): number {
    return this.#member.waiting
  }

  // Whom a strategy may pick. One that has nobody may well answer who spoke last, before it was reached.

  list(): Address[] {
    const peers = this.up()
    return peers.length > 0 ? peers : this.#lastGuest([])
  }

  /** Of its peers those that are not passed over. */
  up(): Address[] {
    const all = this.#peers.list()
    return this.#isWhole ? all : all.filter((it) => !this.#isOut(it))
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    const isOut = this.#isWhole
      ? (it: Address) => isExcepted(except, it)
      : (it: Address) => isExcepted(except, it) || this.#isOut(it)
    const picked = this.#peers.pick(k, isOut, random)
    return picked.length > 0 || k < 1 ? picked : this.#lastGuest(except)
  }

  links(): readonly Address[] | null {
    return this.#areLinks ? this.up() : null
  }

  knows(address: Address): boolean {
    return this.#peers.has(address) || this.#guests.has(address)
  }

  // What a host asks of it.

  /** Those of its peers of which it was told last that they are up. */
  told(): Address[] {
    const all = this.#peers.list()
    return this.#suspensions.size === 0 ? all : all.filter((it) => !this.#suspensions.has(it))
  }

  /** Every peer, those that are passed over too. */
  all(): Address[] {
    return this.#peers.list()
  }

  /** The node itself, every peer, and whom its membership knows of beside these, with what it knows of each. */
  about(): { readonly address: Address; readonly fields: Fields; readonly isMet: boolean }[] {
    const others = this.#member.others().slice(0, Math.max(0, this.#limits.maxPeers - this.size))
    const all = [this.#member.self, ...this.#peers.list(), ...others]
    const fields = this.#member.about(all)
    return all.map((address, i) => ({ address, fields: fields[i]!, isMet: i <= this.size }))
  }

  has(address: Address): boolean {
    return this.#peers.has(address)
  }

  get hasRoom(): boolean {
    return this.#peers.size < this.#limits.maxPeers
  }

  /** Is it a peer that did not fail when it was tried last? */
  isUp(address: Address): boolean {
    return this.#peers.has(address) && !this.#suspensions.has(address)
  }

  /** Has it to be asked before it is a peer: one that was never met, or one that failed and whose pause is over? */
  isWorthAsking(address: Address): boolean {
    if (!this.#peers.has(address)) return address !== this.#member.self
    return this.#suspensions.has(address) && !this.#suspensions.isOn(address)
  }

  /** Is there nobody whom this node could pick, of those that it reached? */
  get isAlone(): boolean {
    return (
      this.#peers.size === this.#suspensions.size && this.#peers.every((it) => this.#suspensions.isOn(it))
    )
  }

  forgotten(): readonly Address[] {
    return [...this.#forgotten]
  }

  // What it is told.

  begin(changed: (change: Change) => void): void {
    this.#changed = changed
    this.#member.start()
  }

  end(): void {
    this.#member.stop()
  }

  heard(from: Address): Change {
    if (this.#peers.has(from)) {
      if (this.#suspensions.has(from)) this.#host.greet(from)
      return UNCHANGED
    }
    // Where there is no room for one more peer a stranger can still bring a newer value, and no more than that.
    if (!this.hasRoom || from === this.#member.self || !this.#host.allows(from)) return UNCHANGED
    this.#guests.delete(from)
    this.#guests.set(from, this.#host.now())
    if (this.size === 0) this.#host.greet(from)
    const [eldest] = this.#guests.keys()
    if (eldest === undefined || this.#guests.size <= this.#limits.maxGuests) return UNCHANGED
    this.#guests.delete(eldest)
    return { up: [], gone: [{ peer: eldest, wasUp: false }] }
  }

  reached(peer: Address): Change {
    if (peer === this.#member.self || !this.#host.allows(peer)) return UNCHANGED
    const isBack = this.#suspensions.end(peer)
    this.#member.happened('onContact', peer)
    return isBack && this.#peers.has(peer) ? { up: [peer], gone: [] } : UNCHANGED
  }

  failed(peer: Address): boolean {
    const was = this.#peers.has(peer)
    this.#guests.delete(peer)
    this.#failing = peer
    this.#isNews = false
    this.#member.happened('onUnreachable', peer)
    this.#failing = undefined
    return was && (this.#isNews || !this.#peers.has(peer))
  }

  /** That one says that it goes away; the host knows that it was it. */
  departed(peer: Address): void {
    this.#member.happened('onGoodbye', peer)
  }

  /** The node goes by that address now. */
  moved(to: Address): void {
    this.#member.moved(to)
    this.#forgotten.delete(to)
    if (this.#peers.drop(to)) this.dropped(to)
    this.#forgotten.delete(to)
    this.handled()
  }

  period(): void {
    const since = this.#host.now() - EXPIRY_PERIODS * this.#host.period
    for (const [peer, spokeAt] of this.#guests) {
      if (spokeAt > since) break
      this.#guests.delete(peer)
      this.#gone.set(peer, { peer, wasUp: false })
    }
    this.handled()
    this.#member.happened('onPeriod')
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
    this.#forgotten.delete(peer)
    if (!this.#gone.delete(peer)) this.#up.add(peer)
  }

  dropped(peer: Address): void {
    const wasUp = !this.#suspensions.end(peer)
    this.#forget(peer)
    if (!this.#up.delete(peer) && !this.#gone.has(peer)) this.#gone.set(peer, { peer, wasUp })
  }

  suspended(peer: Address): void {
    const isNews = this.#suspensions.add(peer)
    if (peer === this.#failing) this.#isNews = isNews
    else if (isNews && !this.#up.has(peer)) this.#gone.set(peer, { peer, wasUp: true })
  }

  handled(): void {
    if (this.#failing !== undefined) this.#gone.delete(this.#failing)
    if (this.#up.size === 0 && this.#gone.size === 0) return
    const change = { up: [...this.#up], gone: [...this.#gone.values()] }
    this.#up = new Set()
    this.#gone = new Map()
    this.#changed(change)
  }

  /** Is every peer to be picked? */
  get #isWhole(): boolean {
    return this.#suspensions.size === 0 && this.#isNeighbour === undefined
  }

  #isOut(peer: Address): boolean {
    return this.#suspensions.isOn(peer) || this.#isNeighbour?.(peer) === false
  }

  #lastGuest(except: Except): Address[] {
    if (this.#guests.size === 0 || !this.isAlone) return []
    const last = [...this.#guests.keys()].at(-1)!
    return isExcepted(except, last) || this.#isNeighbour?.(last) === false ? [] : [last]
  }

  #forget(peer: Address): void {
    if (this.#limits.maxForgotten === 0) return
    this.#forgotten.delete(peer)
    this.#forgotten.add(peer)
    if (this.#forgotten.size > this.#limits.maxForgotten)
      this.#forgotten.delete(this.#forgotten.values().next().value!)
  }
}
