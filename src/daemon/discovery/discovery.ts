/**
 * How a node finds peers that no peer tells it of: the bootstrap while it knows nobody, and for as long as it
 * lives a slow search for groups that never met it or that a partition made it forget.
 */
import type { Address } from '../../gossip/strategy.ts'
import { wordsOf } from '../../parse/system-errors.ts'
import { type Endpoint, endpointOf, formatAddress } from '../address/address.ts'
import { type CallOff, type Clock, realClock } from '../clock.ts'
import type { Scan } from './subnet-scan.ts'

export interface DiscoveryWorld {
  /** Asks for contacts there; true if a peer other than this node itself answered. */
  probe(to: Endpoint): Promise<boolean>
  /** @throws {Error} one line */
  addressesOf(host: string): Promise<readonly string[]>
  /** Is there nobody to gossip with? */
  isAlone(): boolean
  /** Is that this node itself, or a peer? */
  knows(address: Address): boolean
  isOwn(address: Address): boolean
  /** May one that is only known from others be asked now? */
  mayDial(address: Address): boolean
  /** Addresses once known and gone since. */
  forgotten(): readonly Address[]
  found(how: string, count: number): void
  /** Somebody is there where it was told to join. */
  joined(join: Endpoint): void
  /** Nobody is. @param why one line, where it is not just silence */
  unjoined(join: Endpoint, why?: string): void
}

export interface DiscoverySettings {
  /** Names and addresses given by the person who starts the node; a name stands for all its addresses. */
  readonly join: readonly Endpoint[]
  /** Undefined where joining turns the scan off. */
  readonly scan: Scan | undefined
  readonly scanPort: number
}

/** Ms between two rounds while the node knows nobody: grows from the first to the last. */
const ALONE_PAUSE_MS = { first: 250, last: 5000 }
/** Ms between two steps of the slow search: soon after a start, when islands are likely, then rarely. */
const SLOW_PAUSE_MS = { first: 1000, last: 30_000 }
const GROWTH = 1.5
/** Addresses once known that are asked in one step. */
const FORGOTTEN_PER_STEP = 4
/** Addresses of one name that are asked at once. */
const MAX_ADDRESSES = 64

export class Discovery {
  readonly #world: DiscoveryWorld
  readonly #settings: DiscoverySettings
  readonly #random: () => number
  readonly #clock: Clock
  #scan: Scan | undefined
  #pause = ALONE_PAUSE_MS.first
  #wasAlone = true
  #turn = 0
  #callOff: CallOff = () => {}
  /** Counts starts and stops: a step that awaits an answer meanwhile must not go on. */
  #epoch = 0

  constructor(
    world: DiscoveryWorld,
    settings: DiscoverySettings,
    random: () => number,
    clock: Clock = realClock,
  ) {
    this.#world = world
    this.#settings = settings
    this.#random = random
    this.#clock = clock
    this.#scan = settings.scan
  }

  start(): void {
    this.#epoch += 1
    void this.#step(this.#epoch)
  }

  stop(): void {
    this.#epoch += 1
    this.#callOff()
  }

  /** It is in another network now: all over again, there. */
  move(scan: Scan | undefined): void {
    this.stop()
    this.#scan = scan
    this.#pause = ALONE_PAUSE_MS.first
    this.#wasAlone = true
    this.start()
  }

  async #step(epoch: number): Promise<void> {
    const alone = this.#world.isAlone()
    const pauses = alone ? ALONE_PAUSE_MS : SLOW_PAUSE_MS
    if (alone !== this.#wasAlone) this.#pause = pauses.first
    this.#wasAlone = alone
    await (alone ? this.#bootstrap(epoch) : this.#searchOn())
    if (epoch !== this.#epoch) return
    const found = alone && !this.#world.isAlone()
    const pause = found ? SLOW_PAUSE_MS.first : this.#pause
    this.#pause = Math.min(this.#pause * GROWTH, pauses.last)
    this.#callOff = this.#clock.after(pause * (0.5 + this.#random()), () => void this.#step(epoch))
  }

  /** Everybody whom it could know, until somebody answers. */
  async #bootstrap(epoch: number): Promise<void> {
    await this.#join()
    if (this.#world.isAlone()) await this.#askForgotten()
    const scan = this.#scan
    if (scan === undefined) return
    scan.restart()
    do {
      if (epoch !== this.#epoch || !this.#world.isAlone()) return
      await this.#askWindow(scan)
    } while (!scan.isAtStart)
  }

  /** One of: the join names, some once known, the next part of the scan. */
  async #searchOn(): Promise<void> {
    const { join } = this.#settings
    const scan = this.#scan
    const ways: (() => Promise<void>)[] = []
    if (join.length > 0) ways.push(() => this.#join())
    if (scan !== undefined) ways.push(() => this.#askWindow(scan))
    if (this.#world.forgotten().length > 0) ways.push(() => this.#askForgotten())
    this.#turn += 1
    await ways[this.#turn % ways.length]?.()
  }

  #askWindow(scan: Scan): Promise<void> {
    const { scanPort: port } = this.#settings
    return this.#ask(
      'scan',
      scan.window().map((host) => ({ host, port })),
    )
  }

  #askForgotten(): Promise<void> {
    const all = this.#world.forgotten()
    const first = Math.floor(this.#random() * all.length)
    const some = [...all.slice(first), ...all.slice(0, first)].slice(0, FORGOTTEN_PER_STEP)
    return this.#ask('once known', some.filter((it) => this.#world.mayDial(it)).map(endpointOf))
  }

  async #ask(how: string, endpoints: readonly Endpoint[]): Promise<void> {
    const unknown = endpoints.filter((it) => !this.#world.knows(formatAddress(it)))
    const answers = await Promise.all(unknown.map((it) => this.#world.probe(it)))
    const count = answers.filter(Boolean).length
    if (count > 0) this.#world.found(how, count)
  }

  async #join(): Promise<void> {
    const answers = await Promise.all(this.#settings.join.map((it) => this.#joinOne(it)))
    const count = answers.reduce((sum, it) => sum + it, 0)
    if (count > 0) this.#world.found('join', count)
  }

  /** A name is looked up anew each time: the addresses behind it change. @returns how many answered that it did not know */
  async #joinOne(join: Endpoint): Promise<number> {
    const epoch = this.#epoch
    let endpoints: Endpoint[]
    try {
      const found = await this.#world.addressesOf(join.host)
      endpoints = found.slice(0, MAX_ADDRESSES).map((host) => ({ host, port: join.port }))
    } catch (error) {
      if (epoch === this.#epoch) this.#world.unjoined(join, wordsOf(error) ?? (error as Error).message)
      return 0
    }
    const isKnown = endpoints.map((it) => this.#world.knows(formatAddress(it)))
    // Another node may go by this one's own address: so that one is asked, too.
    const asked = endpoints.filter((it, i) => !isKnown[i] || this.#world.isOwn(formatAddress(it)))
    const answers = await Promise.all(asked.map((it) => this.#world.probe(it)))
    if (epoch !== this.#epoch) return 0
    if (isKnown.some(Boolean) || answers.some(Boolean)) this.#world.joined(join)
    else this.#world.unjoined(join)
    return answers.filter(Boolean).length
  }
}
