/** What the page knows: the nodes, and the last values that spread. Fed with what its server tells. */
import type { GossipEvent } from '../../measure/event.ts'
import { MAX_LIVE, type Network, type NodeRow, type Past } from '../wire.ts'
import { CALM, networkOf } from './network-state.ts'
import { type About, type KnownFigures, Spread } from './spread.ts'

/** Values whose spread is kept. */
export const MAX_SPREADS = 8
/** Values whose texts are kept. */
const MAX_TEXTS = 64
/** Lines that strategies logged of which at least so many are kept. */
const MAX_LOGS = 500
/** Events within which it may be told how a value was handed in that was known of already: streams overtake each other. */
const MAX_EARLY = 2000
/** Addresses that have a number of their own. */
const MAX_NUMBERS = 16 * MAX_LIVE
/** A spread has come to rest if no node took the value for so many periods, and so many ms at least. */
const REST_PERIODS = 2.5
const REST_MS = 1500

export class Model {
  /** Oldest first. */
  readonly spreads: Spread[] = []
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
  /** What strategies logged last, oldest first. */
  readonly logs: GossipEvent[] = []
  #begun = 0
  /** Nodes that lived before any was named. */
  readonly #alive = new Set<string>()
  #areLast = false
  readonly #texts = new Map<number, string>()
  readonly #numbers = new Map<string, number>()
  /** The newest timestamp that has been dropped: what comes late of it begins nothing again. */
  #oldest = -1
  /** Events since the newest value is known, while it was not told how it was handed in. */
  #early: GossipEvent[] | undefined

  /** What came before a browser did. */
  past({ live, down, paused, network, events, counted }: Past): void {
    for (const it of live) this.#alive.add(it)
    for (const it of down) this.down.add(it)
    for (const it of paused) this.paused.add(it)
    if (network !== null) this.network = networkOf(network)
    for (const it of events) this.see(it)
    for (const it of counted) this.of(it.timestamp)?.count(it)
  }

  /** @param areLast what they say is so at the end of a recording, not now */
  rows(rows: readonly NodeRow[], areLast = false): void {
    const before = new Map(this.nodes)
    this.#areLast = areLast
    this.nodes.clear()
    for (const row of rows) {
      this.nodes.set(row.address, row)
      if (row.timestamp !== null && row.value !== null) this.#text(row.timestamp, row.value)
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
    const { event: what, type, timestamp, value, network } = event
    this.seen += 1
    this.now = Math.max(this.now, event.at)
    if (what === 'updated' && timestamp !== undefined && typeof value === 'string')
      this.#text(timestamp, value)
    if (what === 'log') this.#log(event)
    else if (network !== undefined) this.#turn(event.at, networkOf(network))
    else if (this.#begins(event)) this.#begin(event)
    else if (what === 'started' || what === 'stopped') this.#changed(event)
    else this.#tell(event, type === 'value' ? timestamp : undefined)
  }

  /** The spread of the value that came last. */
  get last(): Spread | undefined {
    return this.spreads.at(-1)
  }

  of(timestamp: number): Spread | undefined {
    return this.spreads.find((it) => it.timestamp === timestamp)
  }

  /** The text of that value, if a node said it. */
  textOf(timestamp: number): string | undefined {
    return this.#texts.get(timestamp)
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
  #holds(node: string, { holders, timestamp }: Spread): boolean {
    return holders.has(node) || this.nodes.get(node)?.timestamp === timestamp
  }

  /** An event that begins and ends nothing goes to the newest value, and to the one that it is about. */
  #tell(event: GossipEvent, timestamp: number | undefined): void {
    if (event.event === 'paused') this.paused.add(event.node)
    if (event.event === 'resumed') this.paused.delete(event.node)
    const { last } = this
    last?.see(event)
    if (timestamp !== undefined && timestamp !== last?.timestamp) this.of(timestamp)?.see(event)
    this.#early?.push(event)
    if ((this.#early?.length ?? 0) > MAX_EARLY) this.#early = undefined
  }

  /** What the rows said of that node's value is no longer so. */
  #changed(event: GossipEvent): void {
    const { node, timestamp = null } = event
    this.paused.delete(node)
    if (event.event === 'started') {
      this.down.delete(node)
      if (this.nodes.size === 0) this.#alive.add(node)
    } else if (this.down.size < MAX_NUMBERS) this.down.add(node)
    const row = this.nodes.get(node)
    if (row !== undefined && !this.#areLast) {
      const value = timestamp === null ? null : (this.textOf(timestamp) ?? null)
      this.nodes.set(node, { ...row, value, timestamp })
    }
    for (const it of this.spreads) it.see(event)
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
      const keeps = it.timestamp === timestamp
      if (state === 'unreachable' && isAlive(before)) it.lose(address, this.now)
      else if (isAlive(row) && before.state === 'unreachable') it.regain(address, this.now, keeps)
      else if (uptime < before.uptime && !keeps) it.holders.delete(address)
    }
  }

  /** Values that nodes hold, and nobody saw how they came. */
  #found(rows: readonly NodeRow[]): void {
    const held = new Map<number, string[]>()
    for (const { address, timestamp } of rows) {
      if (timestamp === null || timestamp <= this.#oldest) continue
      const spread = this.of(timestamp)
      if (spread !== undefined) spread.find(address, this.now)
      else held.set(timestamp, [...(held.get(timestamp) ?? []), address])
    }
    for (const timestamp of [...held.keys()].sort((a, b) => a - b))
      this.#add({ timestamp, startedAt: this.now, isWhole: false, holders: held.get(timestamp)! })
  }

  #log(event: GossipEvent): void {
    this.logs.push(event)
    if (this.logs.length > 2 * MAX_LOGS) this.logs.splice(0, MAX_LOGS)
  }

  #text(timestamp: number, value: string): void {
    if (this.#texts.has(timestamp)) return
    this.#texts.set(timestamp, value)
    if (this.#texts.size > MAX_TEXTS) this.#texts.delete(this.#texts.keys().next().value!)
  }

  /** Is it of a value that is not known of, or was it not known how that one was handed in? */
  #begins({ event, type, peer, timestamp }: GossipEvent): boolean {
    if (timestamp === undefined || timestamp <= this.#oldest) return false
    const spread = this.of(timestamp)
    if (event === 'updated' && peer === undefined)
      return spread === undefined || (!spread.isWhole && spread === this.last && this.#early !== undefined)
    return spread === undefined && (event === 'updated' || (event === 'sent' && type === 'value'))
  }

  #begin(event: GossipEvent): void {
    const { timestamp = 0, peer, at } = event
    const known = this.of(timestamp)
    const early = known === undefined ? [] : (this.#early ?? [])
    if (known !== undefined) this.spreads.splice(this.spreads.indexOf(known), 1)
    const isWhole = peer === undefined
    const spread = this.#add({ timestamp, startedAt: at, isWhole, holders: [] }, event, known?.number)
    for (const it of early) spread.see(it)
  }

  #add(
    about: Pick<About, 'timestamp' | 'startedAt' | 'isWhole' | 'holders'>,
    first?: GossipEvent,
    number = ++this.#begun,
  ): Spread {
    const { paused } = this
    const down = this.gone
    const numberOf = (node: string): number => this.#numberOf(node)
    const spread = new Spread({ ...about, number, numberOf, down, paused, network: this.network }, first)
    const live = this.live()
    for (const it of this.spreads) if (it.timestamp < about.timestamp) it.end(live)
    this.spreads.push(spread)
    this.spreads.sort((a, b) => a.timestamp - b.timestamp)
    if (spread === this.last) this.#early = about.isWhole ? undefined : first === undefined ? [] : [first]
    if (this.spreads.length > MAX_SPREADS) this.#oldest = this.spreads.shift()!.timestamp
    return spread
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
