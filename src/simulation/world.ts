/** A simulated cluster: the nodes, the network between them and its faults, and what is measured. */
import {
  type Fields,
  isValue,
  isValues,
  type MembershipMessage,
  type Message,
  type OwnMessage,
  type ValueMessage,
} from '../gossip/message.ts'
import type { GossipNode } from '../gossip/node.ts'
import { deal } from '../gossip/population.ts'
import { DEFAULT_KEY, type Value } from '../gossip/value.ts'
import { addressOf } from '../gossip/view/node-number.ts'
import { keptOf, parts } from '../measure/event.ts'
import type { Figures, LoadFigures } from '../measure/figures.ts'
import { Recorder, type RunRecord } from '../measure/recorder.ts'
import type { Size } from '../network/cost/size.ts'
import { Network } from '../network/network.ts'
import type { Graph } from '../network/topology/graph.ts'
import type { Load } from '../scenario/load.ts'
import type { NodeState, ScenarioTarget } from '../scenario/target.ts'
import { type Costs, costsOf } from './costs.ts'
import { EventScheduler } from './event-scheduler.ts'
import { HandedIn } from './handed-in.ts'
import { Interest } from './interest.ts'
import { MessageSizes } from './message-size.ts'
import { type Events, FetchAhead } from './nodes/fetch-ahead.ts'
import { NodeObjects } from './nodes/objects.ts'
import { randomStream } from './random.ts'
import { NodeReports } from './reports.ts'
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
  readonly tracer: Tracer
  readonly reports: NodeReports
  faults = 0
  readonly #nodes: NodeObjects
  readonly #ahead: FetchAhead
  readonly #states: Uint8Array
  /** What came for a paused node. */
  readonly #waiting = new Map<number, (() => void)[]>()
  /** Whom nodes can pick. */
  readonly views: Views
  readonly #sizes: MessageSizes
  #mayStillSend: number
  readonly #skews: Int32Array | undefined
  readonly #handedIn: HandedIn
  readonly interest: Interest
  /** Where neither the strategy nor a table does anything in a period there is none. */
  readonly #needsPeriods: boolean
  #live = 0
  /** What it costs to send, where it costs anything. */
  readonly costs: Costs | undefined

  constructor(settings: SimulationSettings) {
    super(settings)
    const { nodes, seed, run, period, latency, population } = settings
    const strategies = population.map((it) => it.protocol.strategy)
    this.interest = new Interest(strategies, nodes)
    this.#mayStillSend = settings.maxMessages ?? Number.POSITIVE_INFINITY
    this.#skews = skewsOf(settings)
    this.tracer = new Tracer(settings, () => this.time.now)
    this.reports = new NodeReports(nodes, this.tracer)
    const dealer = randomStream(seed, run, 'population')
    const dealt = deal(population, nodes, () => dealer.random())
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
    const ways = { time: this.time, network: this.network, costs: this.costs }
    this.views = new Views(settings, ways, this, (node) => this.#nodes.everyone(node))
    this.#needsPeriods = strategies.some((it) => it.onPeriod !== undefined) || this.views.findPeers
    this.#states = new Uint8Array(nodes).fill(ABSENT)
    this.#handedIn = new HandedIn(nodes)
    this.#nodes = new NodeObjects(this, dealt)
    this.#ahead = new FetchAhead(nodes)
  }

  // What happens to nodes from outside.

  /** All nodes start at once, but those that join later. */
  startAll(absent: ReadonlySet<number> = new Set()): void {
    for (let i = 0; i < this.settings.nodes; i++) if (!absent.has(i)) this.start(i)
  }

  /** @param keeps does it still hold the value that it had when it was killed? */
  start(index: number, keeps = false): void {
    if (this.isLive(index)) return
    const isFirst = this.#states[index] === ABSENT
    const kept = keeps && !isFirst ? this.#nodes.at(index).values() : []
    const node = this.#nodes.create(index)
    this.#states[index] = LIVE
    this.#live += 1
    const [first] = kept
    const { members, period } = this.settings
    const told = members === undefined ? {} : { period }
    this.tracer.tell('started', index, { number: index, ...told, ...(first && keptOf(first)) })
    node.start()
    for (const it of kept) this.updated(index, it)
    node.restore(kept)
    if (isFirst && this.#needsPeriods) this.time.startPeriods(index)
    this.views.start(index)
    this.#look(index)
  }

  kill(index: number): void {
    if (!this.isLive(index)) return
    this.#nodes.at(index).stop()
    this.views.stop(index)
    this.costs?.kill(index)
    this.#states[index] = DEAD
    this.#waiting.delete(index)
    this.#live -= 1
    this.#handedIn.lost(index)
    this.interest.set(index, false)
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

  /** A client hands a node a value, newer than all before; the figures are about it from now on. @param text null deletes */
  propagate(index: number, text: string | null, key: string = DEFAULT_KEY, size?: Size): void {
    const value = this.#handedIn.add(index, key, text, this.time.now)
    this.costs?.sizes?.add(value, size)
    this.#nodes.at(index).receive(null, { type: 'value', ...value, hops: 0 })
    this.#look(index)
  }

  load(load: Load): void {
    this.#handedIn.load(load, this.time, this.settings.rounds, ({ to, key, value, size }) => {
      for (const node of to)
        if (this.#states[node] === LIVE) return this.tracer.load(() => this.propagate(node, value, key, size))
    })
  }

  isLive(index: number): boolean {
    return this.#states[index] === LIVE || this.#states[index] === PAUSED
  }

  stateOf(index: number): NodeState {
    return STATES[this.#states[index]!]!
  }

  /** Whom each node can pick, where that is a fixed set of links. */
  get graph(): Graph | undefined {
    return this.views.graph
  }

  get count(): number {
    return this.settings.nodes
  }

  node(index: number): GossipNode {
    return this.#nodes.at(index)
  }

  get live(): number {
    return this.#live
  }

  /** Live nodes that hold the value. */
  get infected(): number {
    return this.#handedIn.infected
  }

  /** Is anything of a load still to come? */
  get isLoading(): boolean {
    return this.#handedIn.toCome > 0
  }

  get record(): RunRecord {
    return this.#handedIn.record
  }

  /** As they are now. */
  get figures(): Figures & Partial<LoadFigures> {
    return this.#handedIn.figures(this.#live, () => this.#liveNodes())
  }

  /** Nobody spreads any more; or, where the strategy doesn't say who does, everybody has the last value of each key. */
  get isDone(): boolean {
    if (this.isLoading) return false
    return this.interest.isKnown ? this.interest.isNone : this.#handedIn.isWith(this.#live)
  }

  // What time does to nodes.

  soon(events: Events): void {
    this.#ahead.bytes(this.#states, events)
    this.#ahead.objects(this.#nodes.holdings, events)
    if (this.record instanceof Recorder) this.#ahead.bytes(this.record.isReached, events)
  }

  period(index: number): void {
    if (this.#states[index] !== LIVE) return
    this.#nodes.at(index).period()
    this.#look(index)
  }

  receive(index: number, from: number, message: Message): void {
    const state = this.#states[index]
    if (state === LIVE) {
      if (isValue(message)) this.#came(index, message)
      else if (isValues(message)) for (const it of message.values) this.#came(index, it)
      this.costs?.received(index, this.#sizes.of(message))
      this.#nodes.at(index).receive(addressOf(from), message)
      this.#look(index)
    } else if (state === PAUSED) {
      this.#waiting.get(index)!.push(() => this.receive(index, from, message))
    } else {
      this.lose(from, index, message)
      this.time.unreachable(from, index)
    }
  }

  #came(index: number, { timestamp, hops, key }: ValueMessage): void {
    this.record.received(index, timestamp, hops, this.time.now, key)
  }

  /** A message of its membership. */
  receiveMembership(index: number, from: number, message: MembershipMessage): void {
    this.timer(index, () => this.#nodes.at(index).receiveMembership(addressOf(from), message))
  }

  met(index: number, peer: number, rides: Fields | undefined, how: 'heard' | 'reached'): void {
    this.#nodes.at(index).meet(addressOf(peer), rides, how)
  }

  peerDown(index: number, peer: number): void {
    if (this.#states[index] !== LIVE) return
    this.#nodes.at(index).peerDown(addressOf(peer))
    this.#look(index)
  }

  timer(index: number, act: () => void): void {
    if (this.#states[index] === PAUSED) {
      this.#waiting.get(index)!.push(() => this.timer(index, act))
    } else if (this.#states[index] === LIVE) {
      this.#nodes.at(index)
      act()
      this.#look(index)
    }
  }

  runaway(index: number, what: string): void {
    this.#nodes.at(index).runaway(what)
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
    if (this.costs !== undefined) {
      const bytes = this.#sizes.of(message) + this.views.riding(from, to, message)
      this.costs.carry({ from, to, what: message, bytes, copies })
    } else for (let i = 0; i < copies; i++) this.time.deliver(from, to, message)
  }

  #sent(from: number, to: number, message: ValueMessage | OwnMessage, copies: number): void {
    const bytes = this.#sizes.of(message)
    if (isValue(message)) this.record.sent(message.timestamp, bytes, message.key)
    else this.record.sent(undefined, bytes)
    if (copies === 2) this.record.duplicated()
    this.tracer.sent(from, to, message, bytes, copies)
  }

  lose(from: number, to: number, message: Message): void {
    for (const _ of parts(message)) this.record.lost()
    this.tracer.lost(from, to, message)
  }

  /** A node took a value. */
  updated(index: number, value: Value): void {
    this.#handedIn.taken(index, value)
  }

  readonly titleOf = (index: number): string => this.tracer.titleOf(index)

  /** Ms by that node's own clock. */
  clockOf(index: number): number {
    return Math.floor(this.time.now) + (this.#skews?.[index] ?? 0)
  }

  /** Each good until the next. */
  *#liveNodes(): Iterable<GossipNode> {
    for (let i = 0; i < this.count; i++) if (this.isLive(i)) yield this.#nodes.at(i)
  }

  /** Is it still interested, after what just happened to it? */
  #look(index: number): void {
    if (this.interest.isAsked)
      this.interest.set(index, this.isLive(index) && this.#nodes.at(index).interested)
  }
}
