/** The view of peers: whom a node may pick, and what it tells others about them. A seam: one node, many views. */
import type { PeerRow } from '../message.ts'
import type { Address } from '../strategy.ts'

/** A list may hold null or undefined: nobody. */
export type Except = readonly (Address | null | undefined)[] | ReadonlySet<Address>

/** Who is up that was not before, and who had to make room. */
export interface Change {
  readonly up: readonly Address[]
  readonly down: readonly Address[]
}

export interface PeerView {
  /** The peers that can be picked now; a copy. */
  list(now: number): Address[]
  /** How many peers are known, pickable or not. */
  readonly size: number
  /** Up to `k` different peers, uniformly at random, none of `except`, never the node itself. */
  pick(k: number, except: Except, random: () => number, now: number): Address[]
  /** Rows for a message, the node's own first; undefined where contacts don't travel. */
  share(random: () => number, now: number): readonly PeerRow[] | undefined
  /** That peer spoke, and told of these. */
  heard(from: Address, rows: readonly PeerRow[], now: number): Change
  /** That peer could not be reached; true if that is news (to a view that doesn't remember it always is). */
  failed(peer: Address, now: number): boolean
  /** A period has passed; the answer is who is gone for good and was up until now. */
  period(now: number, clock: number): readonly Address[]
}
