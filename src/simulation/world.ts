/** A simulated cluster: the nodes, the network between them and its faults, and what is measured. */
import {
  isValue,
  isValues,
  type MembershipMessage,
  type Message,
  type OwnMessage,
  type ValueMessage,
} from '../gossip/message.ts'
import { GossipNode } from '../gossip/node.ts'
import { deal } from '../gossip/population.ts'
import type { Address } from '../gossip/strategy.ts'
import { DEFAULT_KEY, type Value } from '../gossip/value.ts'
import { addressOf, numberOf } from '../gossip/view/node-number.ts'
import { Detection } from '../measure/detection.ts'
import { Recorder } from '../measure/recorder.ts'
import { Network } from '../network/network.ts'
import type { Graph } from '../network/topology/graph.ts'
import type { NodeState, ScenarioTarget } from '../scenario/target.ts'
import { type Costs, costsOf } from './costs.ts'
import { EventScheduler } from './event-scheduler.ts'
import { HandedIn } from './handed-in.ts'
import { SimulatedHost } from './host.ts'
import { MessageSizes } from './message-size.ts'
import { NodeSet } from './node-set.ts'
import { nodeStreams, type RandomStream, randomStream } from './random.ts'
import { RoundScheduler } from './round-scheduler.ts'
import { ScenarioNetwork } from './scenario-network.ts'
import type { Scheduler, SimulatedNodes } from './scheduler.ts'
import type { SimulationSettings } from './settings.ts'
import { skewsOf } from './skew.ts'
import { Tracer } from './tracer.ts'
import { Views } from './views.ts'

const [ABSENT, LIVE, PAUSED, DEAD] = [0, 1, 2, 3] as const
const STATES: readonly NodeState[] = ['absent', 'runs', 'paused', 'dead']

export class World extends ScenarioNetwork implements SimulatedNodes, ScenarioTarget {
  readonly time: Scheduler
  readonly network: Network
  readonly record: Recorder
  readonly tracer: Tracer
  readonly detection = new Detection()
  /** The last estimates that nodes reported, by name; NaN where there is none. */
  readonly reports = new Map<string, Float64Array>()
  faults = 0
  readonly #nodes: GossipNode[] = []
  readonly #hosts: SimulatedHost[] = []
  readonly #states: Uint8Array
  /** What came for a paused node. */
  readonly #waiting = new Map<number, (() => void)[]>()
  readonly #views: Views
  readonly #sizes: MessageSizes
  readonly #faultDice: RandomStream
  /** Which protocol of the population each node runs. */
  readonly #dealt: Uint8Array
  #mayStillSend: number
  readonly #skews: Int32Array | undefined
  /** The figures are about the last of it. */
  readonly #handedIn: HandedIn
  readonly #interested: NodeSet
  readonly #asksInterest: boolean
  /** Where neither the strategy nor a table does anything in a period there is none. */
  readonly #needsPeriods: boolean
  #live = 0
  /** What it costs to send, where it costs anything. */
  readonly costs: Costs | undefined

  constructor(settings: SimulationSettings) {
    super(settings)
    const { nodes, seed, run, period, latency, population } = settings
    const strategies = population.map((it) => it.protocol.strategy)
    this.#asksInterest = strategies.every((it) => it.interested !== undefined || it.settled !== undefined)
    this.#mayStillSend = settings.maxMessages ?? Number.POSITIVE_INFINITY
    this.#skews = skewsOf(settings)
    this.tracer = new Tracer(settings, () => this.time.now)
    const dealer = randomStream(seed, run, 'population')
    this.#dealt = deal(population, nodes, () => dealer.random())
    const progress = (): void => settings.progress?.(this.time.events, this.infected, this.time.now)
    this.time = settings.rounds
      ? new RoundScheduler(this, randomStream(seed, run, 'order'), progress)
      : new EventScheduler(
          this,
          period,
          latency,
          randomStream(seed, run, 'latency'),
          randomStream(seed, run, 'phases'),
          progress,
          this.distances,
        )
    this.costs = costsOf(settings, this.time, this)
    this.#sizes = new MessageSizes(this.costs?.sizes)
    const network = randomStream(seed, run, 'network')
    this.network = new Network(settings, () => network.random())
    this.#views = new Views(settings, this.time, this.network, {
      everyone: (node) => this.#hosts[node]!,
      clockOf: (node) => this.clockOf(node),
      hears: (node, from) => this.#states[node] === LIVE && this.isLive(from),
      meet: (node, from, rows) => this.#nodes[node]!.meet(addressOf(from), rows),
      isLive: (node) => this.isLive(node),
      receiveMembership: (node, from, message) => this.receiveMembership(node, from, message),
      peerDown: (node, peer) => this.peerDown(node, peer),
      contact: (node, peer) => this.#nodes[node]!.meet(addressOf(peer), [], 'reached'),
      timer: (node, act) => this.timer(node, act),
      logged: (node, what) => this.tracer.logged(node, what),
    })
    this.#needsPeriods = strategies.some((it) => it.onPeriod !== undefined) || this.#views.findPeers
    this.record = new Recorder(nodes)
    this.#faultDice = randomStream(seed, run, 'faults')
    this.#states = new Uint8Array(nodes).fill(ABSENT)
    this.#handedIn = new HandedIn(nodes)
    this.#interested = new NodeSet(nodes)
    const next = nodeStreams(seed, run, 'nodes')
    for (let i = 0; i < nodes; i++) this.#hosts.push(new SimulatedHost(this, i, next(), nodes))
  }

  // What happens to nodes from outside.

  /** All nodes start at once, but those that join later. */
  startAll(absent: ReadonlySet<number> = new Set()): void {
    for (let i = 0; i < this.settings.nodes; i++) if (!absent.has(i)) this.start(i)
  }

  /** @param keeps does it still hold the value that it had when it was killed? */
  start(index: number, keeps = false): void {
    if (this.isLive(index)) return
    const kept = (keeps && this.#nodes[index]?.values()) || []
    const { protocol } = this.settings.population[this.#dealt[index]!]!
    const address = addressOf(index)
    const host = this.#hosts[index]!
    const isFirst = this.#nodes[index] === undefined
    this.detection.started(index)
    const node = new GossipNode(address, protocol, this.#views.viewOf(index), host, host)
    this.#nodes[index] = node
    this.#states[index] = LIVE
    this.#live += 1
    const [first] = kept
    this.tracer.tell('started', index, { number: index, ...(first && { timestamp: first.timestamp }) })
    node.start()
    for (const it of kept) this.updated(index, it)
    node.restore(kept)
    if (isFirst && this.#needsPeriods) this.time.startPeriods(index)
    this.#views.start(index)
    this.#look(index)
  }

  kill(index: number): void {
    if (!this.isLive(index)) return
    this.#nodes[index]!.stop()
    this.#views.stop(index)
    if (this.findPeers) this.detection.died(index, this.time.now)
    this.costs?.kill(index)
    this.#states[index] = DEAD
    this.#waiting.delete(index)
    this.#live -= 1
    this.#handedIn.lost(index)
    this.#interested.set(index, false)
    this.tracer.tell('stopped', index, { how: 'killed' })
  }

  pause(index: number): void {
    if (this.#states[index] !== LIVE) return
    this.#states[index] = PAUSED
    this.#waiting.set(index, [])
    this.tracer.tell('paused', index)
  }

  resume(index: number): void {
    if (this.#states[index] !== PAUSED) return
    this.#states[index] = LIVE
    this.tracer.tell('resumed', index)
    const late = this.#waiting.get(index) ?? []
    this.#waiting.delete(index)
    for (const act of late) act()
  }

  /** Every node but the first crashes with that probability; nobody is told. */
  crash(probability: number): void {
    for (let i = 1; i < this.settings.nodes && probability > 0; i++) {
      if (this.#faultDice.random() >= probability || !this.isLive(i)) continue
      this.faults += 1
      this.kill(i)
    }
  }

  /** A client hands a node a value, newer than all before; the figures are about it from now on. @param text null deletes */
  propagate(index: number, text: string | null, key: string = DEFAULT_KEY): void {
    const value = this.#handedIn.add(key, text, this.time.now)
    this.costs?.sizes?.add(value)
    this.record.begin(index, value.timestamp, this.time.now)
    this.#nodes[index]!.receive(null, { type: 'value', ...value, hops: 0 })
    this.#look(index)
  }

  isLive(index: number): boolean {
    return this.#states[index] === LIVE || this.#states[index] === PAUSED
  }

  stateOf(index: number): NodeState {
    return STATES[this.#states[index]!]!
  }

  /** Whom each node can pick, where that is a fixed set of links. */
  get graph(): Graph | undefined {
    return this.#views.graph
  }

  /** Do nodes have to learn of each other? */
  get findPeers(): boolean {
    return this.#views.findPeers
  }

  get count(): number {
    return this.settings.nodes
  }

  node(index: number): GossipNode {
    return this.#nodes[index]!
  }

  get live(): number {
    return this.#live
  }

  /** Live nodes that hold the value. */
  get infected(): number {
    return this.#handedIn.infected
  }

  /** Nobody spreads any more; or, where the strategy doesn't say who does, everybody has the last value of each key. */
  get isDone(): boolean {
    return this.#asksInterest ? this.#interested.size === 0 : this.#handedIn.isWith(this.#live)
  }

  // What time does to nodes.

  period(index: number): void {
    if (this.#states[index] !== LIVE) return
    this.#nodes[index]!.period()
    this.#look(index)
  }

  receive(index: number, from: number, message: Message): void {
    if (!this.isLive(index)) {
      this.lose(from, index, message)
      this.time.unreachable(from, index)
    } else if (this.#states[index] === PAUSED) {
      this.#waiting.get(index)!.push(() => this.receive(index, from, message))
    } else {
      if (isValue(message)) this.record.received(index, message.timestamp, message.hops, this.time.now)
      else if (isValues(message))
        for (const it of message.values) this.record.received(index, it.timestamp, it.hops, this.time.now)
      this.costs?.received(index, this.#sizes.of(message))
      this.#nodes[index]!.receive(addressOf(from), message)
      this.#look(index)
    }
  }

  /** A message of its membership. */
  receiveMembership(index: number, from: number, message: MembershipMessage): void {
    this.timer(index, () => this.#nodes[index]!.receiveMembership(addressOf(from), message))
  }

  peerDown(index: number, peer: number): void {
    if (this.#states[index] !== LIVE) return
    this.#nodes[index]!.peerDown(addressOf(peer))
    this.#look(index)
  }

  timer(index: number, act: () => void): void {
    if (this.#states[index] === PAUSED) {
      this.#waiting.get(index)!.push(() => this.timer(index, act))
    } else if (this.#states[index] === LIVE) {
      act()
      this.#look(index)
    }
  }

  runaway(index: number, what: string): void {
    this.#nodes[index]!.runaway(what)
  }

  // What a node does, through its host.

  send(from: number, to: number, message: Message): void {
    if (--this.#mayStillSend < 0) this.runaway(from, `goes on sending: ${this.settings.maxMessages} messages`)
    this.time.sends(from)
    const isCut = this.network.isCut(from, to)
    const copies = isCut ? 0 : this.network.copies()
    if (isValues(message)) for (const it of message.values) this.#sent(from, to, it, copies)
    else this.#sent(from, to, message, copies)
    if (isCut) {
      this.lose(from, to, message)
      this.time.unreachable(from, to)
      return
    }
    if (copies === 0) this.lose(from, to, message)
    if (copies === 2) this.record.duplicated()
    if (this.costs !== undefined)
      this.costs.carry({ from, to, message, bytes: this.#sizes.of(message), copies })
    else for (let i = 0; i < copies; i++) this.time.deliver(from, to, message)
  }

  #sent(from: number, to: number, message: ValueMessage | OwnMessage, copies: number): void {
    const bytes = this.#sizes.of(message)
    this.record.sent(isValue(message) ? message.timestamp : undefined, bytes)
    this.tracer.sent(from, to, message, bytes, copies)
  }

  /** A peer is known to a node that was not before. */
  peerUp(index: number): void {
    this.#views.news(index)
  }

  /** A node drops that peer. */
  dropped(peer: Address): void {
    if (this.findPeers) this.detection.dropped(numberOf(peer), this.time.now)
  }

  lose(from: number, to: number, message: Message): void {
    this.record.lost()
    this.tracer.lost(from, to, message)
  }

  /** A node took a value. */
  updated(index: number, value: Value): void {
    this.#handedIn.taken(index, value)
  }

  /** A node's present estimate of something. */
  report(index: number, name: string, number: number): void {
    const estimates = this.reports.get(name) ?? new Float64Array(this.settings.nodes).fill(Number.NaN)
    this.reports.set(name, estimates)
    estimates[index] = number
    if (this.tracer.isOn) this.tracer.tell('report', index, { name, number })
  }

  readonly titleOf = (index: number): string => this.tracer.titleOf(index)

  /** Ms by that node's own clock. */
  clockOf(index: number): number {
    return Math.floor(this.time.now) + (this.#skews?.[index] ?? 0)
  }

  /** Is it still interested, after what just happened to it? */
  #look(index: number): void {
    if (!this.#asksInterest) return
    this.#interested.set(index, this.isLive(index) && this.#nodes[index]!.interested)
  }
}
