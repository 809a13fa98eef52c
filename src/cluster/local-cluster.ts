/** A cluster whose nodes share this process: their network can lose, delay and cut. */

import { nextTimestamp } from '../daemon/client/propagate.ts'
import type { Value } from '../gossip/value.ts'
import type { Links, NetworkChange } from '../network/network.ts'
import type { Load } from '../scenario/load.ts'
import type { NodeState } from '../scenario/target.ts'
import type { Cluster } from './cluster.ts'
import { LoadPlayer } from './load-player.ts'
import type { Member } from './member.ts'
import type { ClusterNode, NodeNow, RunningCluster } from './running-cluster.ts'

export class LocalCluster implements RunningCluster {
  readonly cluster: Cluster
  readonly nodes: readonly ClusterNode[]
  /** The value handed in last. */
  value: Value | undefined
  readonly handed = new Map<string, Value>()
  readonly #loads: LoadPlayer
  #starting: Promise<void>[] = []

  constructor(cluster: Cluster) {
    this.cluster = cluster
    this.#loads = new LoadPlayer({
      nodes: cluster.members.length,
      runs: (node) => this.stateOf(node) === 'runs',
      handIn: (node, value, key) => cluster.ofLoad(() => this.propagate(node, value, key)),
    })
    this.nodes = cluster.members.map((member) => ({
      number: member.number,
      get address() {
        return member.address
      },
      get state() {
        return member.state
      },
      status: async () => this.#running(member.number).status(),
    }))
  }

  /** Until the nodes that were told to start listen. @throws if one can't */
  async settled(): Promise<void> {
    await Promise.all(this.#starting.splice(0))
  }

  async look(): Promise<readonly NodeNow[]> {
    return this.cluster.members.map((it) => {
      const { number, address, state } = it
      const held = new Map(it.values.map((value) => [value.key, value]))
      return { number, address, state, heldOf: (key) => held.get(key) }
    })
  }

  get isPartial(): boolean {
    return this.cluster.isPartial
  }

  async isComplete(): Promise<boolean> {
    return this.cluster.isComplete
  }

  numberOf(address: string): number | undefined {
    return this.cluster.network.numberOf(address)
  }

  stop(): void {
    this.#loads.stop()
    this.cluster.stop()
  }

  async ended(): Promise<void> {}

  get links() {
    return this.cluster.network.links
  }

  stateOf(node: number): NodeState {
    return this.#member(node).state
  }

  get isBroken(): boolean {
    return this.cluster.network.isBroken
  }

  propagate(node: number, value: string | null, key: string): void {
    const daemon = this.#running(node)
    // Another client may have handed that node a newer one meanwhile.
    const timestamp = nextTimestamp(this.value, daemon.get(key))
    const { outcome, reason } = daemon.propose(value, timestamp, key)
    if (outcome !== 'accepted') throw new Error(`node ${node} ${outcome} it: ${reason}`)
    this.value = { key, value, timestamp }
    this.handed.set(key, this.value)
  }

  load(load: Load): void {
    this.#loads.play(load)
  }

  loaded(): Promise<void> {
    return this.#loads.done()
  }

  partition(groups: readonly (readonly number[])[]): void {
    this.cluster.network.partition(groups)
  }

  cut(from: readonly number[], to: readonly number[]): void {
    this.cluster.network.cut(from, to)
  }

  isBrokenBetween(links: Links): boolean {
    return this.cluster.network.isBrokenBetween(links)
  }

  heal(links?: Links): void {
    this.cluster.network.heal(links)
  }

  kill(node: number): void {
    this.cluster.kill(this.#member(node))
  }

  start(node: number, keeps: boolean): void {
    const member = this.#member(node)
    this.#starting.push(this.cluster.start(member, keeps ? member.values : undefined))
  }

  pause(node: number): void {
    this.#running(node).pause()
  }

  resume(node: number): void {
    this.#running(node).resume()
  }

  slow(nodes: readonly number[], factor: number): void {
    this.cluster.network.slow(nodes, factor)
  }

  change(change: NetworkChange): void {
    this.cluster.network.change(change)
  }

  #running(node: number) {
    const { daemon } = this.#member(node)
    if (daemon === undefined) throw new Error(`node ${node} does not run`)
    return daemon
  }

  #member(node: number): Member {
    const member = this.cluster.members[node]
    if (member === undefined) throw new Error(`there is no node ${node}`)
    return member
  }
}
