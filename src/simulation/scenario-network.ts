/** The network of a simulated cluster: what a scenario does to it, and how far nodes are from one another. */
import { roundTrip } from '../network/cost/round-trip.ts'
import type { Latency } from '../network/latency.ts'
import type { Links, Network, NetworkChange } from '../network/network.ts'
import { Distances } from '../network/regions/regions.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulationSettings } from './settings.ts'
import type { Tracer } from './tracer.ts'

export abstract class ScenarioNetwork {
  abstract readonly time: Scheduler
  abstract readonly network: Network
  abstract readonly tracer: Tracer
  readonly settings: SimulationSettings
  /** Between regions, where there are some. */
  readonly distances: Distances | undefined
  /** What a scenario made of it. */
  #latency: Latency | undefined

  constructor(settings: SimulationSettings) {
    this.settings = settings
    const { regions, nodes } = settings
    this.distances = regions && new Distances(regions, nodes)
  }

  partition(groups: readonly (readonly number[])[]): void {
    this.network.partition(groups)
    this.#tell()
  }

  cut(from: readonly number[], to: readonly number[]): void {
    this.network.cut(from, to)
    this.#tell()
  }

  isBrokenBetween(links: Links): boolean {
    return this.network.isBrokenBetween(links)
  }

  heal(links?: Links): void {
    this.network.heal(links)
    this.#tell()
  }

  get isBroken(): boolean {
    return this.network.isBroken
  }

  /** What the network does from now on. */
  change(change: NetworkChange): void {
    this.network.change(change)
    if (change.latency !== undefined) {
      this.time.setLatency(change.latency)
      this.#latency = change.latency
    }
    this.#tell()
  }

  /** All that these nodes do from now on takes so many times as long as at first. */
  slow(nodes: readonly number[], factor: number): void {
    this.time.slowness.set(nodes, factor)
    this.#tell()
  }

  /** What a scenario made of the latency, if it did. */
  get changedLatency(): Latency | undefined {
    return this.#latency
  }

  /** Ms there and back, in the mean; none in rounds. */
  rttOf(node: number, peer: number): number {
    const { rounds, latency } = this.settings
    if (rounds) return 0
    return roundTrip({ distances: this.distances, latency: this.#latency ?? latency }, node, peer)
  }

  #tell(): void {
    if (this.tracer.isOn) this.tracer.network(this.network, this.#latency, this.time.slowness)
  }
}
