/**
 * The papers' rounds. In each, every node's period comes first, in random order; then what they sent is
 * delivered, then the replies to that, then the replies to those, wave by wave, all within the round. A reply
 * is a message to the node whose message is being handled; anything else that is sent on reception leaves in
 * the next round. The unit of time is the round.
 */
import type { Message } from '../gossip/message.ts'
import { Slowness } from '../network/cost/slowness.ts'
import type { RandomStream } from './random.ts'
import { PROGRESS_EVERY, type Scheduler, type SimulatedNodes } from './scheduler.ts'

const NOBODY = -1
/** Waves in one round: a strategy whose replies never end must not hang the run. */
const MAX_WAVES = 1000

/** Messages under way, as parallel arrays: at 10^7 of them an object each would be too much. */
class Wave {
  readonly from: number[] = []
  readonly to: number[] = []
  readonly messages: (Message | undefined)[] = []

  get size(): number {
    return this.to.length
  }

  add(from: number, to: number, message: Message | undefined): void {
    this.from.push(from)
    this.to.push(to)
    this.messages.push(message)
  }
}

interface Later {
  readonly at: number
  readonly act: () => void
}

export class RoundScheduler implements Scheduler {
  now = 0
  events = 0
  readonly #nodes: SimulatedNodes
  readonly #order: RandomStream
  readonly #progress: () => void
  #beating: number[] = []
  /** What leaves with the periods: of this round while they are called, else of the next. */
  #leaving = new Wave()
  #replies = new Wave()
  /** Whose message is being handled. */
  #sender = NOBODY
  readonly #later: Later[] = []
  readonly #clients: Later[] = []

  constructor(nodes: SimulatedNodes, order: RandomStream, progress: () => void = () => {}) {
    this.#nodes = nodes
    this.#order = order
    this.#progress = progress
  }

  /** A period takes a round, however slow the node is. */
  readonly slowness = new Slowness()

  sends(): void {}

  expectWaits(): void {}

  deliver(from: number, to: number, message: Message): void {
    const wave = to === this.#sender ? this.#replies : this.#leaving
    wave.add(from, to, message)
  }

  unreachable(node: number, peer: number): void {
    this.#leaving.add(peer, node, undefined)
  }

  after(node: number, periods: number, act: () => void): void {
    this.#later.push({ at: this.now + periods, act: () => this.#nodes.timer(node, act) })
  }

  at(time: number, act: () => void): void {
    this.#later.push({ at: time, act })
  }

  byClient(time: number, act: () => void): void {
    this.#clients.push({ at: time, act })
  }

  latency(): number {
    return 0
  }

  setLatency(): never {
    throw new Error('in rounds a message has no latency')
  }

  background(rounds: number, act: () => void): void {
    this.at(this.now + rounds, act)
  }

  /** In rounds nothing queues. */
  hold(): void {}

  release(): void {}

  startPeriods(node: number): void {
    this.#beating.push(node)
  }

  run(isDone: () => boolean, until: number): boolean {
    for (;;) {
      this.#fire(this.#clients)
      const done = isDone()
      const waits = this.#later.length + this.#clients.length
      if (done && this.#leaving.size === 0 && waits === 0) return true
      if (this.now >= until) return false
      this.now += 1
      this.#fire(this.#later)
      if (!done) this.#periods()
      this.#waves()
    }
  }

  #fire(queue: Later[]): void {
    const due = queue.filter(({ at }) => at <= this.now)
    if (due.length === 0) return
    const rest = queue.filter(({ at }) => at > this.now)
    queue.length = 0
    for (const it of rest) queue.push(it)
    for (const { act } of due.sort((a, b) => a.at - b.at)) {
      this.events += 1
      act()
    }
  }

  #periods(): void {
    const nodes = this.#beating
    for (let i = nodes.length - 1; i > 0; i--) {
      const j = Math.floor(this.#order.random() * (i + 1))
      const node = nodes[i]!
      nodes[i] = nodes[j]!
      nodes[j] = node
    }
    for (const node of nodes) {
      this.#nodes.period(node)
      this.#count()
    }
  }

  #waves(): void {
    let wave = this.#leaving
    this.#leaving = new Wave()
    for (let count = 0; wave.size > 0; count++) {
      if (count === MAX_WAVES) {
        this.#nodes.runaway(wave.from[0]!, `replies go on without end (${MAX_WAVES} in round ${this.now})`)
      }
      this.#replies = new Wave()
      for (let i = 0; i < wave.size; i++) {
        this.#handle(wave.from[i]!, wave.to[i]!, wave.messages[i])
        this.#count()
      }
      this.#sender = NOBODY
      wave = this.#replies
    }
  }

  #count(): void {
    this.events += 1
    if (this.events % PROGRESS_EVERY === 0) this.#progress()
  }

  #handle(from: number, to: number, message: Message | undefined): void {
    this.#sender = from
    if (message === undefined) this.#nodes.peerDown(to, from)
    else this.#nodes.receive(to, from, message)
  }
}
