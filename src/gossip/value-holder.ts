/** What a node holds, what its strategy remembers and asks of it, and which of it it still spreads. */
import { countCall } from './budget.ts'
import { HandlerCalls } from './handler-calls.ts'
import type { EventHandler, HandlerName, ValueHandler } from './handlers.ts'
import type { Host, NodeMemory, NodeSettings } from './host.ts'
import type { Fields } from './message.ts'
import type { Protocol } from './protocol.ts'
import type { Address, GossipStrategy, Item } from './strategy.ts'
import { DEFAULT_KEY, type Value } from './value.ts'
import { beyond, type Digest, digestOf, isFirst, namesIn, newerThan } from './values/digest.ts'
import { type Entry, entryOf, heldOf } from './values/held.ts'
import { NOTHING } from './values/holdings.ts'
import { isExpired, isWanted } from './values/judge.ts'
import { type Name, partsOf } from './values/name.ts'
import type { PeerView } from './view/view.ts'

/** Periods in which news comes to all: what came in these a digest of all names one by one. */
const NEWS_PERIODS = 5

/**
 * Entries that the handler under way was given, of which it may have changed what it remembers. Handlers run one at a time
 * in a thread.
 */
const touched: Entry[] = []

export abstract class ValueHolder extends HandlerCalls<Protocol, EventHandler, HandlerName> {
  declare protected readonly memory: NodeMemory
  protected readonly settings: NodeSettings

  constructor(memory: NodeMemory, protocol: Protocol, view: PeerView, host: Host, settings: NodeSettings) {
    super(memory, protocol, view, host)
    this.settings = settings
  }

  protected get handlers(): GossipStrategy {
    return this.protocol.strategy
  }

  // For the host.

  /** What it holds of that key; null: nothing. */
  get(key = DEFAULT_KEY): Value | null {
    return this.memory.holdings.get(key)?.held ?? null
  }

  /** All that it holds, deleted keys too. */
  values(): readonly Value[] {
    return this.memory.holdings.all().map(({ held }) => held)
  }

  /** What its strategy remembers of each. */
  get remembered(): readonly unknown[] {
    return this.memory.holdings.all().map(({ state }) => state)
  }

  /** How many keys it holds, without the deleted ones. */
  get count(): number {
    return this.memory.holdings.size - this.memory.holdings.deleted
  }

  /** Links that the value held under that key has crossed to get here. */
  hopsOf(key = DEFAULT_KEY): number {
    return this.memory.holdings.get(key)?.hops ?? 0
  }

  /** What it holds of that key counts no more, as its clock has been set back: it goes on as one that got none. */
  forget(key: string): void {
    const entry = this.memory.holdings.get(key)
    if (entry === undefined) return
    this.#uncount(entry)
    this.memory.holdings = this.memory.holdings.without(key)
    if (this.memory.holdings === NOTHING) this.memory.calm = 0
  }

  /** Does this node still spread something, or has not come to rest? */
  get interested(): boolean {
    const { interested, settled } = this.protocol.strategy
    if (settled !== undefined && !this.ask('settled', () => settled(this.state, this.options), false))
      return true
    return interested === undefined
      ? settled === undefined && this.memory.holdings.size > 0
      : this.memory.interested > 0
  }

  // What a strategy sees.

  get items(): readonly Item[] {
    countCall()
    return this.#given(this.memory.holdings.all())
  }

  recent(periods: number): readonly Item[] {
    countCall()
    return this.#given(this.#recent(periods))
  }

  digest(): Digest {
    countCall()
    return digestOf(this.memory.holdings, this.#recent(NEWS_PERIODS).length)
  }

  lacks(digest: Digest): readonly Name[] {
    countCall()
    const clock = this.host.clock()
    return namesIn(digest).filter((it) => isWanted(it, this.memory.holdings, this.settings, clock))
  }

  named(digest: Digest): readonly Item[] {
    countCall()
    return this.#given(namesIn(digest).flatMap((it) => this.#named(it) ?? []))
  }

  newerThan(digest: Digest): readonly Item[] {
    countCall()
    return this.#given(newerThan(digest, this.memory.holdings))
  }

  beyond(digest: Digest, wants = false): Digest | null {
    countCall()
    const asks = wants || !isFirst(digest)
    return beyond(digest, this.memory.holdings, asks && this.lacks(digest).length > 0)
  }

  // For the node.

  /** A period has passed: what is too old is forgotten. */
  protected age(): void {
    const { holdings } = this.memory
    if (holdings.size === 0) return
    this.memory.calm += 1
    holdings.age()
    const { ttl } = this.settings
    if (ttl === Number.POSITIVE_INFINITY && holdings.deleted === 0) return
    const clock = this.host.clock()
    for (const { held } of holdings.all()) {
      if (!isExpired(held, this.settings, clock)) continue
      this.forget(held.key)
      this.host.forgot(held)
    }
  }

  protected put(value: Value, hops: number): Entry {
    const before = this.memory.holdings.get(value.key)
    if (before !== undefined) this.#uncount(before)
    const { item } = this.protocol.strategy
    const state = item && this.ask('item', () => item({ options: this.options }), undefined)
    const entry = entryOf(heldOf(value), hops, state)
    if (state === undefined && this.#isSpread(entry)) this.memory.interested += 1
    const { holdings } = this.memory
    // Of a node that holds nothing nobody counts.
    const calm = holdings === NOTHING ? 0 : this.memory.calm
    if (calm > 0) this.memory.calm = 0
    this.memory.holdings = holdings.with(entry, calm)
    return entry
  }

  protected tellOf(handler: ValueHandler, entry: Entry, peer: Address | null, carried: Fields | null): void {
    if (entry.state !== undefined) touched.push(entry)
    this.tell(handler, entry, peer, carried)
    this.handled()
  }

  /** As these values are held now: what was handed out may have been replaced since. */
  protected present(items: Item | readonly Item[]): readonly Entry[] {
    const { holdings } = this.memory
    if (items === holdings.all()) return holdings.all()
    if (!Array.isArray(items)) return holdings.get((items as Item).key)?.all() ?? []
    return (items as readonly Item[]).flatMap(({ key }) => holdings.get(key) ?? [])
  }

  /** What it was given may be spread no more, or again. */
  protected override handled(): void {
    if (touched.length === 0) return
    for (const it of touched) {
      if (it.state === undefined || this.memory.holdings.get(it.key) !== it) continue
      const isSpread = this.#isSpread(it)
      if (isSpread !== it.isSpread) this.memory.interested += isSpread ? 1 : -1
      it.isSpread = isSpread
    }
    touched.length = 0
  }

  #isSpread(entry: Entry): boolean {
    const { interested } = this.protocol.strategy
    return interested !== undefined && this.ask('interested', () => interested(entry, this.options), true)
  }

  /** Of what nothing is remembered the answer is always the same. */
  #uncount(entry: Entry): void {
    if (entry.state === undefined ? this.#isSpread(entry) : entry.isSpread) this.memory.interested -= 1
  }

  #recent(periods: number): readonly Entry[] {
    return this.memory.holdings.recent(periods, this.memory.calm)
  }

  #named(name: Name): Entry | undefined {
    const parts = partsOf(name)
    const entry = parts && this.memory.holdings.get(parts.key)
    return entry !== undefined && entry.held.timestamp >= parts!.timestamp ? entry : undefined
  }

  #given(entries: readonly Entry[]): readonly Item[] {
    for (const it of entries) if (it.state !== undefined) touched.push(it)
    return entries
  }
}
