/** The network between the nodes of one process: real sockets alone would lose, repeat and delay nothing. */

import type { Fate, NetworkCosts, NetworkFaults } from '../daemon/transport/fault-hook.ts'
import type { Bandwidth } from '../network/cost/bandwidth.ts'
import { Slowness } from '../network/cost/slowness.ts'
import { drawLatency, type Latency } from '../network/latency.ts'
import { type Links, Network, type NetworkChange } from '../network/network.ts'
import { Distances, type Regions } from '../network/regions/regions.ts'
import { LinkShaper } from './link-shaper.ts'

/** What it costs to send, as for a simulated run. */
export interface Costs {
  readonly nodes: number
  readonly bandwidth?: Bandwidth | undefined
  readonly regions?: Regions | undefined
  readonly processing?: Latency | undefined
}

const CUT: Fate = { isCut: true, delays: [] }

export class NetworkEmulator {
  readonly #network = new Network({ loss: 0, duplicate: 0 }, Math.random)
  #latency: Latency | undefined
  readonly #numbers = new Map<string, number>()
  readonly #changed: () => void
  readonly #slowness = new Slowness()
  readonly #distances: Distances | undefined
  readonly #processing: Latency | undefined
  readonly #shaper: LinkShaper | undefined

  /** @param changed called after each change of what it does */
  constructor(
    changed: () => void = () => {},
    { nodes, regions, bandwidth, processing }: Costs = { nodes: 0 },
  ) {
    this.#changed = changed
    this.#distances = regions && new Distances(regions, nodes)
    this.#processing = processing
    this.#shaper = bandwidth && new LinkShaper(bandwidth, nodes, this.#slowness)
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
    const fate = (to: string): Fate => this.#fate(node, this.numberOf(to))
    return this.#shaper === undefined && this.#processing === undefined
      ? { fate }
      : { fate, costs: this.#costsOf(node) }
  }

  /** How many times as long everything takes that a node does. */
  get slowness(): Slowness {
    return this.#slowness
  }

  /** What goes over the nodes' links, where those have a rate. */
  get links(): Pick<LinkShaper, 'begin' | 'figures'> | undefined {
    return this.#shaper
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
    return { ...this.#network.state, loss, duplicate, latency: this.#latency, slowness: this.#slowness }
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

  slow(nodes: readonly number[], factor: number): void {
    this.#slowness.set(nodes, factor)
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
    return { isCut: false, delays: Array.from({ length: copies }, () => this.#delay(from, to)) }
  }

  #delay(from: number, to: number): number {
    const drawn = this.#latency === undefined ? 0 : drawLatency(this.#latency, Math.random)
    return drawn + (this.#distances?.between(from, to) ?? 0)
  }

  /** A stranger is reached at once, and handles everything at once. */
  #costsOf(node: number): NetworkCosts {
    const shaper = this.#shaper
    return {
      leave: (to, bytes, left) => {
        if (shaper === undefined || this.numberOf(to) === undefined) left(0)
        else shaper.leave(node, bytes, left)
      },
      arrive: (to, bytes, took, arrived) => {
        const number = this.numberOf(to)
        if (shaper === undefined || number === undefined) arrived()
        else shaper.arrive(number, bytes, took, arrived)
      },
      handling: (to) => {
        const number = this.numberOf(to)
        if (this.#processing === undefined || number === undefined) return 0
        return drawLatency(this.#processing, Math.random) * this.#slowness.of(number)
      },
      stop: () => shaper?.stop(node),
    }
  }
}
