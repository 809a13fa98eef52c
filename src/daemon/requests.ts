/** What a line that came in is answered. */
import { isValue, type OwnMessage, type ValueMessage } from '../gossip/message.ts'
import type { GossipNode, Verdict } from '../gossip/node.ts'
import type { Address } from '../gossip/strategy.ts'
import { reasonOf, type ValueLimits } from '../gossip/values/judge.ts'
import type { GossipEvent } from '../measure/event.ts'
import { EncodeOnce } from './encode-once.ts'
import type { EventBus } from './events/event-bus.ts'
import type { LifeEvents } from './events/life-events.ts'
import { Watchers } from './events/watchers.ts'
import type { Identity } from './identity.ts'
import type { DaemonObserver } from './observer.ts'
import type { PeerExchange } from './peer-exchange.ts'
import { type DaemonSettings, nodeSettings } from './settings.ts'
import { PendingWrite } from './storage/pending-write.ts'
import type { Incoming } from './transport/server.ts'
import { type Ack, encode, encodeAck, type Keys, ProtocolError, type Request, type Status } from './wire.ts'

/** What requests are answered with, all of one daemon. */
export interface RequestParts {
  readonly settings: DaemonSettings
  readonly identity: Identity
  readonly node: GossipNode
  readonly observer: DaemonObserver
  readonly exchange: PeerExchange
  readonly events: EventBus
  readonly life: LifeEvents
  /** @throws {ProtocolError} */
  parse(line: string): Request
  status(): Status
  /** Why the value that came last could not be stored, if it could not. */
  whyNotStored(): string | undefined
}

/** Bytes of a line of keys without these. */
const KEYS_REST_BYTES = 64

export class Requests {
  readonly #parts: RequestParts
  readonly #pendingWrite = new PendingWrite()
  readonly #encoded = new EncodeOnce<GossipEvent, string>(encode)
  readonly #watchers: Watchers

  constructor(parts: RequestParts) {
    this.#parts = parts
    this.#watchers = new Watchers(parts.settings.limits.maxWatchers)
  }

  /** @throws {ProtocolError} */
  answer(line: string, connection: Incoming): void {
    const { exchange, identity, node, parse, status } = this.#parts
    const request = parse(line)
    switch (request.kind) {
      case 'gossip':
        if (request.from === null) connection.send(encodeAck(this.accept(request.message as ValueMessage)))
        else {
          const { from, message, peers, rides } = request
          exchange.spoke(from, connection, peers, () => this.#hear(from, { ...message, rides }))
        }
        return
      case 'membership': {
        const { from, message, peers, rides } = request
        if (from === identity.address) return
        exchange.spoke(from, connection, peers, (isItself) => {
          if (isItself) node.receiveMembership(from, { ...message, rides })
          else node.meet(from, rides)
        })
        return
      }
      case 'hi': {
        const { from, peers, rides } = request
        exchange.spoke(from, connection, peers, () => {
          exchange.welcome(from, connection)
          if (from !== identity.address) node.meet(from, rides)
        })
        return
      }
      case 'bye':
        void exchange.goodbye(request.from, request.rides, connection)
        return
      case 'get': {
        const { key } = request
        const { value = null, timestamp = null } = node.get(key) ?? {}
        connection.send(encode({ type: 'held', key, value, timestamp }))
        return
      }
      case 'keys':
        connection.send(encode(this.#keysAfter(request.after)))
        return
      case 'status':
        connection.send(encode(status()))
        return
      case 'watch':
        this.#watch(connection)
        return
      case 'welcome':
        throw new ProtocolError('a welcome that nobody asked for')
      case 'error':
        connection.close()
    }
  }

  /** A client hands in a value. */
  accept(message: ValueMessage): Ack {
    const { node, settings, whyNotStored } = this.#parts
    const { timestamp } = message
    if (this.#isTooLong(message.value)) {
      this.#refuseLong(null, message)
      const reason = `value is longer than ${settings.limits.maxValue} bytes`
      return { type: 'ack', outcome: 'refused', timestamp, reason }
    }
    const verdict = node.receive(null, message)
    return ackOf(verdict, timestamp, whyNotStored() ?? '', nodeSettings(settings))
  }

  /** What could not be stored when it came is tried once a period: there may be room again. */
  period(): void {
    const { node } = this.#parts
    for (const it of this.#pendingWrite.take())
      if (node.again(it.from, it.message) === 'not-stored') this.#pendingWrite.add(it)
  }

  #hear(from: Address, message: ValueMessage | OwnMessage): void {
    if (isValue(message) && this.#isTooLong(message.value)) {
      this.#refuseLong(from, message)
      return
    }
    const verdict = this.#parts.node.receive(from, message)
    if (verdict === 'not-stored' && isValue(message)) this.#pendingWrite.add({ from, message })
  }

  /** As many as fit in a line. */
  #keysAfter(after: string | undefined): Keys {
    const { node, settings } = this.#parts
    const keys = node.values().flatMap(({ key, value }) => (value === null ? [] : [key]))
    const rest = (after === undefined ? keys : keys.filter((it) => it > after)).sort()
    let room = settings.limits.maxLine - KEYS_REST_BYTES
    const fits = rest.findIndex((it) => {
      // A comma comes after it.
      room -= Buffer.byteLength(JSON.stringify(it)) + 1
      return room < 0
    })
    return { type: 'keys', keys: fits === -1 ? rest : rest.slice(0, fits), more: fits !== -1 }
  }

  #isTooLong(value: string | null): boolean {
    if (value === null) return false
    const { maxValue } = this.#parts.settings.limits
    // No character takes more than 6 bytes of a line: most values need not be looked at.
    return value.length * 6 + 2 > maxValue && Buffer.byteLength(JSON.stringify(value)) > maxValue
  }

  #refuseLong(from: Address | null, message: ValueMessage): void {
    const { node, observer } = this.#parts
    observer.received(from, message)
    observer.refusedLong(from, message)
    if (from !== null) node.meet(from, message.rides)
  }

  #watch(connection: Incoming): void {
    const { events, life, settings } = this.#parts
    // One that asks again has what it asks for: else it could take all streams.
    if (this.#watchers.has(connection)) return
    if (!this.#watchers.makeRoom(connection.host))
      throw new ProtocolError(`${settings.limits.maxWatchers} watch streams are open, no more may be`)
    // All at once or, where a reader may not have so much waiting for it, without what it could get only in part.
    const isTold = connection.send(life.now().map(encode).join(''))
    if (!isTold) connection.send(life.withoutPeers().map(encode).join(''))
    const end = events.listen((event) => connection.send(this.#encoded.of(event)))
    this.#watchers.add(connection, end)
  }
}

function ackOf(verdict: Verdict, timestamp: number, whyNotStored: string, limits: ValueLimits): Ack {
  switch (verdict) {
    case 'newer':
      return { type: 'ack', outcome: 'accepted', timestamp }
    case 'not-stored':
      return { type: 'ack', outcome: 'refused', timestamp, reason: whyNotStored }
    case 'ahead':
    case 'expired':
    case 'full':
      return { type: 'ack', outcome: 'refused', timestamp, reason: reasonOf(verdict, limits) }
    default: {
      const reason = verdict === 'same' ? 'this very value is held already' : 'a newer value is held'
      return { type: 'ack', outcome: 'ignored', timestamp, reason }
    }
  }
}
