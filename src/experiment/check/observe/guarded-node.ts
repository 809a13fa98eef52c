/** A node as its handlers see it in a check: the same, but somebody listens, and it knows whose handler is under way. */
import type { Address, Digest, Item, Name, StrategyNode } from '../../../gossip/strategy.ts'
import { addressOf, numberOf } from '../../../gossip/view/node-number.ts'
import type { Except } from '../../../gossip/view/view.ts'
import { nameOf } from '../../../simulation/naming.ts'

/** Who listens. */
export interface Guard {
  /** What a strategy is to see of an address, and what it meant by that. */
  readonly addresses: Addresses

  /** Something was asked of that node. */
  asked(node: GuardedNode): void
  /** It says this to somebody. */
  told(contents: unknown): void
  /** What it asked for was refused: it may catch that, but it is told. */
  refused(error: unknown): void
  /** Values that it hands out. @param from the word by which they were got */
  items(items: readonly Item[], from: string): readonly Item[]
  names(names: readonly Name[], from: string): readonly Name[]
  /** The options of all nodes, as it sees them. */
  options(options: StrategyNode['options']): StrategyNode['options']
}

export interface Addresses {
  shown(address: Address): Address
  /** @throws {Error} if it is none */
  meant(shown: Address): Address
}

/** As the simulator has them. */
export const asNumbers: Addresses = {
  shown: (address) => address,
  meant(shown) {
    if (shown === null || shown === undefined) throw new Error(`sends to ${shown}, which is no peer`)
    return shown
  },
}

/** As nodes on sockets have them: host and port. */
export const asTexts: Addresses = {
  shown: (address) => nameOf(numberOf(address)) as Address,
  meant(shown) {
    const [, number] = /^n(\d+):7000$/.exec(String(shown)) ?? []
    if (number === undefined) throw new Error(`sends to ${shown}, which is no peer`)
    return addressOf(Number(number))
  },
}

export class GuardedNode implements StrategyNode {
  readonly #node: StrategyNode
  readonly #guard: Guard

  constructor(node: StrategyNode, guard: Guard) {
    this.#node = node
    this.#guard = guard
  }

  get options(): StrategyNode['options'] {
    return this.#guard.options(this.#asked.options)
  }

  get state(): unknown {
    return this.#asked.state
  }

  get items(): readonly Item[] {
    return this.#guard.items(this.#asked.items, 'items')
  }

  get self(): Address {
    return this.#guard.addresses.shown(this.#asked.self)
  }

  get peers(): readonly Address[] {
    const { addresses } = this.#guard
    const { peers } = this.#asked
    return addresses === asNumbers ? peers : peers.map(addresses.shown)
  }

  get links(): readonly Address[] | null {
    const { links } = this.#asked
    return links?.map(this.#guard.addresses.shown) ?? null
  }

  get number(): number {
    return this.#asked.number
  }

  pick(k: number, except?: Except | null): Address[] {
    const { addresses } = this.#guard
    if (addresses === asNumbers) return this.#asked.pick(k, except)
    const excepted = [...(except ?? [])].filter((it) => it !== null && it !== undefined)
    return this.#asked.pick(k, excepted.map(addresses.meant)).map(addresses.shown)
  }

  recent(periods: number): readonly Item[] {
    return this.#guard.items(this.#asked.recent(periods), 'recent()')
  }

  digest(): Digest {
    return this.#asked.digest()
  }

  lacks(digest: Digest): readonly Name[] {
    return this.#guard.names(this.#asked.lacks(digest), 'lacks()')
  }

  named(digest: Digest): readonly Item[] {
    return this.#guard.items(this.#asked.named(digest), 'named()')
  }

  newerThan(digest: Digest): readonly Item[] {
    return this.#guard.items(this.#asked.newerThan(digest), 'newerThan()')
  }

  beyond(digest: Digest, wants?: boolean): Digest | null {
    return this.#asked.beyond(digest, wants)
  }

  sendValue(to: readonly Address[], items?: Item | readonly Item[], carried?: Record<string, unknown>): void {
    this.#say(carried, (node) => {
      const peers = this.#meant(to)
      ;(node.sendValue as (to: readonly Address[], ...what: unknown[]) => void)(peers, items, carried)
    })
  }

  send(to: readonly Address[], type: string, fields?: Record<string, unknown>): void {
    this.#say(fields, (node) => node.send(this.#meant(to), type, fields ?? {}))
  }

  rtt(peer: Address): number | undefined {
    return this.#asked.rtt(this.#guard.addresses.meant(peer))
  }

  chance(p: number): boolean {
    return this.#asked.chance(p)
  }

  after(periods: number, type: string, from: Address, fields?: Record<string, unknown>): boolean {
    let isComing = false
    this.#say(fields, (node) => {
      isComing = node.after(periods, type, this.#guard.addresses.meant(from), fields ?? {})
    })
    return isComing
  }

  cancel(type: string, from?: Address): void {
    this.#asked.cancel(type, from && this.#guard.addresses.meant(from))
  }

  log(...what: unknown[]): void {
    this.#asked.log(...what)
  }

  report(name: string, value: number): void {
    this.#asked.report(name, value)
  }

  #say(contents: unknown, say: (node: StrategyNode) => void): void {
    const node = this.#asked
    this.#guard.told(contents)
    try {
      say(node)
    } catch (error) {
      this.#guard.refused(error)
      throw error
    }
  }

  #meant(to: readonly Address[]): readonly Address[] {
    return to.map(this.#guard.addresses.meant)
  }

  get #asked(): StrategyNode {
    this.#guard.asked(this)
    return this.#node
  }
}
