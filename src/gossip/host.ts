/**
 * A node's only way to the world, and the ways to it. A host calls these doors of a node:
 *
 * - `start`, and `restore` with a value that was kept from before; `forget`: what it holds counts no more;
 * - `period`: one has passed;
 * - `receive`: a message came; `again`: one whose value could not be stored then; `meet`: a peer spoke of peers only, or is
 *   there, at its own address;
 * - `peerDown`: that peer can't be reached; `moved`: the node goes by another address now;
 * - `runaway`: it sends without end, as only a host that watches many nodes can see;
 * - `stop`.
 *
 * The duties of a host:
 *
 * 1. It calls a node's doors one at a time and never from within one: `send` and `after` only queue.
 * 2. It calls `start` first, at once `restore` if a value was kept, then `period` once a period at a phase of its own,
 *    and after `stop` no door.
 * 3. What it hands to `receive` and `again` has been parsed; `from` is the sender's own address.
 * 4. `send` may lose, delay, repeat or reorder a message, but never alters one. A message may be shared
 *    between receivers: nobody writes to it.
 * 5. `now` never goes back. `clock` may, and differs from node to node.
 * 6. `random` is a stream of this node's own, independent of the network's.
 * 7. If it learns that a peer can't be reached, it says so with `peerDown`.
 * 8. The observer is told at once, by direct calls; what it costs is the host's affair.
 * 9. `store` is asked before a newer value is taken. When it returns, the value survives whatever the host promises
 *    to survive; or else the host says why not, and the node does not take it.
 */

import type { Message } from './message.ts'
import type { Address } from './strategy.ts'
import type { StrategyError } from './strategy-error.ts'
import type { Value } from './value.ts'

export interface Host {
  /** Ms on a monotonic clock with any origin. */
  now(): number
  /** Ms since 1970 by this node's wall clock, an integer. */
  clock(): number
  /** Uniform in [0, 1). */
  random(): number
  /** Queues a message to a peer. */
  send(to: Address, message: Message): void
  /** Calls `act` once after that many periods; a host with a bound on how many may wait drops what is more. */
  after(periods: number, act: () => void): void
  /** Stores a value; what it answers is why that failed. A host that keeps nothing answers nothing. */
  store(value: Value): string | undefined
  readonly observer: Observer
}

export interface NodeSettings {
  /** Ms past the node's own clock beyond which a timestamp is refused: one bad clock must not win forever. */
  readonly maxClockDrift: number
  /** The number this node starts with, for aggregation. */
  readonly number: number
}

/** What a node tells of itself. `from` is null for a client. */
export interface Observer {
  received(from: Address | null, message: Message): void
  /** A newer value was taken. */
  updated(from: Address | null, value: Value, hops: number): void
  /** A value that is not newer, or a message that this node's strategy doesn't know. */
  ignored(from: Address | null, message: Message): void
  /** A value that could not be kept, for that reason; without one it is from too far in the future. */
  refused(from: Address | null, value: Value, notStored?: string): void
  peerUp(peer: Address): void
  peerDown(peer: Address): void
  report(name: string, value: number): void
  /** What the strategy logs, for whoever looks; `logLine` makes a line of it. */
  logged(what: readonly unknown[]): void
  /** A handler of the strategy failed. */
  fault(fault: StrategyError): void
}
