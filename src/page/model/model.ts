/** What the page knows: the nodes, and the last values that spread. Fed with what its server tells. */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { Starts } from '../../measure/starts.ts'
import { MAX_LIVE, MAX_SPREADS, type Network, type NodeRow, type Past } from '../wire.ts'
import { EarlyEvents } from './early-events.ts'
import { KeptSpreads } from './kept-spreads.ts'
import { CALM, networkOf } from './network-state.ts'
import type { ToldOverlay } from './overlay.ts'
import { type About, type KnownFigures, Spread } from './spread.ts'
import { ValueStream } from './stream/value-stream.ts'
import { idOf, isUnnamed, type ValueId } from './value-id.ts'

/** Values whose texts are kept. */
const MAX_TEXTS = 4 * MAX_SPREADS
/** Lines that strategies logged of which at least so many are kept. */
const MAX_LOGS = 500
/** Addresses that have a number of their own. */
const MAX_NUMBERS = 16 * MAX_LIVE
/** A spread has come to rest if no node took the value for so many periods, and so many ms at least. */
const REST_PERIODS = 2.5
const REST_MS = 1500

export class Model {
  readonly #early = new EarlyEvents()
  readonly #kept = new KeptSpreads((it) => this.#early.end(it))
  /** By address; only those that the server named. */
  readonly nodes = new Map<string, NodeRow>()
  /** Events seen. */
  seen = 0
  /** The latest time of an event. */
  now = 0
  /** Ms between two periods. */
  period: number | null = null
  /** Nodes that do not run, and that pause, by what was told of them last. */
  readonly down = new Set<string>()
  readonly paused = new Set<string>()
  network: Network = CALM
  /** Who may pick whom; undefined as long as nothing told it. */
  overlay: ToldOverlay | undefined
  /** What strategies logged last, oldest first. */
  readonly logs: GossipEvent[] = []
  /** All values together. */
  readonly stream = new ValueStream({ live: () => this.live(), numberOf: (it) => this.#numberOf(it) })
  readonly #starts = new Starts(MAX_NUMBERS)
  #begun = 0
  /** Nodes that lived before any was named. */
  readonly #alive = new Set<string>()
  #areLast = false
  /** Null deletes. */
  readonly #texts = new Map<string, string | null>()
  readonly #numbers = new Map<string, number>()

  /** What came before a browser did. */
  past({ live, down, paused, network, events, counted }: Past): void {
    for (const it of live) this.#alive.add(it)
    for (const it of down) this.down.add(it)
    for (const it of paused) this.paused.add(it)
    if (network !== null) this.network = networkOf(network)
    for (const it of events) this.see(it)
    for (const it of counted) this.of(it.timestamp, it.key)?.count(it)
  }

  /** @param areLast what they say is so at the end of a recording, not now */
  rows(rows: readonly NodeRow[], areLast = false): void {
    const before = new Map(this.nodes)
    this.#areLast = areLast
    this.nodes.clear()
    for (const row of rows) {
      this.nodes.set(row.address, row)
      const { timestamp, value } = row
      // Of a recording null may also mean that nobody said it.
      if (timestamp !== null && (value !== null || !areLast))
        this.#text({ key: DEFAULT_KEY, timestamp }, value)
    }
    if (areLast) return
    this.down.clear()
    this.paused.clear()
    for (const row of rows) {
      if (row.state === 'dead' || row.state === 'absent') this.down.add(row.address)
      if (row.state === 'paused') this.paused.add(row.address)
      this.#compared(row, before.get(row.address))
    }
    this.#found(rows.filter(isAlive))
  }

  see(event: GossipEvent): void {
    const { event: what, timestamp, key = DEFAULT_KEY, value, network } = event
    this.seen += 1
    this.now = Math.max(this.now, event.at)
    if (what === 'updated' && timestamp !== undefined && value !== undefined)
      this.#text({ key, timestamp }, value)
    // It is told again, as a watch begins: it ran on.
    if (this.#starts.isKnown(event)) return
    if (what === 'started') this.#starts.add(event)
    this.stream.see(event)
    if (what === 'log') this.#log(event)
    else if (network !== undefined) this.#turn(event.at, networkOf(network))
    else if (this.#begins(event)) this.#begin(event)
    else if (what === 'started' || what === 'stopped') this.#changed(event)
    else this.#tell(event)
  }

  /** Oldest first. */
  get spreads(): readonly Spread[] {
    return this.#kept.all
  }

  /** One that is looked at is kept however many others come. */
  pin(spread: Spread | undefined): void {
    this.#kept.pinned = spread
  }

  /** The spread of the value that came last. */
  get last(): Spread | undefined {
    return this.spreads.at(-1)
  }

  of(timestamp: number, key = DEFAULT_KEY): Spread | undefined {
    return this.#kept.of(timestamp, key)
  }

  /** The text of that value, null if it deletes; undefined if no node said it. */
  textOf(id: ValueId): string | null | undefined {
    return this.#texts.get(idOf(id))
  }

  /** Addresses of the nodes that live: they run, or pause. */
  live(): Set<string> {
    const all = this.nodes.size === 0 ? this.#alive : [...this.nodes.values()].filter(isAlive).map(addressOf)
    const live = new Set<string>()
    for (const it of all) if (!this.down.has(it)) live.add(it)
    return live
  }

  /** How many nodes there are; in a recording those that tell something. */
  get size(): number {
    if (!this.#areLast) return this.nodes.size
    return [...this.nodes.values()].filter((it) => it.state !== 'unreachable').length
  }

  figures(spread: Spread): KnownFigures {
    return spread.figures(this.live(), this.size)
  }

  /** Nodes that do not run, or can't be reached. */
  get gone(): Set<string> {
    const gone = new Set(this.down)
    if (this.#areLast) return gone
    for (const { state, address } of this.nodes.values()) if (state === 'unreachable') gone.add(address)
    return gone
  }

  /** Has every node that runs had it? */
  isComplete(spread: Spread): boolean {
    const running = [...this.live()].filter((it) => this.nodes.get(it)?.state === 'runs')
    return running.length > 0 && running.every((it) => this.#holds(it, spread))
  }

  /** Is it complete, or has no node taken it for a while? */
  isFinished(spread: Spread, now = this.now): boolean {
    return this.isComplete(spread) || now - spread.lastTakenAt > this.rest
  }

  /** Ms without news after which a spread has come to rest. */
  get rest(): number {
    return Math.max(REST_MS, REST_PERIODS * (this.period ?? 0))
  }

  /** Where its story ends, on the events' clock: what comes after that repeats itself. */
  endOf(spread: Spread): number {
    if (this.isComplete(spread)) return spread.lastTakenAt
    return Math.min(spread.lastAt, spread.lastTakenAt + this.rest)
  }

  /** A node that kept its value while it was down says so in its row alone. */
  #holds(node: string, spread: Spread): boolean {
    if (spread.holders.has(node)) return true
    return isUnnamed(spread) && this.nodes.get(node)?.timestamp === spread.timestamp
  }

  /** An event that begins and ends nothing goes to the value that it is about, and to the newest, if that is not of another key. */
  #tell(event: GossipEvent): void {
    const { event: what, node, type, timestamp, key = DEFAULT_KEY } = event
    if (what === 'paused') this.paused.add(node)
    if (what === 'resumed') this.paused.delete(node)
    const { last } = this
    const isOfValue = type === 'value' && timestamp !== undefined
    const own = isOfValue ? this.of(timestamp, key) : undefined
    if (last !== undefined && (!isOfValue || key === last.key)) this.#show(last, event)
    if (own !== undefined && own !== last) this.#show(own, event)
  }

  #show(spread: Spread, event: GossipEvent): void {
    spread.see(event)
    this.#early.add(spread, event)
  }

  /** What the rows said of that node's value is no longer so. */
  #changed(event: GossipEvent): void {
    const { node, timestamp = null, key = DEFAULT_KEY } = event
    this.paused.delete(node)
    if (event.event === 'started') {
      this.down.delete(node)
      if (this.nodes.size === 0) this.#alive.add(node)
    } else if (this.down.size < MAX_NUMBERS) this.down.add(node)
    const row = this.nodes.get(node)
    if (row !== undefined && !this.#areLast && (timestamp === null || key === DEFAULT_KEY)) {
      const value = timestamp === null ? null : (this.textOf({ key, timestamp }) ?? null)
      this.nodes.set(node, { ...row, value, timestamp })
    }
    // What is told as a watch begins was so before.
    const { since = Number.POSITIVE_INFINITY } = event
    for (const it of this.spreads) if (since > it.startedAt) it.see(event)
  }

  #turn(at: number, network: Network): void {
    this.network = network
    for (const it of this.spreads) it.turn(at, network)
  }

  /** Where it is not told that nodes end and start: one that counts anew since when it runs has lost what it held. */
  #compared(row: NodeRow, before: NodeRow | undefined): void {
    if (before === undefined) return
    const { address, state, uptime, timestamp } = row
    for (const it of this.spreads) {
      const isSame = uptime >= before.uptime || row.values > 0
      const keeps = isUnnamed(it) ? it.timestamp === timestamp : isSame && it.holders.has(address)
      if (state === 'unreachable' && isAlive(before)) it.lose(address, this.now)
      else if (isAlive(row) && before.state === 'unreachable') it.regain(address, this.now, keeps)
      else if (uptime < before.uptime && !keeps) it.holders.delete(address)
    }
  }

  /** Values that nodes hold, and nobody saw how they came. */
  #found(rows: readonly NodeRow[]): void {
    const held = new Map<number, string[]>()
    for (const { address, timestamp } of rows) {
      if (timestamp === null || this.#kept.isPast({ key: DEFAULT_KEY, timestamp })) continue
      const spread = this.of(timestamp)
      if (spread !== undefined) spread.find(address, this.now)
      else held.set(timestamp, [...(held.get(timestamp) ?? []), address])
    }
    for (const timestamp of [...held.keys()].sort((a, b) => a - b))
      this.#add({
        key: DEFAULT_KEY,
        timestamp,
        startedAt: this.now,
        isWhole: false,
        holders: held.get(timestamp)!,
      })
  }

  #log(event: GossipEvent): void {
    this.logs.push(event)
    if (this.logs.length > 2 * MAX_LOGS) this.logs.splice(0, MAX_LOGS)
  }

  #text(of: ValueId, value: string | null): void {
    const id = idOf(of)
    if (this.#texts.has(id)) return
    this.#texts.set(id, value)
    if (this.#texts.size > MAX_TEXTS) this.#texts.delete(this.#texts.keys().next().value!)
  }

  /** Is it of a value that is not known of, or was it not known how that one was handed in? */
  #begins({ event, type, peer, timestamp, key = DEFAULT_KEY }: GossipEvent): boolean {
    if (event !== 'updated' && event !== 'sent') return false
    if (timestamp === undefined || this.#kept.isPast({ key, timestamp })) return false
    const spread = this.of(timestamp, key)
    if (event === 'updated' && peer === undefined)
      return spread === undefined || (!spread.isWhole && this.#early.has(spread))
    return spread === undefined && (event === 'updated' || type === 'value')
  }

  #begin(event: GossipEvent): void {
    const { timestamp = 0, key = DEFAULT_KEY, peer, at } = event
    const known = this.of(timestamp, key)
    const early = known === undefined ? [] : this.#early.end(known)
    if (known !== undefined) this.#kept.remove(known)
    const isWhole = peer === undefined
    const spread = this.#add({ key, timestamp, startedAt: at, isWhole, holders: [] }, event, known?.number)
    for (const it of early) spread.see(it)
  }

  #add(
    about: Pick<About, 'key' | 'timestamp' | 'startedAt' | 'isWhole' | 'holders'>,
    first?: GossipEvent,
    number = ++this.#begun,
  ): Spread {
    const { paused } = this
    const down = this.gone
    const numberOf = (node: string): number => this.#numberOf(node)
    this.#kept.makeRoom()
    const { network } = this
    const { room } = this.#kept
    const spread = new Spread({ ...about, number, numberOf, down, paused, network, room }, first)
    const before = this.spreads.filter((it) => it.key === about.key && it.timestamp < about.timestamp)
    if (before.length > 0) this.#end(before)
    if (!about.isWhole) this.#early.begin(spread, first)
    this.#kept.add(spread)
    return spread
  }

  /** Of each key only the newest value goes on. */
  #end(spreads: readonly Spread[]): void {
    const live = this.live()
    for (const it of spreads) {
      it.end(live)
      this.#early.end(it)
    }
  }

  #numberOf(node: string): number {
    const known = this.#numbers.get(node)
    if (known !== undefined) return known
    // Nodes come and go; who came after so many shares a number, and only a figure suffers.
    const number = this.#numbers.size % MAX_NUMBERS
    if (this.#numbers.size < MAX_NUMBERS) this.#numbers.set(node, number)
    return number
  }
}

function addressOf({ address }: NodeRow): string {
  return address
}

/** A node that pauses lives. */
function isAlive({ state }: NodeRow): boolean {
  return state === 'runs' || state === 'paused'
}
