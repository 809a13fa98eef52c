/** Shows the nodes of this process, and does to them and their network what a scenario could. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { LocalCluster } from '../../cluster/local-cluster.ts'
import type { Member } from '../../cluster/member.ts'
import { excerpt } from '../../gossip/excerpt.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { parseAction, WORDS } from '../../scenario/scenario.ts'
import { networkNow } from '../network-now.ts'
import type { Hello, Network, NodeList, NodeRow, ServerMessage } from '../wire.ts'
import { ActionLog } from './action-log.ts'
import { History, type Nodes } from './history.ts'
import { countersOf, isSame } from './node-rows.ts'
import { type NodeWithPeers, PeersTeller, tellsPeers } from './peers-teller.ts'
import type { Source } from './source.ts'
import { Subscribers } from './subscribers.ts'

/** How often it looks how the nodes are, in ms. */
const LOOK_MS = 1000

export class ClusterSource implements Source {
  readonly hello: Hello
  readonly #cluster: Cluster
  readonly #target: LocalCluster
  readonly #subscribers = new Subscribers()
  readonly #history = new History(() => this.#nodesNow())
  readonly #peers = new PeersTeller(() => this.#peersNow())
  readonly #actions = new ActionLog()
  readonly #timer: NodeJS.Timeout
  /** What those who listen were told last. */
  #rows: NodeList = { kind: 'nodes', nodes: [] }
  #network = ''
  /** Of the members, which stay; their strategies are the last that they ran. */
  readonly #strategies: string[] = []

  constructor(target: LocalCluster, { title, period }: { readonly title: string; readonly period: number }) {
    this.#cluster = target.cluster
    this.#target = target
    this.hello = { kind: 'hello', source: 'cluster', can: WORDS, title, period }
    this.#timer = setInterval(() => this.#subscribers.isThere && this.#look(), LOOK_MS)
    this.#timer.unref()
  }

  /** To be told of every event of the cluster. */
  see(event: GossipEvent): void {
    if (tellsPeers(event)) this.#peers.changed()
    this.#history.see(event)
    this.#subscribers.see(event)
  }

  past(): ServerMessage | undefined {
    this.#subscribers.flush()
    return this.#history.past
  }

  now(): readonly ServerMessage[] {
    return [this.#rowsNow(), this.#networkNow(), this.#peers.now(this.#subscribers.isThere)]
  }

  listen(listener: (told: ServerMessage) => void): () => void {
    return this.#subscribers.listen(listener)
  }

  async act(asked: unknown): Promise<string> {
    const action = parseAction(asked, this.#cluster.members.length)
    return this.#actions.perform(this.#target, action, asked).finally(() => this.#look())
  }

  scenario(): readonly object[] {
    return this.#actions.steps
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#subscribers.stop()
  }

  /** Tells what has changed. */
  #look(): void {
    const rows = this.#rowsNow()
    if (!isSame(rows, this.#rows)) this.#subscribers.tell(rows)
    this.#rows = rows
    const peers = this.#peers.look()
    if (peers !== undefined) this.#subscribers.tell(peers)
    const network = this.#networkNow()
    const text = JSON.stringify(network)
    if (text !== this.#network) this.#subscribers.tell(network)
    this.#network = text
  }

  #nodesNow(): Nodes {
    const { members } = this.#cluster
    const those = (...states: NodeRow['state'][]): string[] =>
      members.filter((it) => states.includes(it.state)).map((it) => it.address)
    return { live: those('runs', 'paused'), down: those('dead', 'absent'), paused: those('paused') }
  }

  #peersNow(): NodeWithPeers[] {
    return this.#cluster.members.flatMap(({ number, address, daemon }) =>
      daemon === undefined ? [] : [{ number, address, peers: daemon.pickable }],
    )
  }

  #rowsNow(): NodeList {
    return { kind: 'nodes', nodes: this.#cluster.members.map((it) => this.#rowOf(it)) }
  }

  #rowOf(member: Member): NodeRow {
    const { number, address, state, daemon, held } = member
    const known = daemon?.summary()
    if (known !== undefined) this.#strategies[number] = known.strategy
    return {
      number,
      address,
      state,
      strategy: this.#strategies[number] ?? '',
      value: typeof held?.value === 'string' ? excerpt(held.value) : null,
      timestamp: held?.timestamp ?? null,
      values: known?.values ?? member.values.length,
      interested: known?.interested ?? null,
      peers: known?.peers ?? 0,
      ...countersOf(known),
    }
  }

  #networkNow(): Network {
    return networkNow(this.#cluster.network.state)
  }
}
