/**
 * Many nodes in one process, each with its own server, sockets, table and dice: a cluster to try things on,
 * whose nodes can be killed, revived and paused, and the links between them cut.
 */
import type { Daemon } from './daemon.ts'
import { startDaemon } from './daemon.ts'
import type { Listener } from './feed.ts'
import type { DaemonSettings } from './settings.ts'

export interface ClusterSettings
  extends Omit<DaemonSettings, 'listen' | 'advertise' | 'join' | 'subnet' | 'passes' | 'number'> {
  readonly nodes: number
  /** The first node's port; 0 lets the system choose one for each. */
  readonly basePort: number
  /** Hears the events of all nodes. */
  readonly listener: Listener
}

export interface Member {
  readonly address: string
  readonly port: number
  daemon: Daemon | undefined
}

const HOST = '127.0.0.1'
/** Connections, both ends of each in this process, that all nodes together keep open. */
const MAX_LINKS = 8000

export class Cluster {
  readonly members: Member[] = []
  readonly #settings: ClusterSettings
  /** The side of a cut that each node is on; all on one where there is none. */
  readonly #side = new Map<string, number>()

  private constructor(settings: ClusterSettings) {
    this.#settings = settings
  }

  /** @throws if a port is taken; no node is left running then */
  static async start(settings: ClusterSettings): Promise<Cluster> {
    const cluster = new Cluster(settings)
    try {
      for (let i = 0; i < settings.nodes; i++) {
        const daemon = await cluster.#startNode(settings.basePort === 0 ? 0 : settings.basePort + i, i)
        const port = Number(daemon.address.slice(HOST.length + 1))
        cluster.members.push({ address: daemon.address, port, daemon })
      }
    } catch (error) {
      cluster.stop()
      throw error
    }
    return cluster
  }

  get live(): Daemon[] {
    return this.members.flatMap(({ daemon }) => (daemon === undefined || daemon.isPaused ? [] : [daemon]))
  }

  /** Does every running node know every other? */
  get isComplete(): boolean {
    const { live } = this
    return live.every((daemon) => live.every((other) => daemon.knows(other.address)))
  }

  get isCut(): boolean {
    return this.#side.size > 0
  }

  kill(member: Member): void {
    member.daemon?.stop('abruptly')
    member.daemon = undefined
  }

  /** Starts it again at the same address, without what it held. */
  async revive(member: Member): Promise<void> {
    member.daemon ??= await this.#startNode(member.port, this.members.indexOf(member))
  }

  /** Cuts every link between the first `count` nodes and the others. */
  cut(count: number): void {
    this.members.forEach(({ address }, i) => {
      this.#side.set(address, i < count ? 0 : 1)
    })
    for (const { daemon } of this.members) {
      for (const { address } of this.members) {
        if (daemon !== undefined && !this.#passes(daemon.address, address)) daemon.cut(address)
      }
    }
  }

  heal(): void {
    this.#side.clear()
  }

  stop(): void {
    for (const member of this.members) {
      member.daemon?.stop()
      member.daemon = undefined
    }
  }

  async #startNode(port: number, index: number): Promise<Daemon> {
    const { nodes, listener, limits, ...settings } = this.#settings
    const maxLinks = Math.max(4, Math.min(limits.maxLinks, Math.floor(MAX_LINKS / nodes)))
    const daemon = await startDaemon({
      ...settings,
      limits: { ...limits, maxLinks },
      listen: { host: HOST, port },
      advertise: undefined,
      join: this.#contactsOf(port),
      subnet: undefined,
      number: index,
      passes: (from, to) => this.#passes(from, to),
    })
    daemon.feed.listen(listener)
    return daemon
  }

  /** Some of the others to start from; where there is none, a node's own address keeps it from scanning. */
  #contactsOf(port: number): { host: string; port: number }[] {
    const { basePort, nodes } = this.#settings
    const started = this.members.map((member) => member.port)
    const ports = basePort === 0 ? started : [basePort, basePort + 1, basePort + nodes - 1]
    const some = [ports[0] ?? 1, ports[1] ?? 1, ports.at(-1) ?? 1].filter((it) => it !== port)
    return [...new Set(some), ...(some.length === 0 ? [port] : [])].map((it) => ({ host: HOST, port: it }))
  }

  #passes(from: string, to: string): boolean {
    return this.#side.get(from) === this.#side.get(to)
  }
}
