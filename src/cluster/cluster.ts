/**
 * Many nodes in one process, each with its own server, sockets, table and dice: a cluster to try things on,
 * whose nodes can be killed, started again and paused, and whose network can lose, repeat, delay and cut.
 */
import { join } from 'node:path'
import type { Daemon } from '../daemon/daemon.ts'
import { type Listener, wallClock } from '../daemon/events/event-bus.ts'
import type { DaemonSettings } from '../daemon/settings.ts'
import { startDaemon } from '../daemon/start-daemon.ts'
import { budgetOf, type DescriptorBudget } from '../daemon/transport/descriptors.ts'
import { deal, type Population } from '../gossip/population.ts'
import type { Value } from '../gossip/value.ts'
import { type GossipEvent, isHandedIn } from '../measure/event.ts'
import { NO_NODE, networkRow } from '../measure/network-row.ts'
import { nameOfLatency } from '../network/latency.ts'
import type { Graph } from '../network/topology/graph.ts'
import { isConnected } from './connected.ts'
import { Member } from './member.ts'
import { type Costs, NetworkEmulator } from './network-emulator.ts'

export interface ClusterSettings
  extends Costs,
    Omit<
      DaemonSettings,
      | 'protocol'
      | 'listen'
      | 'advertise'
      | 'join'
      | 'subnet'
      | 'number'
      | 'kept'
      | 'faults'
      | 'slowness'
      | 'mayPick'
      | 'dataDir'
      | 'files'
      | 'isJoinTold'
      | 'container'
    > {
  readonly population: Population
  /** Whom each node may pick; everyone, if there is none. */
  readonly graph?: Graph | undefined
  /** Nodes that are not there at first. */
  readonly absent?: ReadonlySet<number>
  /** The first node's port; 0 lets the system choose one for each. */
  readonly basePort: number
  /** The folder in which each node keeps its value, in one named after its port. */
  readonly dataDir?: string | undefined
  /** Hears the events of all nodes. */
  readonly listener: Listener
}

const HOST = '127.0.0.1'
/** Connections, both ends of each in this process, that all nodes together keep open. */
const MAX_LINKS = 8000
/** Nodes all of which may start from the same ones. */
const FEW = 20

export class Cluster {
  readonly members: readonly Member[]
  readonly network: NetworkEmulator
  readonly #settings: ClusterSettings
  /** The place of each node's protocol in the population. */
  readonly #dealt: Uint8Array
  readonly #files: DescriptorBudget
  readonly #starting = new Set<Member>()
  #hasEnded = false
  /** Is a value of a load being handed in? */
  #isLoad = false

  private constructor(settings: ClusterSettings) {
    const { population, nodes, basePort, limits } = settings
    this.#settings = settings
    this.network = new NetworkEmulator(() => this.#tellNetwork(), settings)
    this.#files = budgetOf(nodes, limits)
    this.#dealt = deal(population, nodes, Math.random)
    this.members = Array.from({ length: nodes }, (_, i) => new Member(i, basePort === 0 ? 0 : basePort + i))
    if (basePort !== 0) for (const it of this.members) this.network.name(it.address, it.number)
  }

  /** @throws if a port is taken, or this process may open too few files; no node is left running then */
  static async start(settings: ClusterSettings): Promise<Cluster> {
    const cluster = new Cluster(settings)
    const { absent } = settings
    try {
      for (const member of cluster.members) if (!absent?.has(member.number)) await cluster.start(member)
    } catch (error) {
      cluster.stop()
      throw error
    }
    return cluster
  }

  get live(): Daemon[] {
    return this.members.flatMap(({ daemon }) => (daemon === undefined || daemon.isPaused ? [] : [daemon]))
  }

  /** Does each node know only some of the others, by design? */
  get isPartial(): boolean {
    return this.#settings.membership.membership.partial === true
  }

  /** Does every running node know every other; or are they one, where each knows only some by design? */
  get isComplete(): boolean {
    const { live } = this
    if (this.isPartial) return isConnected(new Map(live.map((it) => [it.address, it.peers])))
    return live.every((daemon) => live.every((other) => daemon.knows(other.address)))
  }

  /** A value of a load is handed in by what that does: events tell it. */
  ofLoad(act: () => void): void {
    this.#isLoad = true
    try {
      act()
    } finally {
      this.#isLoad = false
    }
  }

  kill(member: Member): void {
    member.kill()
  }

  /** Starts one that is absent, or one that is dead again at the same address. @param kept what it still holds, besides what is in its folder */
  async start(member: Member, kept?: readonly Value[]): Promise<void> {
    if (member.daemon !== undefined || this.#starting.has(member)) return
    this.#starting.add(member)
    try {
      const daemon = await this.#startNode(member, kept)
      if (this.#hasEnded) return daemon.stop()
      member.runs(daemon)
      this.network.name(member.address, member.number)
    } finally {
      this.#starting.delete(member)
    }
  }

  stop(): void {
    this.#hasEnded = true
    for (const member of this.members) member.stop()
  }

  #tellNetwork(): void {
    const { latency, slowness, ...state } = this.network.state
    const network = networkRow(state, latency === undefined ? null : nameOfLatency(latency), slowness)
    this.#tell({ at: wallClock(), node: NO_NODE, event: 'network', network })
  }

  #tell(event: GossipEvent): void {
    this.#settings.listener(this.#isLoad && isHandedIn(event) ? { ...event, load: true } : event)
  }

  async #startNode(member: Member, kept: readonly Value[] | undefined): Promise<Daemon> {
    const { nodes, limits, population, absent, basePort, graph, dataDir, ...settings } = this.#settings
    const maxLinks = Math.min(limits.maxLinks, Math.max(4, Math.floor(MAX_LINKS / nodes)))
    const { number, port } = member
    return startDaemon({
      ...settings,
      listener: (event) => this.#tell(event),
      protocol: population[this.#dealt[number]!]!.protocol,
      limits: { ...limits, maxLinks },
      files: this.#files,
      // The others are started and ended here: that needs no telling.
      isJoinTold: false,
      listen: { host: HOST, port },
      advertise: undefined,
      join: this.#contactsOf(member).map((it) => ({ host: HOST, port: it })),
      subnet: undefined,
      number,
      kept,
      dataDir: dataDir && join(dataDir, String(port || number)),
      faults: this.network.faultsOf(number),
      slowness: () => this.network.slowness.of(number),
      mayPick: graph && this.#neighboursOf(graph, number),
    })
  }

  #neighboursOf(graph: Graph, node: number): (address: string) => boolean {
    const neighbours = new Set(graph.neighbours(node))
    return (address) => neighbours.has(this.network.numberOf(address) ?? -1)
  }

  /**
   * Ports of some of the others to start from: of those that run and can be reached, or while there are none of
   * those to come. Where there is nobody, a node's own port keeps it from scanning.
   */
  #contactsOf(member: Member): number[] {
    const { absent } = this.#settings
    const others = this.members.filter((it) => it !== member && it.port !== 0)
    const up = others.filter((it) => it.state === 'runs' && !this.network.isCut(member.number, it.number))
    const toCome = others.filter((it) => it.state !== 'absent' || !absent?.has(it.number))
    const from = up.length > 0 ? up : toCome
    // Of many not all the same ones, which could not hear so many at once.
    const some = from.length < FEW ? [from[0], from[1], from.at(-1)] : [from[from.length >> 1], from.at(-1)]
    const ports = some.flatMap((it) => (it === undefined ? [] : [it.port]))
    return ports.length > 0 ? [...new Set(ports)] : [member.port || 1]
  }
}
