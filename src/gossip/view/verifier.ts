/**
 * Asks those of whom this node was only told whether they are where they are said to be, by a `hi` to that address;
 * whoever is was reached. Those that spoke themselves come first, at once; hearsay waits the longer the more are
 * known, so that the nodes of a cluster ask so often in all, however many they are. A peer that did not answer for an
 * expiry is asked again, whatever others say of it.
 */
import type { Address } from '../strategy.ts'
import { AskPace } from './ask-pace.ts'
import { Candidates } from './candidates.ts'

/** The peers of the node, as its view has them. */
export interface VerifiedPeers {
  readonly size: number
  readonly hasRoom: boolean
  has(address: Address): boolean
  /** Is it a peer that did not fail when it was tried last? */
  isUp(address: Address): boolean
  /** Has it to be asked before it is a peer? */
  isWorthAsking(address: Address): boolean
}

export interface VerifierWorld {
  readonly peers: VerifiedPeers
  /** May this node speak to that address? */
  allows(address: Address): boolean
  random(): number
  /** Ms, on a clock that only goes on. */
  now(): number
  /** Ms for which what has come has waited to be heard. */
  backlog(): number
  schedule(ms: number, act: () => void): void
  /** Says hi there. */
  ask(peer: Address): void
  /** It is there. */
  reached(peer: Address): void
  /** It is not, or there was no room to ask it. */
  gone(peer: Address): void
}

export interface VerifierSettings {
  /** Ms in which a peer has to answer something. */
  readonly expiry: number
  /** Ms between two periods. */
  readonly period: number
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
/** Ms after its connection opened for which one keeps its place until it answers: it may have much to do. */
const ANSWER_MS = 250
/** Ms after which one that neither answers nor refuses is asked no longer. */
const PATIENCE_MS = 3000
/** Ms between two that are only told of, for each that is known. */
const PAUSE_MS = 2
/** Ms that a peer has at least to answer, and how often it is asked, before it is passed over. */
const MIN_WAIT_MS = 1000
const MAX_ASKS = 2
/** Peers remembered that take connections and don't answer: a connection that opens there says nothing. */
const MAX_SILENT = 256

/** An object for each time that one is asked. */
interface Asked {
  /** Is it one of those asked at once? */
  hasPlace: boolean
  /** Over which connection it spoke meanwhile, if it did: it may have come up just then. */
  spokeOver: unknown
}

interface Peer {
  /** False for one that only took a connection. */
  readonly hasAnswered: boolean
  readonly answeredAt: number
  askedAt: number
  asks: number
}

export class Verifier {
  readonly #world: VerifierWorld
  readonly #settings: VerifierSettings
  readonly #spoke: Candidates
  readonly #told: Candidates
  /** Those that are not known to be there yet. */
  readonly #asked = new Map<Address, Asked>()
  /** Those that have a place, as they have not answered yet. */
  readonly #unanswered = new Map<Address, Asked>()
  /** Those that were reached; who did not answer for longest comes first. */
  readonly #peers = new Map<Address, Peer>()
  readonly #silent = new Set<Address>()
  /** Places taken among those asked at once. */
  #busy = 0
  #isWaiting = false
  readonly #pace = new AskPace()
  #isPaced = false

  constructor(world: VerifierWorld, settings: VerifierSettings) {
    this.#world = world
    this.#settings = settings
    this.#spoke = new Candidates(
      SPOKE,
      () => world.random(),
      (it) => this.#goneLater(it),
    )
    this.#told = new Candidates(TOLD, () => world.random())
  }

  /**
   * The node wants to know whether that one is there: one that is up is asked now, or who did not answer for too long, or
   * nobody where there is too much to do.
   * @param source who speaks just now, compared by identity
   * @param hasSpoken does that one say that it is there?
   */
  greet(peer: Address, source: unknown, hasSpoken: boolean): void {
    if (this.#world.peers.isUp(peer)) this.#askAgain(peer)
    else if (!hasSpoken) this.told(source, peer)
    else if (this.#world.allows(peer)) this.spoke(source, peer)
  }

  /** Somebody said over that connection that it is `from`, another node than this one. */
  spoke(connection: unknown, from: Address): void {
    const asked = this.#asked.get(from)
    if (asked !== undefined) asked.spokeOver = connection
    if (asked !== undefined || this.#world.peers.isUp(from) || this.#spoke.has(from)) return
    this.#told.drop(from)
    this.#spoke.add(connection, from)
    this.#work()
  }

  /** Somebody told of that one. @param source who, compared by identity */
  told(source: unknown, address: Address): void {
    if (this.has(address) || this.#told.has(address) || !this.#world.peers.isWorthAsking(address)) return
    // Last, as it takes longest: most that is told was told before.
    if (!this.#world.allows(address)) return
    this.#told.add(source, address)
    this.#work()
  }

  /** A connection of this node's own leads there: that is enough for one that was asked, or was passed over. */
  opened(peer: Address): void {
    const { peers } = this.#world
    const isPassedOver = peers.has(peer) && !peers.isUp(peer)
    if (this.#silent.has(peer) || !(this.has(peer) || isPassedOver)) return
    // Of those that never answered nobody takes another's place.
    if (!isPassedOver && !peers.hasRoom) return
    const asked = this.#asked.get(peer)
    if (asked !== undefined) this.#after(ANSWER_MS, () => this.#free(peer, asked))
    this.#isThere(peer, this.hasAnswered(peer))
    this.#world.reached(peer)
  }

  /** It answered a hi, at its own address. */
  answered(peer: Address): void {
    this.#silent.delete(peer)
    this.#isThere(peer, true)
    const asked = this.#unanswered.get(peer)
    if (asked !== undefined) this.#free(peer, asked)
  }

  /** Did it ever? */
  hasAnswered(peer: Address): boolean {
    return this.#peers.get(peer)?.hasAnswered === true
  }

  /** Is it a peer only because it took a connection? One that fails before it answers is none. */
  isUnproven(peer: Address): boolean {
    return this.#peers.get(peer)?.hasAnswered === false
  }

  /** The peer that did not answer for longest, if that is too long. One that never does is passed over. */
  overdue(): Address | undefined {
    const now = this.#world.now()
    const { period, expiry } = this.#settings
    let first: Address | undefined
    for (const [address, it] of this.#peers) {
      if (now - it.answeredAt < expiry) break
      if (!this.#world.peers.has(address)) this.#peers.delete(address)
      else if (!this.#world.peers.isUp(address)) continue
      else if (now - it.askedAt < Math.max(period, MIN_WAIT_MS)) continue
      else if (it.asks >= MAX_ASKS) this.#isSilent(address)
      else first ??= address
    }
    const it = first === undefined ? undefined : this.#peers.get(first)
    if (it === undefined) return undefined
    it.askedAt = now
    it.asks += 1
    return first
  }

  /** Did it speak, or is it asked just now? */
  has(address: Address): boolean {
    return this.#asked.has(address) || this.#spoke.has(address)
  }

  /** That one is not there. */
  drop(address: Address): void {
    this.#spoke.drop(address)
    this.#told.drop(address)
    const asked = this.#asked.get(address)
    if (asked === undefined) return
    this.#asked.delete(address)
    this.#world.schedule(FAILED_MS, () => {
      if (asked.spokeOver !== undefined) this.spoke(asked.spokeOver, address)
      this.#free(address, asked)
    })
  }

  #isThere(peer: Address, hasAnswered: boolean): void {
    this.#asked.delete(peer)
    this.#spoke.drop(peer)
    this.#told.drop(peer)
    const answeredAt = this.#world.now()
    this.#peers.delete(peer)
    this.#peers.set(peer, { hasAnswered, answeredAt, askedAt: Number.NEGATIVE_INFINITY, asks: 0 })
  }

  #isSilent(peer: Address): void {
    this.#peers.delete(peer)
    if (this.#silent.size >= MAX_SILENT) this.#silent.delete(this.#silent.values().next().value!)
    this.#silent.add(peer)
    this.#goneLater(peer)
  }

  /** Not at once: a node may be in the middle of something, and is not to be told of something else then. */
  #goneLater(peer: Address): void {
    this.#world.schedule(0, () => this.#world.gone(peer))
  }

  #free(address: Address, asked: Asked): void {
    if (!asked.hasPlace) return
    asked.hasPlace = false
    if (this.#unanswered.get(address) === asked) this.#unanswered.delete(address)
    this.#busy -= 1
    this.#work()
  }

  #work(): void {
    while (this.#spoke.size > 0 && this.#mayAsk(MAX_AT_ONCE.spoke)) this.#ask(this.#spoke.take()!)
    this.#workLater()
    if (this.#told.size === 0 || this.#isWaiting) return
    this.#isWaiting = true
    const { peers } = this.#world
    this.#after(PAUSE_MS * (peers.size + this.#told.size), () => {
      this.#isWaiting = false
      const it = this.#mayAsk(MAX_AT_ONCE.told) ? this.#told.take() : undefined
      if (it !== undefined && (peers.hasRoom || peers.has(it))) this.#ask(it)
      this.#work()
    })
  }

  /** If it is the pace that keeps those that spoke waiting. */
  #workLater(): void {
    if (this.#isPaced || this.#spoke.size === 0) return
    const wait = this.#pace.wait(this.#world.now())
    if (wait === 0) return
    this.#isPaced = true
    this.#after(wait, () => {
      this.#isPaced = false
      this.#work()
    })
  }

  #after(ms: number, act: () => void): void {
    const setAt = this.#world.now()
    this.#world.schedule(ms, () => {
      this.#pace.wentOff(setAt, ms, this.#world.now(), this.#world.backlog())
      act()
    })
  }

  #mayAsk(atOnce: number): boolean {
    const most = Math.min(atOnce, this.#pace.window, Math.ceil(this.#settings.maxLinks / 2))
    if (this.#busy >= most) return false
    return this.#pace.wait(this.#world.now()) === 0
  }

  #askAgain(peer: Address): void {
    const now = this.#world.now()
    if (this.#pace.wait(now) > 0) return
    this.#pace.asked(now)
    this.#world.ask(this.overdue() ?? peer)
  }

  #ask(address: Address): void {
    if (this.#world.peers.isUp(address)) return
    const asked: Asked = { hasPlace: true, spokeOver: undefined }
    this.#busy += 1
    this.#asked.set(address, asked)
    this.#unanswered.set(address, asked)
    this.#pace.asked(this.#world.now())
    this.#after(PATIENCE_MS, () => {
      if (this.#asked.get(address) === asked) this.#world.gone(address)
    })
    this.#world.ask(address)
  }
}
