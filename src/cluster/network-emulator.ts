/** The network between the nodes of one process: real sockets alone would lose, repeat and delay nothing. */

import type { Fate, NetworkFaults } from '../daemon/transport/fault-hook.ts'
import { drawLatency, type Latency } from '../network/latency.ts'
import { type Links, Network, type NetworkChange } from '../network/network.ts'

const CUT: Fate = { isCut: true, delays: [] }

export class NetworkEmulator {
  readonly #network = new Network({ loss: 0, duplicate: 0 }, Math.random)
  #latency: Latency | undefined
  readonly #numbers = new Map<string, number>()
  readonly #changed: () => void

  /** @param changed called after each change of what it does */
  constructor(changed: () => void = () => {}) {
    this.#changed = changed
  }

  /** From now on that address is this node's. */
  name(address: string, node: number): void {
    this.#numbers.set(address, node)
  }

  numberOf(address: string): number | undefined {
    return this.#numbers.get(address)
  }

  /** What it does to what that node sends. */
  faultsOf(node: number): NetworkFaults {
    return { fate: (to) => this.#fate(node, this.numberOf(to)) }
  }

  get isBroken(): boolean {
    return this.#network.isBroken
  }

  isBrokenBetween(links: Links): boolean {
    return this.#network.isBrokenBetween(links)
  }

  /** What is wrong with it just now. */
  get state() {
    const { loss, duplicate } = this.#network
    return { ...this.#network.state, loss, duplicate, latency: this.#latency }
  }

  isCut(from: number, to: number): boolean {
    return this.#network.isCut(from, to)
  }

  partition(groups: readonly (readonly number[])[]): void {
    this.#network.partition(groups)
    this.#changed()
  }

  cut(from: readonly number[], to: readonly number[]): void {
    this.#network.cut(from, to)
    this.#changed()
  }

  /** All ways, or those between some nodes. */
  heal(links?: Links): void {
    this.#network.heal(links)
    this.#changed()
  }

  change(change: NetworkChange): void {
    this.#network.change(change)
    this.#latency = change.latency ?? this.#latency
    this.#changed()
  }

  /** A stranger, who is none of the nodes, is reached as it really is. */
  #fate(from: number, to: number | undefined): Fate {
    if (to === undefined) return { isCut: false, delays: [0] }
    if (this.#network.isCut(from, to)) return CUT
    const copies = this.#network.copies()
    return { isCut: false, delays: Array.from({ length: copies }, () => this.#delay()) }
  }

  #delay(): number {
    return this.#latency === undefined ? 0 : drawLatency(this.#latency, Math.random)
  }
}
