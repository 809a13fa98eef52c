/**
 * A membership's file on simulated nodes. Its messages go through the network as any others, but are in no figure of the
 * value; a node that starts is told of the first ones, as `--join` names them, and of one of them now and then.
 */
import type { MembershipMessage } from '../../gossip/message.ts'
import type { MembershipProtocol } from '../../gossip/protocol.ts'
import type { Address } from '../../gossip/strategy.ts'
import { Runaway } from '../../gossip/strategy-error.ts'
import type { MembershipHost } from '../../gossip/view/member.ts'
import { MembershipView } from '../../gossip/view/membership.ts'
import { addressOf, numberOf } from '../../gossip/view/node-number.ts'
import type { Network } from '../../network/network.ts'
import { nodeStreams, RandomStream } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import type { SimulationSettings } from '../settings.ts'
import type { Tracer } from '../tracer.ts'
import { FIRST_MS, SEARCH_MS, SEEDS } from './bootstrap.ts'

/** What memberships ask of the nodes that have them. */
export interface MemberNodes {
  isLive(node: number): boolean
  receiveMembership(node: number, from: number, message: MembershipMessage): void
  peerDown(node: number, peer: number): void
  /** Discovery found that one. */
  contact(node: number, peer: number): void
  timer(node: number, act: () => void): void
  readonly tracer: Pick<Tracer, 'logged'>
}

export class Members {
  readonly #protocol: MembershipProtocol
  readonly #count: number
  readonly #period: number
  readonly #time: Scheduler
  readonly #network: Network
  readonly #nodes: MemberNodes
  readonly #streams: RandomStream[] = []
  readonly #views: MembershipView[] = []
  #momentAt = 0
  #atMoment = 0

  constructor(
    protocol: MembershipProtocol,
    { nodes: count, period, seed, run }: SimulationSettings,
    time: Scheduler,
    network: Network,
    nodes: MemberNodes,
  ) {
    this.#protocol = protocol
    this.#count = count
    this.#period = period
    this.#time = time
    this.#network = network
    this.#nodes = nodes
    const next = nodeStreams(seed, run, 'membership')
    for (let i = 0; i < count; i++) this.#streams.push(new RandomStream(next()))
  }

  /** A new one, for a node that starts. */
  viewOf(node: number): MembershipView {
    const view = new MembershipView(addressOf(node), this.#protocol, this.#hostOf(node))
    this.#views[node] = view
    return view
  }

  start(node: number): void {
    const view = this.#views[node]!
    const stream = this.#streams[node]!
    const contact = (seeds: readonly number[]): void => {
      for (const seed of seeds) if (seed !== node) this.#nodes.contact(node, seed)
    }
    const later = (ms: number, act: () => void): void =>
      this.#time.background(ms, () => {
        // Not if another has taken its place, as the node started again.
        if (this.#views[node] === view) this.#nodes.timer(node, act)
      })
    const search = (): void => {
      contact([this.#below(SEEDS, stream)].filter((it) => !view.knows(addressOf(it))))
      const pause = view.size === 0 ? this.#period : SEARCH_MS
      later(pause * (0.5 + stream.random()), search)
    }
    const first = this.#below(SEEDS, stream)
    later(FIRST_MS * (0.75 + stream.random() / 2), () =>
      contact(Array.from({ length: SEEDS }, (_, i) => (first + i) % SEEDS).filter((it) => it < this.#count)),
    )
    later(this.#period * (0.5 + stream.random()), search)
  }

  #hostOf(node: number): MembershipHost {
    const stream = this.#streams[node]!
    return {
      random: () => stream.random(),
      send: (to, message) => this.#send(node, numberOf(to), message),
      after: (periods, act) => {
        this.#checkEndless(periods)
        this.#time.background(periods * this.#period, () => this.#nodes.timer(node, act))
        return true
      },
      allows: (peer) => this.#isNode(peer),
      observer: {
        fault(fault) {
          throw fault
        },
        logged: (what) => this.#nodes.tracer.logged(node, what),
      },
    }
  }

  #isNode(peer: Address): boolean {
    const number = numberOf(peer)
    return Number.isInteger(number) && number >= 0 && number < this.#count
  }

  #send(from: number, to: number, message: MembershipMessage): void {
    if (this.#network.isCut(from, to)) {
      this.#unreachable(from, to)
      return
    }
    const copies = this.#network.copies()
    for (let i = 0; i < copies; i++) {
      const latency = this.#time.latency(from, to)
      this.#checkEndless(latency)
      this.#time.background(latency, () => {
        if (this.#nodes.isLive(to)) this.#nodes.receiveMembership(to, from, message)
        else this.#unreachable(from, to)
      })
    }
  }

  #unreachable(node: number, peer: number): void {
    this.#time.background(this.#time.latency(peer, node), () => this.#nodes.peerDown(node, peer))
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
