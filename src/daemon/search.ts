/**
 * How a node finds peers that no peer tells it of: the bootstrap while it knows nobody, and for as long as it
 * lives a slow search for groups that never met it or that a partition made it forget.
 */
import { lookup } from 'node:dns/promises'
import type { Address } from '../gossip/strategy.ts'
import { type Endpoint, endpointOf, formatAddress } from './address.ts'
import type { Scan } from './scan.ts'

export interface SearchWorld {
  /** Asks for contacts there; true if a peer other than this node itself answered. */
  greet(to: Endpoint): Promise<boolean>
  /** Is there nobody to gossip with? */
  isAlone(): boolean
  knows(address: Address): boolean
  /** May one that is only known from others be asked now? */
  mayDial(address: Address): boolean
  /** Addresses once known and gone since. */
  forgotten(): readonly Address[]
  found(how: string, count: number): void
  /** A join name that doesn't resolve, said once while alone. */
  unresolved(host: string, error: Error): void
}

export interface SearchSettings {
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
/** Ms that a look-up of a name may take. */
const LOOKUP_TIMEOUT_MS = 5000
/** Addresses of one name that are asked at once. */
const MAX_ADDRESSES = 64

export class Search {
  readonly #world: SearchWorld
  readonly #settings: SearchSettings
  readonly #random: () => number
  #scan: Scan | undefined
  #pause = ALONE_PAUSE_MS.first
  #wasAlone = true
  #turn = 0
  #timer: NodeJS.Timeout | undefined
  /** Counts starts and stops: a step that awaits an answer meanwhile must not go on. */
  #epoch = 0

  constructor(world: SearchWorld, settings: SearchSettings, random: () => number) {
    this.#world = world
    this.#settings = settings
    this.#random = random
    this.#scan = settings.scan
  }

  start(): void {
    this.#epoch += 1
    void this.#step(this.#epoch)
  }

  stop(): void {
    this.#epoch += 1
    clearTimeout(this.#timer)
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
    this.#timer = setTimeout(() => void this.#step(epoch), pause * (0.5 + this.#random()))
  }

  /** Everybody whom it could know, until somebody answers. */
  async #bootstrap(epoch: number): Promise<void> {
    await this.#ask('join', await this.#joinAddresses())
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
    if (join.length > 0) ways.push(async () => this.#ask('join', await this.#joinAddresses()))
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
    const answers = await Promise.all(unknown.map((it) => this.#world.greet(it)))
    const count = answers.filter(Boolean).length
    if (count > 0) this.#world.found(how, count)
  }

  /** A name is looked up anew each time: the addresses behind it change. */
  async #joinAddresses(): Promise<Endpoint[]> {
    const lookups = this.#settings.join.map(async ({ host, port }) => {
      try {
        const found = await within(LOOKUP_TIMEOUT_MS, lookup(host, { all: true }))
        return found.slice(0, MAX_ADDRESSES).map(({ address }) => ({ host: address, port }))
      } catch (error) {
        if (this.#world.isAlone()) this.#world.unresolved(host, error as Error)
        return []
      }
    })
    return (await Promise.all(lookups)).flat()
  }
}

function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
