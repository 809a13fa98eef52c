/** The host of one simulated node: everything goes to the world, with the node's number. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { MAX_CLOCK_DRIFT_MS, MAX_HELD_BYTES, MAX_KEYS, TOMBSTONES_MS } from '../gossip/defaults.ts'
import type { Host, NodeSettings, Observer } from '../gossip/host.ts'
import type { Message, OwnMessage, ValueMessage } from '../gossip/message.ts'
import type { Address } from '../gossip/strategy.ts'
import type { StrategyError } from '../gossip/strategy-error.ts'
import type { Value } from '../gossip/value.ts'
import { numberOf } from '../gossip/view/node-number.ts'
import { UniformView } from '../gossip/view/uniform.ts'
import { about, aboutValue, parts, textOf } from '../measure/event.ts'
import { toUnit } from './random.ts'
import type { World } from './world.ts'

/**
 * One object for what a node is given besides itself (host, observer, settings and, where everyone may pick anyone,
 * the view): at a million nodes each object more is a miss of the processor's cache more per event.
 */
export class SimulatedHost extends UniformView implements Host, Observer, NodeSettings {
  readonly #world: World
  readonly #index: number
  readonly #generator: RandomGenerator

  constructor(world: World, index: number, generator: RandomGenerator, count: number) {
    super(index, count)
    this.#world = world
    this.#index = index
    this.#generator = generator
  }

  get observer(): Observer {
    return this
  }

  get maxClockDrift(): number {
    return MAX_CLOCK_DRIFT_MS
  }

  get maxKeys(): number {
    return MAX_KEYS
  }

  get maxHeld(): number {
    return MAX_HELD_BYTES
  }

  get ttl(): number {
    return Number.POSITIVE_INFINITY
  }

  get tombstones(): number {
    return TOMBSTONES_MS
  }

  get number(): number {
    return this.#index
  }

  now(): number {
    return this.#world.time.now
  }

  clock(): number {
    return this.#world.clockOf(this.#index)
  }

  random(): number {
    return toUnit(this.#generator.next())
  }

  send(to: Address, message: Message): void {
    this.#world.send(this.#index, numberOf(to), message)
  }

  after(periods: number, act: () => void): boolean {
    this.#world.time.after(this.#index, periods, act)
    return true
  }

  /** What a simulated node holds after it was killed is told by the scenario. */
  store(): undefined {}

  rtt(to: Address): number {
    return this.#world.rttOf(this.#index, numberOf(to))
  }

  forgot(): void {}

  received(from: Address | null, message: Message): void {
    if (this.#isTraced) for (const it of parts(message)) this.#tell('received', from, it)
  }

  updated(from: Address | null, value: Value, hops: number): void {
    this.#world.updated(this.#index, value)
    if (!this.#isTraced) return
    this.#world.tracer.tell('updated', this.#index, {
      ...this.#peer(from),
      ...aboutValue(value),
      hops,
      ...textOf(value),
    })
  }

  ignored(from: Address | null, message: ValueMessage | OwnMessage): void {
    this.#tell('ignored', from, message)
  }

  refused(from: Address | null, value: Value): void {
    if (this.#isTraced)
      this.#world.tracer.tell('refused', this.#index, { ...this.#peer(from), ...aboutValue(value) })
  }

  peerUp(other: Address): void {
    if (this.#isTraced) this.#world.tracer.tell('peer-up', this.#index, this.#peer(other))
  }

  peerDown(other: Address): void {
    this.#world.views.dropped(other)
    if (this.#isTraced) this.#world.tracer.tell('peer-down', this.#index, this.#peer(other))
  }

  report(name: string, number: number): void {
    this.#world.reports.tell(this.#index, name, number)
  }

  logged(what: readonly unknown[]): void {
    this.#world.tracer.logged(this.#index, what)
  }

  /** In a simulation a strategy's mistake ends the run. */
  fault(fault: StrategyError): void {
    throw fault
  }

  get #isTraced(): boolean {
    return this.#world.tracer.isOn
  }

  #tell(event: 'received' | 'ignored', from: Address | null, message: ValueMessage | OwnMessage): void {
    if (!this.#isTraced) return
    const peer = from === null ? undefined : this.#world.tracer.nameOf(numberOf(from))
    this.#world.tracer.tell(event, this.#index, about(peer, message))
  }

  #peer(address: Address | null): { peer?: string } {
    return address === null ? {} : { peer: this.#world.tracer.nameOf(numberOf(address)) }
  }
}
