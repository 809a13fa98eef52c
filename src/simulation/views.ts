/** Whom each simulated node can pick: everyone, its neighbours in a graph, or whom a membership says. */
import type { Message } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import type { MembershipView } from '../gossip/view/membership.ts'
import { NeighbourView } from '../gossip/view/neighbours.ts'
import { numberOf } from '../gossip/view/node-number.ts'
import type { PeerView } from '../gossip/view/view.ts'
import { Detection } from '../measure/detection.ts'
import { graphOf } from '../network/topology/build.ts'
import type { Graph } from '../network/topology/graph.ts'
import { type MemberNodes, Members, type Ways } from './membership/members.ts'
import { randomStream } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulationSettings } from './settings.ts'

export class Views {
  readonly detection = new Detection()
  /** Whom each node can pick, where that is a fixed set of links. */
  readonly graph: Graph | undefined
  readonly #time: Scheduler
  readonly #everyone: (node: number) => PeerView
  readonly #members: Members | undefined

  /**
   * @param world the nodes, as memberships see them
   * @param everyone the view of a node that can pick anyone
   */
  constructor(
    settings: SimulationSettings,
    ways: Ways,
    world: MemberNodes,
    everyone: (node: number) => PeerView,
  ) {
    const { topology, nodes, seed, run, members } = settings
    this.#time = ways.time
    this.#everyone = everyone
    const linker = randomStream(seed, run, 'topology')
    this.graph = graphOf(topology, nodes, () => linker.random())
    if (topology.kind === 'real' && members === undefined)
      throw new Error('topology real needs a membership, heartbeat, that finds the peers')
    if (members !== undefined) this.#members = new Members(members, settings, ways, world)
  }

  /** Do nodes have to learn of each other? */
  get findPeers(): boolean {
    return this.#members !== undefined
  }

  /** A new one, for a node that starts. */
  viewOf(node: number): PeerView {
    if (this.#members !== undefined) return this.#members.viewOf(node)
    if (this.graph !== undefined) return new NeighbourView(this.graph.neighbours(node))
    return this.#everyone(node)
  }

  /** Whom that node may pick, of a membership's peers. */
  peersOf(node: number): readonly Address[] {
    return this.#members?.peersOf(node) ?? []
  }

  /** Its membership's view, where it has one. */
  memberOf(node: number): MembershipView | undefined {
    return this.#members?.memberOf(node)
  }

  /** Bytes that ride on that message for the membership. */
  riding(from: number, to: number, message: Message): number {
    return this.#members?.riding(from, to, message) ?? 0
  }

  start(node: number): void {
    this.detection.started(node)
    this.#members?.start(node)
  }

  stop(node: number): void {
    if (this.findPeers) this.detection.died(node, this.#time.now)
  }

  /** A node drops that peer. */
  dropped(peer: Address): void {
    if (this.findPeers) this.detection.dropped(numberOf(peer), this.#time.now)
  }
}
