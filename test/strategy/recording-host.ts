/** A host that only writes down: peers in, one call on the node, and what was sent. */
import { type Host, type NodeSettings, newMemory, type Observer } from '../../src/gossip/host.ts'
import type { Message, ValueMessage } from '../../src/gossip/message.ts'
import { GossipNode } from '../../src/gossip/node.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import type { Value } from '../../src/gossip/value.ts'
import type { PeerView } from '../../src/gossip/view/view.ts'
import { addresses, ME } from '../gossip/build.ts'
import { dice } from '../gossip/dice.ts'
import { NamedView } from '../gossip/named-view.ts'

export interface Sent {
  readonly to: Address
  readonly message: Message
}

/** What the observer was told: the event's name, and what it was told with. */
export type Seen = readonly [event: keyof Observer, ...about: unknown[]]

export class RecordingHost implements Host {
  /** Ms on the monotonic and on the wall clock: set them as you like. */
  nowMs = 0
  clockMs = 1_000_000
  /** Why no value can be kept, if none can. */
  notStored: string | undefined
  /** How many delays may wait. */
  maxTimers = Number.POSITIVE_INFINITY
  /** Ms to a peer and back. */
  readonly rtts = new Map<Address, number>()
  /** What its node holds no more, as its time was over. */
  readonly forgottenValues: Value[] = []
  readonly observer: Observer
  readonly random: () => number
  #sent: Sent[] = []
  #seen: Seen[] = []
  #periods = 0
  readonly #timers: { readonly due: number; readonly act: () => void }[] = []

  constructor(random = dice(1)) {
    this.random = random
    const tell =
      (event: keyof Observer) =>
      (...about: unknown[]): void => {
        this.#seen.push([event, ...about])
      }
    this.observer = {
      received: tell('received'),
      updated: tell('updated'),
      ignored: tell('ignored'),
      refused: tell('refused'),
      peerUp: tell('peerUp'),
      peerDown: tell('peerDown'),
      report: tell('report'),
      logged: tell('logged'),
      fault: tell('fault'),
    }
  }

  now(): number {
    return this.nowMs
  }

  clock(): number {
    return this.clockMs
  }

  send(to: Address, message: Message): void {
    this.#sent.push({ to, message })
  }

  rtt(peer: Address): number | undefined {
    return this.rtts.get(peer)
  }

  after(periods: number, act: () => void): boolean {
    if (this.#timers.length >= this.maxTimers) return false
    this.#timers.push({ due: this.#periods + periods, act })
    return true
  }

  store(): string | undefined {
    return this.notStored
  }

  forgot(value: Value): void {
    this.forgottenValues.push(value)
  }

  /** Lets so many periods pass: calls what is due by then, in order. */
  pass(periods: number): void {
    const end = this.#periods + periods
    for (;;) {
      const next = Math.min(...this.#timers.map(({ due }) => due))
      if (!(next <= end)) break
      this.#periods = next
      const [timer] = this.#timers.splice(
        this.#timers.findIndex(({ due }) => due === next),
        1,
      )
      timer!.act()
    }
    this.#periods = end
  }

  /** What was sent since this was last asked. */
  sent(): Sent[] {
    return this.#sent.splice(0)
  }

  /** What was observed since this was last asked; only these events, if some are named. */
  seen(...events: (keyof Observer)[]): Seen[] {
    return this.#seen.splice(0).filter(([event]) => events.length === 0 || events.includes(event))
  }
}

export interface Place {
  /** So many peers: p0, p1, ... */
  readonly peers?: number
  readonly options?: Readonly<Record<string, unknown>>
  /** The value it holds at the beginning. */
  readonly holds?: ValueMessage
  readonly random?: () => number
  /** Instead of a view of `peers`. */
  readonly view?: PeerView
  /** Its address, if not `ME`. */
  readonly self?: Address
  /** What it does not do as `SETTINGS` have it. */
  readonly settings?: Partial<NodeSettings>
}

export const SETTINGS: NodeSettings = {
  maxClockDrift: 60_000,
  maxKeys: 10_000,
  maxHeld: 1_000_000,
  ttl: Number.POSITIVE_INFINITY,
  tombstones: 3_600_000,
  number: 42,
}

/** A node that runs a strategy, started, among peers; what it did so far is not on record. */
export function place(
  strategy: unknown,
  { peers = 3, options = {}, holds, random, view, self = ME, settings = {} }: Place = {},
) {
  const host = new RecordingHost(random)
  const everyone = view ?? new NamedView(self, [self, ...addresses(peers)])
  const node = new GossipNode(newMemory(self), protocol('tested', strategy, options), everyone, host, {
    ...SETTINGS,
    ...settings,
  })
  node.start()
  if (holds !== undefined) {
    node.receive(null, holds)
    host.sent()
    host.seen()
  }
  return { node, host }
}
