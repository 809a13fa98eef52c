/** What the page knows: the nodes, and the last values that spread. Fed with what its server tells. */
import type { GossipEvent } from '../../measure/event.ts'
import type { NodeRow } from '../wire.ts'
import { Spread } from './spread.ts'

/** Values whose spread is kept. */
export const MAX_SPREADS = 8
const MAX_NODES = 1024
/** Without a word of a value for that long, in ms of the events' clock, its spread has come to rest. */
export const QUIET_MS = 400

export class Model {
  /** Oldest first. */
  readonly spreads: Spread[] = []
  /** By address; only those that the server named. */
  readonly nodes = new Map<string, NodeRow>()
  /** Events seen. */
  seen = 0
  /** The latest time of an event. */
  now = 0
  readonly #numbers = new Map<string, number>()
  /** The newest timestamp that has been dropped: what comes late of it begins nothing again. */
  #oldest = -1

  rows(rows: readonly NodeRow[]): void {
    this.nodes.clear()
    for (const row of rows) this.nodes.set(row.address, row)
  }

  see(event: GossipEvent): void {
    this.seen += 1
    this.now = Math.max(this.now, event.at)
    if (this.#isOfNewValue(event)) this.#begin(event)
    else if (event.type === 'value' && event.timestamp !== undefined) this.of(event.timestamp)?.see(event)
    else if (event.event === 'started' || event.event === 'stopped')
      for (const it of this.spreads) it.see(event)
    else this.last?.see(event)
  }

  /** The spread of the value that came last. */
  get last(): Spread | undefined {
    return this.spreads.at(-1)
  }

  of(timestamp: number): Spread | undefined {
    return this.spreads.find((it) => it.timestamp === timestamp)
  }

  /** Addresses of the nodes that run. */
  live(): Set<string> {
    const live = new Set<string>()
    for (const { address, state } of this.nodes.values()) if (state === 'runs') live.add(address)
    return live
  }

  /** Does every live node hold it, or has nothing happened to it for a while? */
  isFinished(spread: Spread, now = this.now): boolean {
    const live = this.live()
    if (live.size > 0 && [...live].every((it) => spread.holders.has(it))) return true
    return now - spread.lastAt > QUIET_MS
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
    this.spreads.push(new Spread(event, (node) => this.#numberOf(node)))
    this.spreads.sort((a, b) => a.timestamp - b.timestamp)
    if (this.spreads.length > MAX_SPREADS) this.#oldest = this.spreads.shift()!.timestamp
  }

  #numberOf(node: string): number {
    const known = this.#numbers.get(node)
    if (known !== undefined) return known
    // Nodes come and go; who came after so many shares a number, and only a figure suffers.
    const number = this.#numbers.size % MAX_NODES
    if (this.#numbers.size < 16 * MAX_NODES) this.#numbers.set(node, number)
    return number
  }
}
