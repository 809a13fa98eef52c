/** The host of simulated nodes, of one at a time: everything goes to the world, with that node's number. */

import { MAX_CLOCK_DRIFT_MS, MAX_HELD_BYTES, MAX_KEYS, TOMBSTONES_MS } from '../../gossip/defaults.ts'
import type { Delays } from '../../gossip/delays.ts'
import type { Host, NodeMemory, NodeSettings, Observer } from '../../gossip/host.ts'
import type { Message, OwnMessage, ValueMessage } from '../../gossip/message.ts'
import type { Address } from '../../gossip/strategy.ts'
import type { StrategyError } from '../../gossip/strategy-error.ts'
import type { Value } from '../../gossip/value.ts'
import type { Holdings } from '../../gossip/values/holdings.ts'
import { addressOf, numberOf } from '../../gossip/view/node-number.ts'
import { UniformView } from '../../gossip/view/uniform.ts'
import { about, aboutValue, parts, textOf } from '../../measure/event.ts'
import type { World } from '../world.ts'
import type { NodeRows } from './rows.ts'

/**
 * One object for what a node is given besides itself: host, observer, settings, memory and, where everyone may pick anyone,
 * the view. It may stand for all nodes in turn.
 */
export class SimulatedHost extends UniformView implements Host, Observer, NodeSettings, NodeMemory {
  readonly #world: World
  readonly #rows: NodeRows

  constructor(world: World, rows: NodeRows, index: number, count: number) {
    super(index, count)
    this.#world = world
    this.#rows = rows
  }

  /** Which node it is about. */
  get index(): number {
    return this.self
  }

  set index(node: number) {
    this.self = node
  }

  // What the node remembers.

  get address(): Address {
    return addressOf(this.self)
  }

  get holdings(): Holdings {
    return this.#rows.holdings[this.self]!
  }

  set holdings(it: Holdings) {
    this.#rows.holdings[this.self] = it
  }

  get interested(): number {
    return this.#rows.interested[this.self]!
  }

  set interested(count: number) {
    this.#rows.interested[this.self] = count
    this.#world.interest.told(this.self, count > 0)
  }

  get calm(): number {
    return this.#rows.calm[this.self]!
  }

  set calm(periods: number) {
    this.#rows.calm[this.self] = periods
  }

  get state(): unknown {
    return this.#rows.states.get(this.self)
  }

  set state(it: unknown) {
    this.#rows.states.set(this.self, it)
  }

  get delays(): Delays | undefined {
    return this.#rows.delays.get(this.self)
  }

  set delays(it: Delays | undefined) {
    this.#rows.delays.set(this.self, it)
  }

  // What it is given.

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
    return this.self
  }

  now(): number {
    return this.#world.time.now
  }

  clock(): number {
    return this.#world.clockOf(this.self)
  }

  random(): number {
    return this.#rows.dice.random(this.self)
  }

  send(to: Address, message: Message): void {
    this.#world.send(this.self, numberOf(to), message)
  }

  after(periods: number, act: () => void): boolean {
    this.#world.time.after(this.self, periods, act)
    return true
  }

  /** What a simulated node holds after it was killed is told by the scenario. */
  store(): undefined {}

  rtt(to: Address): number {
    return this.#world.rttOf(this.self, numberOf(to))
  }

  forgot(): void {}

  received(from: Address | null, message: Message): void {
    if (this.#world.tracer.isOn) for (const it of parts(message)) this.#tell('received', from, it)
  }

  updated(from: Address | null, value: Value, hops: number): void {
    this.#world.updated(this.self, value)
    if (!this.#world.tracer.isOn) return
    this.#world.tracer.tell('updated', this.self, {
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
    if (this.#world.tracer.isOn)
      this.#world.tracer.tell('refused', this.self, { ...this.#peer(from), ...aboutValue(value) })
  }

  peerUp(other: Address): void {
    if (this.#world.tracer.isOn) this.#world.tracer.tell('peer-up', this.self, this.#peer(other))
  }

  peerDown(other: Address): void {
    this.#world.views.dropped(other)
    if (this.#world.tracer.isOn) this.#world.tracer.tell('peer-down', this.self, this.#peer(other))
  }

  report(name: string, number: number): void {
    this.#world.reports.tell(this.self, name, number)
  }

  logged(what: readonly unknown[]): void {
    this.#world.tracer.logged(this.self, what)
  }

  /** In a simulation a strategy's mistake ends the run. */
  fault(fault: StrategyError): void {
    throw fault
  }

  #tell(event: 'received' | 'ignored', from: Address | null, message: ValueMessage | OwnMessage): void {
    if (!this.#world.tracer.isOn) return
    const peer = from === null ? undefined : this.#world.tracer.nameOf(numberOf(from))
    this.#world.tracer.tell(event, this.self, about(peer, message))
  }

  #peer(address: Address | null): { peer?: string } {
    return address === null ? {} : { peer: this.#world.tracer.nameOf(numberOf(address)) }
  }
}
