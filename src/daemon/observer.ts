/** What becomes of what a node tells of itself: counters for `status`, events for `watch`, lines in the log. */
import type { Fault } from '../gossip/fault.ts'
import type { Observer } from '../gossip/host.ts'
import { logLine } from '../gossip/log-line.ts'
import { isValue, type Message } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import type { Value } from '../gossip/value.ts'
import type { GossipEvent } from '../measure/event.ts'
import type { Feed } from './feed.ts'
import type { Self } from './self.ts'

/** Messages between nodes that carry the value or are the strategy's own; contacts are not counted. */
export interface Counters {
  sent: number
  received: number
  updates: number
  ignored: number
  refused: number
}

export class DaemonObserver implements Observer {
  readonly counters: Counters = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
  readonly #feed: Feed
  readonly #self: Self
  readonly #knownPeers: () => readonly Address[]
  readonly #learnt: () => void

  /**
   * @param knownPeers for the log
   * @param learnt called when a peer is up that was not before
   */
  constructor(feed: Feed, self: Self, knownPeers: () => readonly Address[], learnt: () => void) {
    this.#feed = feed
    this.#self = self
    this.#knownPeers = knownPeers
    this.#learnt = learnt
  }

  /** @param copies that the network makes of it */
  sent(to: Address, message: Message, bytes: number, copies = 1): void {
    this.counters.sent += 1
    if (this.#feed.isHeard) {
      const repeated = copies > 1 ? { copies } : {}
      this.#feed.tell('sent', { ...about(to, message), bytes, ...repeated })
    }
    if (isValue(message) && this.#self.log.isLevelEnabled('info')) {
      const { type, value, timestamp, hops } = message
      const messageSent = { type, value, timestamp, hops }
      this.#self.log.info({ to, messageSent, knownPeers: this.#knownPeers() }, `sent the value to ${to}`)
    }
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
    if (this.#feed.isHeard) this.#feed.tell('updated', { ...peer(from), type: 'value', timestamp, hops })
    this.#self.log.info({ from, value, timestamp, hops }, `took a newer value from ${from ?? 'a client'}`)
  }

  ignored(from: Address | null, message: Message): void {
    this.counters.ignored += 1
    if (this.#feed.isHeard) this.#feed.tell('ignored', about(from, message))
    const what = isValue(message) ? 'a value that is not newer' : `an unknown message ${message.type}`
    this.#self.log.debug({ from, type: message.type }, `ignored ${what} from ${from ?? 'a client'}`)
  }

  refused(from: Address | null, { timestamp }: Value, unkept?: string): void {
    this.#refused(
      from,
      timestamp,
      unkept === undefined ? 'a value from the future' : `a newer value (${unkept})`,
    )
  }

  refusedLong(from: Address | null, { timestamp }: Value): void {
    this.#refused(from, timestamp, 'a value that is too long')
  }

  #refused(from: Address | null, timestamp: number, what: string): void {
    this.counters.refused += 1
    this.#feed.tell('refused', { ...peer(from), type: 'value', timestamp })
    this.#self.log.warn({ from, timestamp }, `refused ${what}, from ${from ?? 'a client'}`)
  }

  peerUp(peer: Address): void {
    this.#learnt()
    this.#feed.tell('peer-up', { peer: String(peer) })
    this.#self.log.info({ peer, knownPeers: this.#knownPeers() }, `found ${peer}`)
  }

  peerDown(peer: Address): void {
    this.#feed.tell('peer-down', { peer: String(peer) })
    this.#self.log.info({ peer, knownPeers: this.#knownPeers() }, `lost ${peer}`)
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
    this.#self.log.error({ strategy: fault.strategy, handler: fault.handler }, fault.message)
  }
}

function peer(from: Address | null): Partial<GossipEvent> {
  return from === null ? {} : { peer: String(from) }
}

function about(other: Address | null, message: Message): Partial<GossipEvent> {
  const { type } = message
  return isValue(message)
    ? { ...peer(other), type, timestamp: message.timestamp, hops: message.hops }
    : { ...peer(other), type }
}
