/**
 * What it costs to send: a message waits for its turn on the sender's up link, then for the latency, for its turn on the
 * receiver's down link, and for the receiver to handle it. What has not left a node as it is killed never does.
 */
import type { Message } from '../gossip/message.ts'
import type { LinkFigures } from '../measure/figures.ts'
import { LinkUse } from '../measure/link-use.ts'
import { Link, type LinkClock } from '../network/cost/link.ts'
import { drawLatency, longLatency } from '../network/latency.ts'
import { randomStream } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulationSettings } from './settings.ts'
import { ValueSizes } from './value-sizes.ts'

/** What is in flight when a run is done may wait for so many full queues, and so many messages to be handled. */
const QUEUES = 10
const HANDLINGS = 100

/** What the network does with a message besides. */
export interface Carried {
  readonly from: number
  readonly to: number
  /** Of the strategy; or, of the membership, what happens as it comes: a run that is done does not wait for that. */
  readonly what: Message | (() => void)
  readonly bytes: number
  /** How many of it arrive: 0, 1 or 2. */
  readonly copies: number
}

export interface Ends {
  receive(to: number, from: number, message: Message): void
  lose(from: number, to: number, message: Message): void
}

/** Undefined where it costs nothing, and its bytes don't matter. */
export function costsOf(settings: SimulationSettings, time: Scheduler, ends: Ends): Costs | undefined {
  const { bandwidth, processing } = settings
  const isFree = (bandwidth ?? processing) === undefined && !hasSizes(settings)
  return isFree ? undefined : new Costs(settings, time, ends)
}

/** Have values sizes that are not those of their texts? */
function hasSizes({ size, scenario = [] }: SimulationSettings): boolean {
  return size !== undefined || scenario.some((it) => it.do === 'load' && it.size !== undefined)
}

export class Costs {
  /** Sizes of values, where they are not those of their texts. */
  readonly sizes: ValueSizes | undefined
  readonly #settings: SimulationSettings
  readonly #time: Scheduler
  readonly #ends: Ends
  readonly #clock: LinkClock
  readonly #use: LinkUse | undefined
  /** Of each node that has sent something, and to which something has come. */
  readonly #up: (Link | undefined)[]
  readonly #down: (Link | undefined)[]
  readonly #handling: () => number
  /** Bytes of the greatest message so far. */
  #most = 0

  constructor(settings: SimulationSettings, time: Scheduler, ends: Ends) {
    const { nodes, seed, run, size, bandwidth, processing } = settings
    this.#settings = settings
    this.#time = time
    this.#ends = ends
    const links = bandwidth === undefined ? 0 : nodes
    this.#up = new Array(links)
    this.#down = new Array(links)
    this.#clock = {
      now: () => time.now,
      at(when, act) {
        time.background(Math.max(0, when - time.now), act)
        return undefined
      },
    }
    if (hasSizes(settings) || bandwidth !== undefined) this.#use = new LinkUse(nodes)
    if (hasSizes(settings)) {
      const draws = randomStream(seed, run, 'size')
      this.sizes = new ValueSizes(size, () => draws.random())
    }
    const draws = randomStream(seed, run, 'processing')
    this.#handling = () => (processing === undefined ? 0 : drawLatency(processing, () => draws.random()))
  }

  /** What is counted is so from now on. */
  begin(): void {
    this.#use?.begin(this.#time.now)
  }

  /** Nothing where neither sizes nor links were asked for. */
  get figures(): LinkFigures | undefined {
    return this.#use?.figures(this.#time.now, this.#settings.rounds ? 1 : 1000)
  }

  carry(it: Carried): void {
    const { bandwidth } = this.#settings
    if (it.bytes > this.#most) this.#expect(it.bytes)
    if (bandwidth === undefined) {
      this.#left(it, 0)
      return
    }
    this.#queue(this.#link(this.#up, it.from, bandwidth.up), it, (took) => this.#left(it, took))
  }

  #queue(link: Link, it: Carried, passed: (took: number) => void, took = 0): void {
    const { what, from, to, bytes, copies } = it
    if (typeof what === 'function') {
      link.enter(bytes, passed, undefined, took)
      return
    }
    // What it waits for may be messages of the membership.
    this.#time.hold()
    const dropped = (): void => {
      this.#time.release()
      if (copies > 0) this.#ends.lose(from, to, what)
    }
    link.enter(
      bytes,
      (ms) => {
        this.#time.release()
        passed(ms)
      },
      dropped,
      took,
    )
  }

  /** It was handled. */
  received(node: number, bytes: number): void {
    this.#use?.down(node, bytes)
  }

  /** That node ends. */
  kill(node: number): void {
    this.#up[node]?.clear()
  }

  /** With messages of so many bytes the queue of one that tells all may drain some times over. */
  #expect(bytes: number): void {
    const { nodes, bandwidth, processing } = this.#settings
    this.#most = bytes
    const one = bandwidth === undefined ? 0 : (bytes * 8000) / Math.min(bandwidth.up, bandwidth.down)
    const handling = processing === undefined ? 0 : longLatency(processing)
    this.#time.expectWaits(QUEUES * nodes * one + HANDLINGS * handling)
  }

  #left(it: Carried, took: number): void {
    const { from, to, what, bytes, copies } = it
    const { bandwidth, processing } = this.#settings
    this.#use?.up(from, bytes)
    for (let i = 0; i < copies; i++) {
      if (bandwidth !== undefined) this.#cross(it, () => this.#arrived(it, took))
      else if (processing !== undefined || typeof what === 'function') this.#cross(it, () => this.#handle(it))
      else this.#time.deliver(from, to, what)
    }
  }

  #cross({ from, to, what }: Carried, arrives: () => void): void {
    const latency = this.#time.latency(from, to)
    if (typeof what === 'function') this.#time.background(latency, arrives)
    else this.#time.at(this.#time.now + latency, arrives)
  }

  #arrived(it: Carried, took: number): void {
    const { down } = this.#settings.bandwidth!
    this.#queue(this.#link(this.#down, it.to, down), it, () => this.#handle(it), took)
  }

  #handle({ from, to, what, bytes }: Carried): void {
    const isAtOnce = this.#settings.processing === undefined
    const handling = isAtOnce ? 0 : this.#handling() * this.#time.slowness.of(to)
    if (typeof what === 'function') {
      const handled = (): void => {
        this.received(to, bytes)
        what()
      }
      if (isAtOnce) handled()
      else this.#time.background(handling, handled)
    } else if (isAtOnce) this.#ends.receive(to, from, what)
    else this.#time.deliver(from, to, what, handling)
  }

  #link(links: (Link | undefined)[], node: number, rate: number): Link {
    const link = links[node] ?? new Link(rate, this.#clock, () => this.#time.slowness.of(node))
    links[node] = link
    return link
  }
}
