/**
 * Asks those of whom this node was only told whether they are where they are said to be, by a `hi` to that address;
 * whoever is becomes a peer. Those that spoke themselves come first, at once; hearsay waits the longer the more are
 * known, so that the nodes of a cluster ask so often in all, however many they are. A peer that did not answer for an
 * expiry is asked again, whatever others say of it.
 */
import type { PeerRow } from '../../gossip/message.ts'
import type { Address } from '../../gossip/strategy.ts'
import { type Candidate, Candidates } from '../../gossip/view/candidates.ts'
import type { Speakers } from '../../gossip/view/met.ts'
import type { PeerTable } from '../../gossip/view/table.ts'

export interface VerifierWorld {
  readonly table: PeerTable
  random(): number
  /** Ms, on a clock that only goes on. */
  now(): number
  schedule(ms: number, act: () => void): void
  /** Says hi there. */
  ask(peer: Address): void
  /** It is there. */
  reached(peer: Address, rows: readonly PeerRow[]): void
  /** It is not, or there was no room to ask it. */
  gone(peer: Address): void
}

export interface VerifierSettings {
  /** Ms between two periods. */
  readonly period: number
  readonly expiryPeriods: number
  /** Connections that this node may open at a time, of which half are left to gossip. */
  readonly maxLinks: number
}

/** A message names at most 256 peers, and usually 32. */
const TOLD = { sources: 16, perSource: 32 }
/** Who speaks for itself has a connection, so that one connection crowds out only itself. */
const SPOKE = { sources: 256, perSource: 4 }
const MAX_AT_ONCE = { spoke: 32, told: 8 }
/** Ms for which one that is not there keeps its place among those asked at once. */
const FAILED_MS = 100
/** Ms after which one that neither answers nor refuses is asked no longer. */
const PATIENCE_MS = 3000
/** Ms between two that are only told of, for each that is known. */
const PAUSE_MS = 2
/** Ms that a peer has at least to answer, and how often it is asked, before it is passed over. */
const MIN_WAIT_MS = 1000
const MAX_ASKS = 2
/** Peers remembered that take connections and don't answer: a connection that opens there says nothing. */
const MAX_SILENT = 256

interface Asked {
  /** As it was told. */
  readonly heartbeat: number
  hasSpoken: boolean
}

interface Peer {
  /** False for one that only took a connection. */
  readonly hasAnswered: boolean
  readonly answeredAt: number
  askedAt: number
  asks: number
}

export class Verifier implements Speakers {
  readonly #world: VerifierWorld
  readonly #settings: VerifierSettings
  readonly #spoke: Candidates
  readonly #told: Candidates
  readonly #asked = new Map<Address, Asked>()
  readonly #peers = new Map<Address, Peer>()
  readonly #silent = new Set<Address>()
  /** Places taken among those asked at once. */
  #busy = 0
  #isWaiting = false

  constructor(world: VerifierWorld, settings: VerifierSettings) {
    this.#world = world
    this.#settings = settings
    this.#spoke = new Candidates(SPOKE, () => world.random())
    this.#told = new Candidates(TOLD, () => world.random())
  }

  /** Somebody said over that connection that it is `from`, another node than this one. */
  spoke(connection: unknown, from: Address, heartbeat: number): void {
    if (this.#world.table.isUp(from)) return
    const asked = this.#asked.get(from)
    if (asked !== undefined) {
      asked.hasSpoken = true
      return
    }
    this.#told.drop(from)
    for (const it of this.#spoke.add(connection, from, heartbeat)) this.#world.gone(it)
    this.#work()
  }

  /** Somebody told of these. @param source who, compared by identity */
  told(source: unknown, rows: readonly PeerRow[]): void {
    const { table } = this.#world
    const now = this.#world.now()
    for (const { address, heartbeat } of rows) {
      if (!table.isWorthAsking(address, now) || this.#asked.has(address) || this.#spoke.has(address)) continue
      this.#told.add(source, address, heartbeat)
    }
    this.#work()
  }

  /** A connection of this node's own leads there: that is enough for one that was asked, or was passed over. */
  opened(peer: Address): void {
    const { table } = this.#world
    const candidate = this.#asked.get(peer) ?? this.#spoke.get(peer)
    const isPassedOver = table.knows(peer) && !table.isUp(peer)
    if (this.#silent.has(peer) || (candidate === undefined && !isPassedOver)) return
    this.#isThere(peer, this.hasAnswered(peer))
    const rows = candidate && [{ address: peer, heartbeat: candidate.heartbeat }]
    this.#world.reached(peer, rows ?? [])
  }

  /** It answered a hi, at its own address. */
  answered(peer: Address): void {
    this.#silent.delete(peer)
    this.#isThere(peer, true)
  }

  /** Did it ever? One that fails before is no peer. */
  hasAnswered(peer: Address): boolean {
    return this.#peers.get(peer)?.hasAnswered === true
  }

  /** The peer that did not answer for longest, if that is too long. One that never does is passed over. */
  overdue(): Address | undefined {
    const now = this.#world.now()
    const { period, expiryPeriods } = this.#settings
    let first: [Address, Peer] | undefined
    for (const [address, it] of this.#peers) {
      if (!this.#world.table.knows(address)) this.#peers.delete(address)
      else if (!this.#world.table.isUp(address) || now - it.answeredAt < expiryPeriods * period) continue
      else if (now - it.askedAt < Math.max(period, MIN_WAIT_MS)) continue
      else if (it.asks >= MAX_ASKS) this.#isSilent(address)
      else if (first === undefined || it.answeredAt < first[1].answeredAt) first = [address, it]
    }
    if (first === undefined) return undefined
    first[1].askedAt = now
    first[1].asks += 1
    return first[0]
  }

  // As the view sees those that spoke.

  has(address: Address): boolean {
    return this.#spoke.has(address) || this.#asked.get(address)?.hasSpoken === true
  }

  get last(): Address | undefined {
    for (const [address, { hasSpoken }] of this.#asked) if (hasSpoken) return address
    return this.#spoke.last
  }

  drop(address: Address): void {
    this.#spoke.drop(address)
    this.#told.drop(address)
    if (this.#asked.delete(address)) this.#world.schedule(FAILED_MS, () => this.#free())
  }

  #isThere(peer: Address, hasAnswered: boolean): void {
    if (this.#asked.delete(peer)) this.#free()
    this.drop(peer)
    const answeredAt = this.#world.now()
    this.#peers.set(peer, { hasAnswered, answeredAt, askedAt: Number.NEGATIVE_INFINITY, asks: 0 })
  }

  #isSilent(peer: Address): void {
    this.#peers.delete(peer)
    if (this.#silent.size >= MAX_SILENT) this.#silent.delete(this.#silent.values().next().value!)
    this.#silent.add(peer)
    this.#world.gone(peer)
  }

  #free(): void {
    this.#busy -= 1
    this.#work()
  }

  #work(): void {
    while (this.#mayAsk(MAX_AT_ONCE.spoke) && this.#spoke.size > 0) this.#ask(this.#spoke.take()!, true)
    if (this.#told.size === 0 || this.#isWaiting) return
    this.#isWaiting = true
    const { table } = this.#world
    this.#world.schedule(PAUSE_MS * (table.size + this.#told.size), () => {
      this.#isWaiting = false
      const it = this.#mayAsk(MAX_AT_ONCE.told) ? this.#told.take() : undefined
      if (it !== undefined && table.hasRoom) this.#ask(it, false)
      this.#work()
    })
  }

  #mayAsk(atOnce: number): boolean {
    return this.#busy < Math.min(atOnce, Math.ceil(this.#settings.maxLinks / 2))
  }

  #ask({ address, heartbeat }: Candidate, hasSpoken: boolean): void {
    if (this.#world.table.isUp(address)) return
    const asked = { heartbeat, hasSpoken }
    this.#busy += 1
    this.#asked.set(address, asked)
    this.#world.schedule(PATIENCE_MS, () => {
      if (this.#asked.get(address) === asked) this.#world.gone(address)
    })
    this.#world.ask(address)
  }
}
