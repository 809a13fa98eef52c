/** Whom each simulated node can pick: everyone, its neighbours in a graph, or whom a membership says. */
import type { PeerRow } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import { NeighbourView } from '../gossip/view/neighbours.ts'
import { addressOf, numberOf } from '../gossip/view/node-number.ts'
import { EXPIRY_PERIODS, PeerTable, TABLE_DEFAULTS } from '../gossip/view/table.ts'
import type { PeerView } from '../gossip/view/view.ts'
import { Detection } from '../measure/detection.ts'
import type { Network } from '../network/network.ts'
import { graphOf } from '../network/topology/build.ts'
import type { Graph } from '../network/topology/graph.ts'
import { type Exchange, Heartbeats } from './membership/heartbeats.ts'
import { type MemberNodes, Members } from './membership/members.ts'
import { nodeStreams, RandomStream, randomStream } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulationSettings } from './settings.ts'

/** What views ask of the nodes that have them. */
export interface Viewers {
  /** The view of a node that can pick anyone. */
  everyone(node: number): PeerView
  /** Ms by that node's own clock. */
  clockOf(node: number): number
  /** Can it hear something now, of that one? */
  hears(node: number, from: number): boolean
  /** It is told of peers. */
  meet(node: number, from: number, rows: readonly PeerRow[]): void
}

export class Views implements Exchange {
  readonly detection = new Detection()
  /** Whom each node can pick, where that is a fixed set of links. */
  readonly graph: Graph | undefined
  readonly #settings: SimulationSettings
  readonly #time: Scheduler
  readonly #network: Network
  readonly #viewers: Viewers
  readonly #members: Members | undefined
  /** What keeps up the nodes' tables, where they have some. */
  readonly #heartbeats: (Heartbeats | undefined)[] = []
  readonly #streams: RandomStream[] = []

  /** @param world the nodes, as memberships see them */
  constructor(
    settings: SimulationSettings,
    time: Scheduler,
    network: Network,
    world: MemberNodes,
    viewers: Viewers,
  ) {
    const { topology, nodes, seed, run, members } = settings
    this.#settings = settings
    this.#time = time
    this.#network = network
    this.#viewers = viewers
    const linker = randomStream(seed, run, 'topology')
    this.graph = graphOf(topology, nodes, () => linker.random())
    if (members !== undefined) this.#members = new Members(members, settings, time, network, world)
    if (!this.#areTables) return
    const next = nodeStreams(seed, run, 'membership')
    for (let i = 0; i < nodes; i++) this.#streams.push(new RandomStream(next()))
  }

  /** Do nodes have to learn of each other? */
  get findPeers(): boolean {
    return this.#areTables || this.#members !== undefined
  }

  get #areTables(): boolean {
    return this.#settings.topology.kind === 'real'
  }

  /** A new one, for a node that starts. */
  viewOf(node: number): PeerView {
    if (this.#members !== undefined) return this.#members.viewOf(node)
    if (this.graph !== undefined) return new NeighbourView(this.graph.neighbours(node))
    if (!this.#areTables) return this.#viewers.everyone(node)
    const { period } = this.#settings
    const limits = { ...TABLE_DEFAULTS, expiry: EXPIRY_PERIODS * period }
    const table = new PeerTable(addressOf(node), limits, this.#viewers.clockOf(node))
    this.#heartbeats[node] = new Heartbeats(node, table, period, this.#time, this, this.#streams[node]!)
    return table
  }

  start(node: number): void {
    this.detection.started(node)
    this.#members?.start(node)
    this.#heartbeats[node]?.start()
  }

  stop(node: number): void {
    if (this.findPeers) this.detection.died(node, this.#time.now)
    this.#heartbeats[node]?.stop()
  }

  /** A node drops that peer. */
  dropped(peer: Address): void {
    if (this.findPeers) this.detection.dropped(numberOf(peer), this.#time.now)
  }

  /** It knows a peer that it did not know before. */
  news(node: number): void {
    this.#heartbeats[node]?.news()
  }

  greet(from: number, to: number, rows: readonly PeerRow[]): void {
    this.#tell(from, to, rows, () => this.#tell(to, from, this.#heartbeats[to]!.rows(), () => {}))
  }

  #tell(from: number, to: number, rows: readonly PeerRow[], then: () => void): void {
    if (this.#network.isCut(from, to) || this.#network.copies() === 0) return
    this.#time.background(this.#time.latency(from, to), () => {
      if (!this.#viewers.hears(to, from)) return
      this.#viewers.meet(to, from, rows)
      then()
    })
  }
}
