/** What a simulated cluster tells as events, if anybody listens. */
import { logLine } from '../gossip/log-line.ts'
import type { Message, OwnMessage, ValueMessage } from '../gossip/message.ts'
import { about, type GossipEvent, isHandedIn, parts } from '../measure/event.ts'
import { NO_NODE, networkRow } from '../measure/network-row.ts'
import type { Slowness } from '../network/cost/slowness.ts'
import { type Latency, nameOfLatency } from '../network/latency.ts'
import type { Network } from '../network/network.ts'
import type { Names } from '../network/topology/node-names.ts'
import { namesOf } from '../network/topology/topology.ts'
import { nameOf } from './naming.ts'
import type { SimulationSettings } from './settings.ts'

export class Tracer {
  readonly #settings: SimulationSettings
  readonly #names: Names | undefined
  readonly #now: () => number
  /** Is a value of a load being handed in? */
  #isLoad = false

  constructor(settings: SimulationSettings, now: () => number) {
    this.#settings = settings
    this.isOn = settings.trace !== undefined
    this.#names = namesOf(settings.topology)
    this.#now = now
  }

  readonly isOn: boolean

  tell(event: GossipEvent['event'], index: number, more: Partial<GossipEvent> = {}): void {
    if (!this.isOn) return
    const it = { at: this.#now(), node: this.nameOf(index), event, ...more }
    this.#settings.trace?.(this.#isLoad && isHandedIn(it) ? { ...it, load: true } : it)
  }

  /** A value of a load is handed in by what that does. */
  load(act: () => void): void {
    this.#isLoad = true
    act()
    this.#isLoad = false
  }

  /** @param copies of it that the network makes */
  sent(from: number, to: number, message: ValueMessage | OwnMessage, bytes: number, copies: number): void {
    if (!this.isOn) return
    const event = about(this.nameOf(to), message)
    event.bytes = bytes
    if (copies > 1) event.copies = copies
    this.tell('sent', from, event)
  }

  lost(from: number, to: number, message: Message): void {
    if (this.isOn) for (const it of parts(message)) this.tell('lost', from, about(this.nameOf(to), it))
  }

  /** Nobody looks, in most runs: then it is not even written. */
  logged(index: number, what: readonly unknown[]): void {
    const { trace, logs } = this.#settings
    if (trace === undefined && logs === undefined) return
    const text = logLine(what)
    this.tell('log', index, { text })
    logs?.({ at: this.#now(), node: this.nameOf(index), event: 'log', text })
  }

  /** @param latency what a scenario made of it, if it did */
  network(network: Network, latency: Latency | undefined, slowness: Slowness): void {
    const { state, loss, duplicate } = network
    const row = networkRow(
      { ...state, loss, duplicate },
      latency === undefined ? null : nameOfLatency(latency),
      slowness,
    )
    this.#settings.trace?.({ at: this.#now(), node: NO_NODE, event: 'network', network: row })
  }

  /** As events call it: an address, like those of real nodes. */
  nameOf(index: number): string {
    return nameOf(index, this.#names)
  }

  /** As people call it. */
  titleOf(index: number): string {
    return String(this.#names?.[index] ?? index)
  }
}
