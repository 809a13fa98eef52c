/**
 * A node's only way to the world, and the ways to it. A host calls these doors of a node:
 *
 * - `start`, and `restore` with the values that were kept from before; `forget`: what it holds of a key counts no more;
 * - `period`: one has passed;
 * - `receive`: a message came; `receiveMembership`: one of the membership's; `again`: one whose value could not be stored
 *   then; `meet`: a peer spoke of peers only, or is there, at its own address;
 * - `peerDown`: that peer can't be reached; `moved`: the node goes by another address now;
 * - `runaway`: it sends without end, as only a host that watches many nodes can see;
 * - `stop`.
 *
 * The duties of a host:
 *
 * 1. It calls a node's doors one at a time and never from within one: `send` and `after` only queue.
 * 2. It calls `start` first, at once `restore` if values were kept, then `period` once a period at a phase of its own,
 *    and after `stop` no door.
 * 3. What it hands to `receive`, `receiveMembership` and `again` has been parsed, what rides on it too; `from` is the
 *    sender's own address.
 * 4. `send` may lose, delay, repeat or reorder a message, but never alters one. A message may be shared
 *    between receivers: nobody writes to it.
 * 5. `now` never goes back. `clock` may, and differs from node to node.
 * 6. `random` is a stream of this node's own, independent of the network's.
 * 7. If it learns that a peer can't be reached, it says so with `peerDown`.
 * 8. The observer is told at once, by direct calls; what it costs is the host's affair.
 * 9. `store` is asked before a newer value is taken. When it returns, the value survives whatever the host promises
 *    to survive; or else the host says why not, and the node does not take it. `forgot` says that it need not any more.
 */

import type { Delays } from './delays.ts'
import type { Message, OwnMessage, ValueMessage } from './message.ts'
import type { Address } from './strategy.ts'
import type { StrategyError } from './strategy-error.ts'
import type { Value } from './value.ts'
import { type Holdings, NOTHING } from './values/holdings.ts'
import type { Refusal, ValueLimits } from './values/judge.ts'

export interface Host {
  /** Ms on a monotonic clock with any origin. */
  now(): number
  /** Ms since 1970 by this node's wall clock, an integer. */
  clock(): number
  /** Uniform in [0, 1). */
  random(): number
  /** Queues a message to a peer. */
  send(to: Address, message: Message): void
  /** Ms that a message to that peer and its answer take, smoothed; undefined while that is not known. */
  rtt(peer: Address): number | undefined
  /** Calls `act` once after that many periods. A host may bound how many wait: false where it drops it. */
  after(periods: number, act: () => void): boolean
  /** Stores a value; what it answers is why that failed. A host that keeps nothing answers nothing. */
  store(value: Value): string | undefined
  /** The node holds that value no more, as its time is over; nothing has taken its place. */
  forgot(value: Value): void
  readonly observer: Observer
}

export interface NodeSettings extends ValueLimits {
  /** The number this node starts with, for aggregation. */
  readonly number: number
}

/** What of a node one of its protocols changes as it runs. */
export interface HandlerMemory {
  /** As peers know the node. */
  address: Address
  /** Messages to itself that have not come yet. */
  delays: Delays | undefined
  /** What the protocol's `state()` made. */
  state: unknown
}

/** What of a node changes as it runs. A host of many nodes may keep it elsewhere than in an object each. */
export interface NodeMemory extends HandlerMemory {
  holdings: Holdings
  /** How many values it still spreads; counted where the strategy says which. */
  interested: number
  /** Periods that have passed since it took a value last, of those that it holds. */
  calm: number
}

/** That of a node that has not started. */
export function newMemory(address: Address): NodeMemory {
  return { address, delays: undefined, state: undefined, holdings: NOTHING, interested: 0, calm: 0 }
}

/** What a node tells of itself. `from` is null for a client. */
export interface Observer {
  received(from: Address | null, message: Message): void
  /** A newer value was taken. */
  updated(from: Address | null, value: Value, hops: number): void
  /** A value that is not newer, or a message that this node's strategy doesn't know. */
  ignored(from: Address | null, message: ValueMessage | OwnMessage): void
  /** A value was not taken, and why, in words. */
  refused(from: Address | null, value: Value, verdict: Refusal, why: string): void
  peerUp(peer: Address): void
  peerDown(peer: Address): void
  report(name: string, value: number): void
  /** What the strategy logs, for whoever looks; `logLine` makes a line of it. */
  logged(what: readonly unknown[]): void
  /** A handler of the strategy failed. */
  fault(fault: StrategyError): void
}
