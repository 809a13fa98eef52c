/** The view of peers: whom a node may pick. A seam: one node, many views. */
import type { Fields, MembershipMessage } from '../message.ts'
import type { Address } from '../strategy.ts'

/** A list may hold null or undefined: nobody. */
export type Except = readonly (Address | null | undefined)[] | ReadonlySet<Address>

/** A peer that is known no longer. */
export interface Gone {
  readonly peer: Address
  /** False for one that was told to have failed, and has not been heard since. */
  readonly wasUp: boolean
}

/** Who is up that was not before, and who had to make room. */
export interface Change {
  readonly up: readonly Address[]
  readonly gone: readonly Gone[]
}

export interface PeerView {
  /** The peers that can be picked now; a copy. */
  list(): Address[]
  /** How many peers are known, pickable or not. */
  readonly size: number
  /** Up to `k` different peers, uniformly at random, none of `except`, never the node itself. */
  pick(k: number, except: Except, random: () => number): Address[]
  /** May a strategy speak of it: a peer, pickable or not, or one that spoke? Where everyone is one: yes, without a look. */
  knows(address: Address): boolean
  /** That peer spoke; where there is no room for it it is not known afterwards. */
  heard(from: Address): Change
  /** The host reached that peer at its own address. */
  reached(peer: Address): Change
  /** That peer could not be reached; true if that is news (to a view that doesn't remember it always is). */
  failed(peer: Address): boolean
  /** A period has passed. */
  period(): void

  // Of a view that a membership's file keeps; its peers may change whenever it is told something.

  /** The node has started: from here on it is told who is up and who is gone. */
  begin?(changed: (change: Change) => void): void
  /** Nothing happens any more. */
  end?(): void
  /** One of the membership's messages came. @returns does it know such messages? */
  receive?(from: Address, message: MembershipMessage): boolean
  /** What rides on a message that is about to leave. */
  ride?(): Fields | undefined
  /** That rode on a message of that node. */
  rode?(from: Address, fields: Fields): void
  /** Its peers, where these are links, which both ends know of; else null. */
  links?(): readonly Address[] | null
}
