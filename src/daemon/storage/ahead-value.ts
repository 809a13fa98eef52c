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
  #value: Value | undefined

  constructor(parts: AheadParts) {
    this.#parts = parts
    this.#value = parts.store?.ahead
  }

  /** @param kept what a node that starts has kept. @returns what of it it may hold */
  atStart(kept: readonly Value[]): readonly Value[] {
    for (const it of kept) if (this.#isAhead(it)) this.#put(it)
    return kept.filter((it) => !this.#isAhead(it))
  }

  /** Once a period. @returns has the node just lost its value? */
  period(node: GossipNode): boolean {
    const held = node.get()
    if (held !== null && this.#isAhead(held)) {
      this.#put(held)
      node.forget(held.key)
      return true
    }
    if (this.#value !== undefined && this.#value.timestamp <= this.#latest) this.#offer(node, this.#value)
    return false
  }

  get #latest(): number {
    return this.#parts.clock() + this.#parts.maxClockDrift
  }

  #isAhead({ timestamp }: Value): boolean {
    return timestamp > this.#latest + STEP_MS
  }

  #put(value: Value): void {
    const { store, log, clock } = this.#parts
    const { timestamp } = value
    if (this.#value === undefined || wins(value, this.#value)) this.#value = value
    store?.setAside(value)
    const seconds = Math.round((timestamp - clock()) / 1000)
    const where = store === undefined ? '' : ` on disk`
    log().warn(
      { timestamp },
      `its value lies ${seconds} s ahead of its clock, and no peer would take it: set aside${where} until then; goes on without a value`,
    )
  }

  #offer(node: GossipNode, value: Value): void {
    const { store, log } = this.#parts
    if (node.receive(null, { type: 'value', ...value, hops: 0 }) === 'not-stored') return
    this.#value = undefined
    store?.dropAhead()
    log().info({ timestamp: value.timestamp }, 'the value that was set aside lies ahead of its clock no more')
  }
}
