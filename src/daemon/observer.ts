/** What becomes of what a node tells of itself: counters for `status`, events for `watch`, lines in the log. */
import { performance } from 'node:perf_hooks'
import { excerpt } from '../gossip/excerpt.ts'
import type { Fault } from '../gossip/fault.ts'
import type { Observer } from '../gossip/host.ts'
import { logLine } from '../gossip/log-line.ts'
import { isValue, type Message } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import type { Value } from '../gossip/value.ts'
import type { GossipEvent } from '../measure/event.ts'
import { Comings, type Telling } from './comings.ts'
import type { Feed } from './feed.ts'
import type { OnceLog } from './once-log.ts'
import type { Self } from './self.ts'

/** Messages between nodes that carry the value or are the strategy's own; contacts are not counted. */
export interface Counters {
  sent: number
  received: number
  updates: number
  ignored: number
  refused: number
}

/** Whom it knows, for the log. */
export interface KnownPeers {
  count(): number
  /** A bounded list. */
  some(): readonly Address[]
}

/** Messages of one push that are told: a protocol may send to all. */
const MAX_LOGGED_PUSH = 8

export class DaemonObserver implements Observer {
  readonly counters: Counters = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
  readonly #feed: Feed
  readonly #self: Self
  readonly #knownPeers: KnownPeers
  readonly #learnt: () => void
  readonly #once: OnceLog
  readonly #comings = new Comings()
  /** Messages that are told of the first push of the newest value; what follows, period by period, is the same again. */
  #toTell = 0
  #isPushing = false

  /**
   * @param learnt called when a peer is up that was not before
   */
  constructor(feed: Feed, self: Self, knownPeers: KnownPeers, learnt: () => void, once: OnceLog) {
    this.#feed = feed
    this.#self = self
    this.#knownPeers = knownPeers
    this.#learnt = learnt
    this.#once = once
  }

  /** @param copies that the network makes of it */
  sent(to: Address, message: Message, bytes: number, copies = 1): void {
    this.counters.sent += 1
    if (this.#feed.isHeard) {
      const repeated = copies > 1 ? { copies } : {}
      this.#feed.tell('sent', { ...about(to, message), bytes, ...repeated })
    }
    if (!isValue(message)) return
    const level = this.#isFirstPush() ? 'info' : 'debug'
    if (!this.#self.log.isLevelEnabled(level)) return
    const { type, value, timestamp, hops } = message
    const messageSent = { type, value: excerpt(value), timestamp, hops }
    this.#self.log[level]({ to, messageSent, knownPeers: this.#knownPeers.some() }, `sent the value to ${to}`)
  }

  /** The first push is what is sent in one go. */
  #isFirstPush(): boolean {
    if (this.#toTell === 0) return false
    this.#toTell -= 1
    if (!this.#isPushing) {
      this.#isPushing = true
      queueMicrotask(() => {
        this.#isPushing = false
        this.#toTell = 0
      })
    }
    return true
  }

  lost(to: Address, message: Message, reason: string): void {
    if (this.#feed.isHeard) this.#feed.tell('lost', about(to, message))
    this.#self.log.debug({ to, type: message.type, reason }, `could not send to ${to}`)
  }

  received(from: Address | null, message: Message): void {
    this.counters.received += 1
    if (this.#feed.isHeard) this.#feed.tell('received', about(from, message))
  }

  updated(from: Address | null, { value, timestamp }: Value, hops: number): void {
    this.counters.updates += 1
    if (this.#feed.isHeard) {
      const about = { type: 'value', timestamp, hops, value: excerpt(value) }
      this.#feed.tell('updated', { ...peer(from), ...about })
    }
    this.#toTell = MAX_LOGGED_PUSH
    const taken = { from, value: excerpt(value), timestamp, hops }
    this.#self.log.info(taken, `took a newer value from ${from ?? 'a client'}`)
    this.#once.over(UNKEPT)
  }

  ignored(from: Address | null, message: Message): void {
    this.counters.ignored += 1
    if (this.#feed.isHeard) this.#feed.tell('ignored', about(from, message))
    const what = isValue(message) ? 'a value that is not newer' : `an unknown message ${message.type}`
    this.#self.log.debug({ from, type: message.type }, `ignored ${what} from ${from ?? 'a client'}`)
  }

  refused(from: Address | null, { timestamp }: Value, unkept?: string): void {
    if (unkept === undefined) this.#refused(from, timestamp, 'a value from the future', `future ${from}`)
    else this.#refused(from, timestamp, `a newer value (${unkept})`, UNKEPT, unkept)
  }

  refusedLong(from: Address | null, { timestamp }: Value): void {
    this.#refused(from, timestamp, 'a value that is too long', `long ${from}`)
  }

  #refused(from: Address | null, timestamp: number, what: string, subject: string, state = ''): void {
    this.counters.refused += 1
    this.#feed.tell('refused', { ...peer(from), type: 'value', timestamp })
    this.#once.warn(subject, { from, timestamp }, `refused ${what}, from ${from ?? 'a client'}`, state)
  }

  peerUp(peer: Address): void {
    this.#learnt()
    this.#feed.tell('peer-up', { peer: String(peer) })
    this.#tellPeer(peer, `found ${peer}`, this.#comings.came(String(peer), performance.now()))
  }

  peerDown(peer: Address): void {
    this.#feed.tell('peer-down', { peer: String(peer) })
    this.#tellPeer(peer, `lost ${peer}`, this.#comings.went(String(peer), performance.now()))
  }

  #tellPeer(peer: Address, text: string, telling: Telling): void {
    const level = telling === 'none' ? 'debug' : 'info'
    if (!this.#self.log.isLevelEnabled(level)) return
    const why = telling === 'often' ? ': it comes and goes, and may not be where it says it is' : ''
    this.#self.log[level]({ peer, peers: this.#knownPeers.count() }, `${text}${why}`)
  }

  report(name: string, number: number): void {
    this.#feed.tell('report', { name, number })
  }

  logged(what: readonly unknown[]): void {
    const isLogged = this.#self.log.isLevelEnabled('info')
    if (!isLogged && !this.#feed.isHeard) return
    const text = logLine(what)
    this.#feed.tell('log', { text })
    if (isLogged) this.#self.log.info(text)
  }

  fault(fault: Fault): void {
    const { strategy, handler, message } = fault
    // What differs in numbers only, as a count of periods, is the same.
    const state = message.replace(/\d+/g, '0')
    this.#once.error(`fault ${strategy} ${handler}`, { strategy, handler }, message, state)
  }
}

/** The subject of what is told of values that could not be kept. */
const UNKEPT = 'unkept'

function peer(from: Address | null): Partial<GossipEvent> {
  return from === null ? {} : { peer: String(from) }
}

function about(other: Address | null, message: Message): Partial<GossipEvent> {
  const { type } = message
  return isValue(message)
    ? { ...peer(other), type, timestamp: message.timestamp, hops: message.hops }
    : { ...peer(other), type }
}
