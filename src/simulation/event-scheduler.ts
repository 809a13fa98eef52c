/** Continuous time: every node has periods at a phase of its own, every message a latency. */
import type { Message } from '../gossip/message.ts'
import { Slowness } from '../network/cost/slowness.ts'
import { drawLatency, type Latency, longLatency } from '../network/latency.ts'
import type { Distances } from '../network/regions/regions.ts'
import { EventQueue } from './queue/event-queue.ts'
import type { RandomStream } from './random.ts'
import { PROGRESS_EVERY, type Scheduler, type SimulatedNodes } from './scheduler.ts'

const BEAT = 0
const MESSAGE = 1
const DOWN = 2
const TIMER = 3
const ACT = 4
const BACKGROUND = 5

type Item = Message | (() => void)

/** What is in flight when a run is done may go on for so many periods and so many latencies. */
const AFTER_PERIODS = 10
const AFTER_LATENCIES = 100

export class EventScheduler implements Scheduler {
  now = 0
  events = 0
  readonly slowness = new Slowness()
  readonly #queue = new EventQueue<Item>((events) => this.#nodes.soon(events))
  readonly #nodes: SimulatedNodes
  readonly #period: number
  #latency: Latency
  readonly #network: () => number
  readonly #phases: RandomStream
  readonly #progress: () => void
  #patience: number
  #waits = 0
  readonly #distances: Distances | undefined
  readonly #maxAtMoment: number
  #momentAt = 0
  #atMoment = 0
  /** Since when the run is done; infinity while it is not. */
  #doneSince = Number.POSITIVE_INFINITY
  /** What is queued besides beats, or held: a run that is done still waits for it. */
  #inFlight = 0

  constructor(
    nodes: SimulatedNodes,
    period: number,
    latency: Latency,
    network: RandomStream,
    phases: RandomStream,
    progress: () => void = () => {},
    distances?: Distances,
  ) {
    this.#nodes = nodes
    this.#period = period
    this.#latency = latency
    this.#maxAtMoment = 1000 * (1 + nodes.count) + nodes.count ** 2
    this.#distances = distances
    this.#patience = this.#patienceOf(latency)
    this.#network = () => network.random()
    this.#phases = phases
    this.#progress = progress
  }

  deliver(from: number, to: number, message: Message, delay = this.latency(from, to)): void {
    this.#add(delay, MESSAGE, to, from, message)
  }

  sends(node: number): void {
    if (this.now - this.#doneSince <= this.#patience) return
    const patience = (this.#patience + this.#waits) * this.slowness.greatest
    if (this.now - this.#doneSince > patience)
      this.#nodes.runaway(node, `goes on sending for ${patience} ms after the run was done`)
  }

  expectWaits(ms: number): void {
    this.#waits = ms
  }

  unreachable(node: number, peer: number): void {
    this.#add(this.latency(node, peer), DOWN, node, peer)
  }

  after(node: number, periods: number, act: () => void): void {
    this.#add(periods * this.#period * this.slowness.of(node), TIMER, node, 0, act)
  }

  at(time: number, act: () => void): void {
    this.#add(Math.max(0, time - this.now), ACT, 0, 0, act)
  }

  byClient(time: number, act: () => void): void {
    this.at(time, act)
  }

  latency(from: number, to: number): number {
    const drawn = drawLatency(this.#latency, this.#network)
    return this.#distances === undefined ? drawn : drawn + this.#distances.between(from, to)
  }

  setLatency(latency: Latency): void {
    this.#latency = latency
    this.#patience = Math.max(this.#patience, this.#patienceOf(latency))
  }

  background(ms: number, act: () => void): void {
    this.#queue.add(this.now + ms, BACKGROUND, 0, 0, act)
  }

  hold(): void {
    this.#inFlight += 1
  }

  release(): void {
    this.#inFlight -= 1
  }

  startPeriods(node: number): void {
    this.#queue.add(this.now + this.#phases.random() * this.#period, BEAT, node, 0)
  }

  run(isDone: () => boolean, until: number): boolean {
    const queue = this.#queue
    let done = isDone()
    // One that was done when time stood still is done since then.
    this.#doneSince = done ? Math.min(this.#doneSince, this.now) : Number.POSITIVE_INFINITY
    while (!(done && this.#inFlight === 0)) {
      if (!queue.take(until)) {
        this.now = until
        return false
      }
      this.now = queue.time
      if (queue.kind === BEAT) {
        queue.add(this.now + this.#period, BEAT, queue.node, 0)
        if (done || !this.slowness.hasPeriod(queue.node)) continue
      }
      this.#happen(queue.kind, queue.node, queue.other, queue.item)
      // What was in flight may make someone interested again.
      const wasDone = done
      done = isDone()
      if (done !== wasDone) this.#doneSince = done ? this.now : Number.POSITIVE_INFINITY
      if (this.events % PROGRESS_EVERY === 0) this.#progress()
    }
    return true
  }

  #happen(kind: number, node: number, other: number, item: Item | undefined): void {
    this.events += 1
    if (kind === BEAT) {
      this.#nodes.period(node)
      return
    }
    if (kind === BACKGROUND) {
      ;(item as () => void)()
      return
    }
    this.#inFlight -= 1
    if (kind === MESSAGE) this.#nodes.receive(node, other, item as Message)
    else if (kind === DOWN) this.#nodes.peerDown(node, other)
    else if (kind === TIMER) this.#nodes.timer(node, item as () => void)
    else (item as () => void)()
  }

  /** Ms for which what is in flight when a run is done may set off more. */
  #patienceOf(latency: Latency): number {
    const longest = longLatency(latency) + (this.#distances?.longest ?? 0)
    return AFTER_PERIODS * this.#period + AFTER_LATENCIES * longest
  }

  /** What takes no time can go on for ever at one moment: more of it than all nodes telling all is a mistake. */
  #checkEndless(node: number): void {
    if (this.#momentAt !== this.now) {
      this.#momentAt = this.now
      this.#atMoment = 0
    }
    this.#atMoment += 1
    if (this.#atMoment > this.#maxAtMoment) this.#nodes.runaway(node, `goes on without end at ${this.now} ms`)
  }

  #add(delay: number, kind: number, node: number, other: number, item?: Item): void {
    if (delay === 0) this.#checkEndless(kind === MESSAGE ? other : node)
    this.#inFlight += 1
    this.#queue.add(this.now + delay, kind, node, other, item)
  }
}
