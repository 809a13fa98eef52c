/** What the page knows: the nodes, and the last values that spread. Fed with what its server tells. */
import type { GossipEvent } from '../../measure/event.ts'
import { MAX_DRAWN, MAX_LIVE, type NodeRow } from '../wire.ts'
import { Spread } from './spread.ts'

/** Values whose spread is kept. */
export const MAX_SPREADS = 8
/** Values whose texts are kept. */
const MAX_TEXTS = 64
/** Lines that strategies logged of which at least so many are kept. */
const MAX_LOGS = 500
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
  /** Nodes that do not run, by what was told of them last. */
  readonly down = new Set<string>()
  /** What strategies logged last, oldest first. */
  readonly logs: GossipEvent[] = []
  #begun = 0
  #areLast = false
  readonly #texts = new Map<number, string>()
  readonly #numbers = new Map<string, number>()
  /** The newest timestamp that has been dropped: what comes late of it begins nothing again. */
  #oldest = -1

  /** @param areLast what they say is so at the end of a recording, not now */
  rows(rows: readonly NodeRow[], areLast = false): void {
    this.#areLast = areLast
    this.nodes.clear()
    this.down.clear()
    for (const row of rows) {
      this.nodes.set(row.address, row)
      if (!areLast && (row.state === 'dead' || row.state === 'absent')) this.down.add(row.address)
      if (row.timestamp !== null && row.value !== null) this.#text(row.timestamp, row.value)
    }
  }

  see(event: GossipEvent): void {
    this.seen += 1
    this.now = Math.max(this.now, event.at)
    if (event.event === 'log') this.#log(event)
    else if (this.#isOfNewValue(event)) this.#begin(event)
    else if (event.type === 'value' && event.timestamp !== undefined) this.of(event.timestamp)?.see(event)
    else if (event.event === 'started' || event.event === 'stopped') this.#changed(event)
    else this.last?.see(event)
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

  /** Addresses of the nodes that run. */
  live(): Set<string> {
    const live = new Set<string>()
    for (const { address, state } of this.nodes.values())
      if (state === 'runs' && !this.down.has(address)) live.add(address)
    return live
  }

  /** Has every live node had it? */
  isComplete(spread: Spread): boolean {
    const live = this.live()
    return live.size > 0 && [...live].every((it) => this.#holds(it, spread))
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

  /** What the rows said of that node's value is no longer so. */
  #changed(event: GossipEvent): void {
    const { node } = event
    if (event.event === 'started') this.down.delete(node)
    else if (this.nodes.has(node)) this.down.add(node)
    const row = this.nodes.get(node)
    if (row !== undefined && !this.#areLast) this.nodes.set(node, { ...row, value: null, timestamp: null })
    for (const it of this.spreads) it.see(event)
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

  #isOfNewValue({ event, timestamp }: GossipEvent): boolean {
    return (
      event === 'updated' &&
      timestamp !== undefined &&
      timestamp > this.#oldest &&
      this.of(timestamp) === undefined
    )
  }

  #begin(event: GossipEvent): void {
    const number = ++this.#begun
    // Of many values a second each has a record: few nodes don't pay for many.
    const room = this.nodes.size > MAX_DRAWN ? MAX_LIVE : MAX_DRAWN
    const numberOf = (node: string): number => this.#numberOf(node) % room
    this.spreads.push(new Spread(event, { number, numberOf, room, down: this.down }))
    this.spreads.sort((a, b) => a.timestamp - b.timestamp)
    if (this.spreads.length > MAX_SPREADS) this.#oldest = this.spreads.shift()!.timestamp
  }

  #numberOf(node: string): number {
    const known = this.#numbers.get(node)
    if (known !== undefined) return known
    // Nodes come and go; who came after so many shares a number, and only a figure suffers.
    const number = this.#numbers.size
    if (number < MAX_NUMBERS) this.#numbers.set(node, number)
    return number
  }
}
