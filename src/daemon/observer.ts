/** What becomes of what a node tells of itself: counters for `status`, events for `watch`, lines in the log. */
import type { Observer } from '../gossip/host.ts'
import { logLine } from '../gossip/log-line.ts'
import { isValue, type Message, type OwnMessage, type ValueMessage } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import type { StrategyError } from '../gossip/strategy-error.ts'
import { DEFAULT_KEY, type Value } from '../gossip/value.ts'
import type { Refusal } from '../gossip/values/judge.ts'
import { about, aboutValue, type GossipEvent, parts, textOf } from '../measure/event.ts'
import type { DeduplicatedLog } from './deduplicated-log.ts'
import type { EventBus } from './events/event-bus.ts'
import type { Identity } from './identity.ts'
import { PeerLog, type Telling } from './peer-log.ts'

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

/** Most often said of all: text that stands here need not be made each time. */
const TOOK_OF_CLIENT = 'took a newer value from a client'
/** Messages of one push that are told: a protocol may send to all. */
const MAX_LOGGED_PUSH = 8

export class DaemonObserver implements Observer {
  readonly counters: Counters = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
  readonly #events: EventBus
  readonly #identity: Identity
  readonly #knownPeers: KnownPeers
  readonly #warnings: DeduplicatedLog
  readonly #now: () => number
  readonly #peerLog = new PeerLog()
  /** Messages that are told of the first push of the newest value; what follows, period by period, is the same again. */
  #toTell = 0
  #isPushing = false

  constructor(
    events: EventBus,
    identity: Identity,
    knownPeers: KnownPeers,
    warnings: DeduplicatedLog,
    now: () => number,
  ) {
    this.#now = now
    this.#events = events
    this.#identity = identity
    this.#knownPeers = knownPeers
    this.#warnings = warnings
  }

  /** @param copies that the network makes of it */
  sent(to: Address, message: ValueMessage | OwnMessage, bytes: number, copies = 1): void {
    this.counters.sent += 1
    if (this.#events.isHeard) {
      const repeated = copies > 1 ? { copies } : {}
      this.#events.emit('sent', { ...about(addressOf(to), message), bytes, ...repeated })
    }
    if (!isValue(message)) return
    const level = this.#isFirstPush() ? 'info' : 'debug'
    if (!this.#identity.log.isLevelEnabled(level)) return
    const { type, timestamp, hops } = message
    const messageSent = { type, ...keyOf(message), ...textOf(message), timestamp, hops }
    this.#identity.log[level](
      { to, messageSent, knownPeers: this.#knownPeers.some() },
      `sent the value to ${to}`,
    )
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

  lost(to: Address, message: ValueMessage | OwnMessage, reason: string): void {
    if (this.#events.isHeard) this.#events.emit('lost', about(addressOf(to), message))
    this.#identity.log.debug({ to, type: message.type, reason }, `could not send to ${to}`)
  }

  received(from: Address | null, message: Message): void {
    this.counters.received += 1
    if (!this.#events.isHeard) return
    for (const it of parts(message)) this.#events.emit('received', about(addressOf(from), it))
  }

  updated(from: Address | null, value: Value, hops: number): void {
    this.counters.updates += 1
    if (this.#events.isHeard) {
      this.#events.emit('updated', { ...peer(from), ...aboutValue(value), hops, ...textOf(value) })
    }
    this.#toTell = MAX_LOGGED_PUSH
    this.#warnings.over(NOT_STORED)
    if (!this.#identity.log.isLevelEnabled('info')) return
    const taken = { from, ...keyOf(value), ...textOf(value), timestamp: value.timestamp, hops }
    this.#identity.log.info(taken, from === null ? TOOK_OF_CLIENT : `took a newer value from ${from}`)
  }

  ignored(from: Address | null, message: ValueMessage | OwnMessage): void {
    this.counters.ignored += 1
    if (this.#events.isHeard) this.#events.emit('ignored', about(addressOf(from), message))
    const what = isValue(message) ? 'a value that is not newer' : `an unknown message ${message.type}`
    this.#identity.log.debug({ from, type: message.type }, `ignored ${what} from ${from ?? 'a client'}`)
  }

  refused(from: Address | null, value: Value, verdict: Refusal, why: string): void {
    if (verdict === 'not-stored') this.#refused(from, value, `a newer value (${why})`, NOT_STORED, why)
    else this.#refused(from, value, REFUSED[verdict], `${verdict} ${from}`)
  }

  refusedLong(from: Address | null, value: Value): void {
    this.#refused(from, value, 'a value that is too long', `long ${from}`)
  }

  #refused(from: Address | null, value: Value, what: string, subject: string, state = ''): void {
    const { timestamp } = value
    this.counters.refused += 1
    this.#events.emit('refused', { ...peer(from), ...aboutValue(value) })
    this.#warnings.warn(subject, { from, timestamp }, `refused ${what}, from ${from ?? 'a client'}`, state)
  }

  peerUp(peer: Address): void {
    this.#events.emit('peer-up', { peer: String(peer) })
    this.#tellPeer(peer, `found ${peer}`, this.#peerLog.came(String(peer), this.#now()))
  }

  peerDown(peer: Address): void {
    this.#events.emit('peer-down', { peer: String(peer) })
    this.#tellPeer(peer, `lost ${peer}`, this.#peerLog.went(String(peer), this.#now()))
  }

  #tellPeer(peer: Address, text: string, telling: Telling): void {
    const level = telling === 'none' ? 'debug' : 'info'
    if (!this.#identity.log.isLevelEnabled(level)) return
    const why = telling === 'often' ? ': it comes and goes, and may not be where it says it is' : ''
    this.#identity.log[level]({ peer, peers: this.#knownPeers.count() }, `${text}${why}`)
  }

  report(name: string, number: number): void {
    this.#events.emit('report', { name, number })
  }

  logged(what: readonly unknown[]): void {
    const isLogged = this.#identity.log.isLevelEnabled('info')
    if (!isLogged && !this.#events.isHeard) return
    const text = logLine(what)
    this.#events.emit('log', { text })
    if (isLogged) this.#identity.log.info(text)
  }

  fault(fault: StrategyError): void {
    const { strategy, handler, message } = fault
    // What differs in numbers only, as a count of periods, is the same.
    const state = message.replace(/\d+/g, '0')
    this.#warnings.error(`fault ${strategy} ${handler}`, { strategy, handler }, message, state)
  }
}

/** Each in words. */
const REFUSED = {
  ahead: 'a value from the future',
  expired: 'a value whose time is over',
  full: 'a value for which there is no room (--limit maxKeys, maxHeld)',
} as const

/** The subject of what is told of values that could not be kept. */
const NOT_STORED = 'not-stored'

/** Undefined for a client. */
function addressOf(peer: Address | null): string | undefined {
  return peer === null ? undefined : String(peer)
}

function peer(from: Address | null): Partial<GossipEvent> {
  return from === null ? {} : { peer: String(from) }
}

/** Only where it is not "": whoever uses no keys need not read of any. */
function keyOf({ key }: Value): { key?: string } {
  return key === DEFAULT_KEY ? {} : { key }
}
