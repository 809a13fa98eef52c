/**
 * A value that lies further ahead of this node's clock than nodes take (`maxClockDrift`): it was accepted while the clock
 * was wrong, which has been set back since, or the clock is wrong now, as on a machine that starts in 1970.
 *
 * A node that held on to it would be apart until that time comes: every peer refuses what it sends, and it ignores what
 * they send as older. To drop it would lose what was acknowledged. So it is put aside, on disk too, and the node goes on
 * as one that missed it. When the clock gets there it is a value like any other: it wins, or has lost by then.
 */
import type { Logger } from 'pino'
import type { GossipNode } from '../../gossip/node.ts'
import { type Value, wins } from '../../gossip/value.ts'
import type { Store } from './store.ts'

/** Ms beyond the bound that a clock may be set back by before it matters: clocks are corrected by such steps all day. */
const STEP_MS = 1000

export interface AheadParts {
  readonly store: Store | undefined
  readonly maxClockDrift: number
  clock(): number
  log(): Logger
}

export class AheadValue {
  readonly #parts: AheadParts
  readonly #values: Map<string, Value>

  constructor(parts: AheadParts) {
    this.#parts = parts
    this.#values = new Map(parts.store?.ahead.map((it) => [it.key, it]))
  }

  /** @param kept what a node that starts has kept. @returns what of it it may hold */
  atStart(kept: readonly Value[]): Value[] {
    const ahead = kept.filter((it) => this.#isAhead(it))
    for (const it of ahead) this.#put(it)
    return kept.filter((it) => !ahead.includes(it))
  }

  /** Once a period. @returns has the node just lost its value? */
  period(node: GossipNode): boolean {
    const ahead = node.values().filter((it) => this.#isAhead(it))
    for (const it of ahead) {
      this.#put(it)
      node.forget(it.key)
    }
    if (ahead.length > 0) return true
    for (const it of this.#values.values()) if (it.timestamp <= this.#latest) this.#offer(node, it)
    return false
  }

  get #latest(): number {
    return this.#parts.clock() + this.#parts.maxClockDrift
  }

  #isAhead({ timestamp }: { readonly timestamp: number }): boolean {
    return timestamp > this.#latest + STEP_MS
  }

  #put(it: Value): void {
    const { store, log, clock } = this.#parts
    const { key, timestamp } = it
    const seconds = Math.round((timestamp - clock()) / 1000)
    const before = this.#values.get(key)
    const hasLost = before !== undefined && !wins(it, before)
    const why = hasLost ? 'one that was set aside before is newer' : store?.setAside(it)
    const what = `its value lies ${seconds} s ahead of its clock, and no peer would take it: `
    if (why === undefined) {
      this.#values.set(key, it)
      const where = store === undefined ? '' : ' on disk'
      log().warn({ timestamp }, `${what}set aside${where} until then; goes on without a value`)
    } else {
      store?.forget(key)
      log().warn({ timestamp }, `${what}dropped (${why}); goes on without a value`)
    }
  }

  #offer(node: GossipNode, it: Value): void {
    const { key, timestamp } = it
    const { store, log } = this.#parts
    if (node.receive(null, { type: 'value', ...it, hops: 0 }) === 'not-stored') return
    this.#values.delete(key)
    store?.dropAhead(key)
    log().info({ timestamp }, 'the value that was set aside lies ahead of its clock no more')
  }
}
