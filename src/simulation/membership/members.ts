/**
 * A membership's file on simulated nodes. Its messages go through the network as any others, but are in no figure of the
 * value; a node that starts is told of the first ones, as `--join` names them, and of one of them now and then.
 */
import { EXPIRY_PERIODS, MAX_LINKS } from '../../gossip/defaults.ts'
import { type Fields, isValues, type MembershipMessage, type Message } from '../../gossip/message.ts'
import type { MembershipProtocol } from '../../gossip/protocol.ts'
import type { Address } from '../../gossip/strategy.ts'
import { Runaway } from '../../gossip/strategy-error.ts'
import type { MembershipHost } from '../../gossip/view/member.ts'
import { MEMBERSHIP_LIMITS, MembershipView } from '../../gossip/view/membership.ts'
import { addressOf, numberOf } from '../../gossip/view/node-number.ts'
import { Verifier } from '../../gossip/view/verifier.ts'
import type { Network } from '../../network/network.ts'
import type { Costs } from '../costs.ts'
import { nodeStreams, RandomStream } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import type { SimulationSettings } from '../settings.ts'
import type { Tracer } from '../tracer.ts'
import { FIRST_MS, SEARCH_MS, SEEDS } from './bootstrap.ts'
import { ContactSizes } from './contact-sizes.ts'

/** What memberships ask of the nodes that have them. */
export interface MemberNodes {
  isLive(node: number): boolean
  receiveMembership(node: number, from: number, message: MembershipMessage): void
  peerDown(node: number, peer: number): void
  /** That one said that it is there, or answered that it is, with what rides on that. */
  met(node: number, peer: number, rides: Fields | undefined, how: 'heard' | 'reached'): void
  timer(node: number, act: () => void): void
  /** Ms by that node's own clock. */
  clockOf(node: number): number
  readonly tracer: Pick<Tracer, 'logged'>
}

/** How what they say gets from one to another. */
export interface Ways {
  readonly time: Scheduler
  readonly network: Network
  /** Where that costs something. */
  readonly costs: Costs | undefined
}

/** Addresses once known that each node remembers. */
const MAX_FORGOTTEN = 32

export class Members {
  readonly #protocol: MembershipProtocol
  readonly #count: number
  readonly #period: number
  readonly #time: Scheduler
  readonly #network: Network
  readonly #costs: Costs | undefined
  readonly #sizes: ContactSizes
  readonly #nodes: MemberNodes
  readonly #streams: RandomStream[] = []
  readonly #views: MembershipView[] = []
  readonly #verifiers: (Verifier | undefined)[] = []
  #momentAt = 0
  #atMoment = 0

  constructor(
    protocol: MembershipProtocol,
    { nodes: count, period, seed, run }: SimulationSettings,
    { time, network, costs }: Ways,
    nodes: MemberNodes,
  ) {
    this.#protocol = protocol
    this.#count = count
    this.#period = period
    this.#time = time
    this.#network = network
    this.#costs = costs
    this.#sizes = new ContactSizes(protocol, () => time.now)
    this.#nodes = nodes
    const next = nodeStreams(seed, run, 'membership')
    for (let i = 0; i < count; i++) this.#streams.push(new RandomStream(next()))
  }

  /** A new one, for a node that starts. */
  viewOf(node: number): MembershipView {
    const limits = { ...MEMBERSHIP_LIMITS, maxForgotten: MAX_FORGOTTEN }
    const view = new MembershipView(addressOf(node), this.#protocol, this.#hostOf(node), limits)
    this.#views[node] = view
    this.#verifiers[node] = undefined
    this.#sizes.forget(node)
    return view
  }

  memberOf(node: number): MembershipView {
    return this.#views[node]!
  }

  peersOf(node: number): readonly Address[] {
    const view = this.#views[node]!
    return view.all().filter((it) => view.isUp(it))
  }

  /** Bytes that ride on a strategy's message. */
  riding(from: number, to: number, message: Message): number {
    return this.#sizes.riding(from, to, message.rides, isValues(message) ? message.values.length : 1)
  }

  start(node: number): void {
    const view = this.#views[node]!
    const stream = this.#streams[node]!
    const contact = (peers: readonly number[]): void => {
      for (const peer of peers) if (peer !== node) this.#hi(node, peer)
    }
    const later = (ms: number, act: () => void): void => this.#later(node, ms, act)
    const search = (): void => {
      const lost = view.forgotten()
      const seed = this.#below(SEEDS, stream)
      if (!view.knows(addressOf(seed))) contact([seed])
      else if (lost.length > 0) contact([numberOf(lost[this.#below(lost.length, stream)]!)])
      const pause = view.size === 0 ? this.#period : SEARCH_MS
      later(pause * (0.5 + stream.random()), search)
    }
    const first = this.#below(SEEDS, stream)
    later(FIRST_MS * (0.75 + stream.random() / 2), () =>
      contact(Array.from({ length: SEEDS }, (_, i) => (first + i) % SEEDS).filter((it) => it < this.#count)),
    )
    later(this.#period * (0.5 + stream.random()), search)
  }

  /** Not if another has taken its place, as the node started again. */
  #later(node: number, ms: number, act: () => void): void {
    const view = this.#views[node]
    this.#time.background(ms, () => {
      if (this.#views[node] === view) this.#nodes.timer(node, act)
    })
  }

  #hostOf(node: number): MembershipHost {
    const stream = this.#streams[node]!
    return {
      random: () => stream.random(),
      send: (to, message) => this.#send(node, numberOf(to), message),
      greet: (peer) => this.#greet(node, peer),
      after: (periods, act) => {
        this.#checkEndless(periods)
        this.#time.background(periods * this.#period * this.#time.slowness.of(node), () =>
          this.#nodes.timer(node, act),
        )
        return true
      },
      allows: (peer) => this.#isNode(peer),
      now: () => this.#time.now,
      clock: () => this.#nodes.clockOf(node),
      period: this.#period,
      observer: {
        fault(fault) {
          throw fault
        },
        logged: (what) => this.#nodes.tracer.logged(node, what),
      },
    }
  }

  #greet(node: number, peer: Address): void {
    const verifier = this.#verifierOf(node)
    if (this.#views[node]!.knows(peer)) verifier.greet(peer, peer, true)
    else verifier.told(node, peer)
  }

  #verifierOf(node: number): Verifier {
    const before = this.#verifiers[node]
    if (before !== undefined) return before
    const stream = this.#streams[node]!
    const verifier = new Verifier(
      {
        peers: this.#views[node]!,
        allows: (peer) => this.#isNode(peer),
        random: () => stream.random(),
        now: () => this.#time.now,
        backlog: () => 0,
        schedule: (ms, act) => this.#later(node, ms, act),
        ask: (peer) => this.#hi(node, numberOf(peer)),
        reached: () => {},
        gone: (peer) => this.#lost(node, numberOf(peer)),
      },
      { expiry: EXPIRY_PERIODS * this.#period, period: this.#period, maxLinks: MAX_LINKS },
    )
    this.#verifiers[node] = verifier
    return verifier
  }

  /** Says hi there, with what rides on it, and is answered. */
  #hi(node: number, peer: number): void {
    const view = this.#views[node]!
    this.#carry('hi', node, peer, view.ride(), (rides) => {
      this.#nodes.met(peer, node, rides, 'heard')
      this.#carry('welcome', peer, node, this.#views[peer]!.ride(), (answer) => {
        if (this.#views[node] !== view) return
        this.#verifiers[node]?.answered(addressOf(peer))
        this.#nodes.met(node, peer, answer, 'reached')
      })
    })
  }

  #carry(
    type: 'hi' | 'welcome',
    from: number,
    to: number,
    rides: Fields | undefined,
    arrives: (rides?: Fields) => void,
  ): void {
    const size = (): number => this.#sizes.contact(type, rides)
    this.#cross(from, to, size, () => this.#nodes.timer(to, () => arrives(rides)))
  }

  #isNode(peer: Address): boolean {
    const number = numberOf(peer)
    return Number.isInteger(number) && number >= 0 && number < this.#count
  }

  #send(from: number, to: number, message: MembershipMessage): void {
    const size = (): number => this.#sizes.message(from, to, message)
    this.#cross(from, to, size, () => this.#nodes.receiveMembership(to, from, message))
  }

  #cross(from: number, to: number, size: () => number, arrives: () => void): void {
    if (this.#network.isCut(from, to)) {
      this.#unreachable(from, to)
      return
    }
    const copies = this.#network.copies()
    const comes = (): void => {
      if (this.#nodes.isLive(to)) arrives()
      else this.#unreachable(from, to)
    }
    if (this.#costs !== undefined) {
      this.#checkEndless(0)
      this.#costs.carry({ from, to, what: comes, bytes: size(), copies })
      return
    }
    for (let i = 0; i < copies; i++) {
      const latency = this.#time.latency(from, to)
      this.#checkEndless(latency)
      this.#time.background(latency, comes)
    }
  }

  #unreachable(node: number, peer: number): void {
    this.#time.background(this.#time.latency(peer, node), () => this.#lost(node, peer))
  }

  #lost(node: number, peer: number): void {
    this.#verifiers[node]?.drop(addressOf(peer))
    this.#nodes.peerDown(node, peer)
  }

  #below(limit: number, stream: RandomStream): number {
    return Math.floor(stream.random() * Math.min(limit, this.#count))
  }

  /** What takes no time can go on for ever at one moment. @throws {Runaway} in the handler that does */
  #checkEndless(delay: number): void {
    if (delay > 0) return
    if (this.#momentAt !== this.#time.now) {
      this.#momentAt = this.#time.now
      this.#atMoment = 0
    }
    this.#atMoment += 1
    if (this.#atMoment <= 1000 * (1 + this.#count) + this.#count ** 2) return
    throw new Runaway(`goes on without end at ${this.#time.now} ms`)
  }
}
