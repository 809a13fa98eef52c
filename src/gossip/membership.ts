/**
 * What a membership protocol is here: one file in `src/membership/` whose default export is `membership({...})`.
 *
 * It says who the peers of a node are: whom a strategy may pick. It is told of contacts, periods, its own messages and
 * whom its node could not reach, and answers by `add`, `drop` and `send`. As a strategy, it has no I/O, no clock and no
 * dice of its own, so the same file runs in the daemon and in the simulator. What strangers can do to any of them is
 * bounded outside of it: how many peers there are, and which addresses a node may speak to.
 */
import type { Address, Given, Messages, None, Parsed, ProtocolNode, Shape, StateIn } from './strategy.ts'

export { type Address, address, z } from './strategy.ts'
export { least } from './view/least.ts'
export { Recent } from './view/recent.ts'

/** The node that a handler acts on: everything a membership may know and do. */
export interface MembershipNode<O extends Shape = Shape, S = unknown, M extends Messages = Messages>
  extends ProtocolNode<O, S, M> {
  /**
   * From now on strategies may pick that node, and hear `onPeerUp`.
   * @returns is it a peer now? Not the node itself, nor one whose address the host does not allow, nor where there is no
   * room for one more
   */
  add(peer: Address): boolean
  /** Strategies may pick that one no more, and hear `onPeerDown`; nothing, if it is no peer. */
  drop(peer: Address): void
  /**
   * That peer is passed over for a while, longer each time, and strategies hear `onPeerDown`; when it is reached again they
   * hear `onPeerUp`. Nothing, if it is no peer.
   */
  suspend(peer: Address): void
  /**
   * Asks whether a node is there, with what rides on a message: where it is it answers with what rides on its own, and
   * `onContact` and `onRide` are told. How often those are asked that were never met is bounded by the host.
   */
  greet(peer: Address): void
  /** Periods, fractions too, since some moment before it started; it only goes on. */
  readonly now: number
  /** Ms since 1970 by this node's own clock, which may be wrong, and be set. */
  readonly clock: number
  /** Ms of a period. */
  readonly period: number
  /** Up to `k` different ones of these, uniformly at random. */
  sample<T>(from: Iterable<T>, k: number): T[]
}

/** A membership protocol: what it is, and one handler for each thing that can happen to a node. All optional. */
export interface Membership<
  O extends Shape = Shape,
  S = unknown,
  M extends Messages = Messages,
  R extends Shape = Shape,
> {
  /** One sentence: what it does. */
  readonly summary: string
  /** Paper and section that it comes from. */
  readonly source?: string
  /** Schemas of its options, each with a default and a description that tells effect, unit and trade-off. */
  readonly options?: O
  /** Schemas of its own messages, field by field. They are its own: a strategy may well use the same names. */
  readonly messages?: M
  /** Schemas of fields that ride on every message of the node, the strategy's too. */
  readonly rides?: R
  /** Does a node know only some of the others, by design, however few these are? */
  readonly partial?: true
  /** Are its peers links, which both ends know of? Strategies that keep links take these then: `node.links`. */
  readonly links?: true
  /** Makes the state of one node, once, when it starts. */
  readonly state?: (self: { readonly options: Parsed<O> }) => S

  /** That node was reached: discovery found it, this one greeted it or, having no peers, heard of it. Also again later. */
  onContact?(node: MembershipNode<O, S, M>, contact: Address): void
  /** A period has passed. */
  onPeriod?(node: MembershipNode<O, S, M>): void
  /** That one could not be reached, with a message of this membership or of the strategy. */
  onUnreachable?(node: MembershipNode<O, S, M>, peer: Address): void
  /** That one says that it goes away. */
  onGoodbye?(node: MembershipNode<O, S, M>, peer: Address): void
  /** One handler for each type in `messages`; `from` may be anybody, peer or not. */
  readonly onMessage?: {
    [T in keyof M]: (node: MembershipNode<O, S, M>, from: Address, fields: Parsed<M[T]>) => void
  }

  /** A message is about to leave: what rides on it? It can't send. The very object that it answered last is not read again. */
  ride?(node: MembershipNode<O, S, M>): Given<R> | undefined
  /** This rode on a message of that node; told before the message is. */
  onRide?(node: MembershipNode<O, S, M>, from: Address, fields: Parsed<R>): void

  /** Nodes that are no peers, but that it knows of: the node's status names them, too. */
  others?(node: MembershipNode<O, S, M>): Iterable<Address>
  /** What it knows of that peer, or of the node itself, for whoever asks for the node's status. */
  about?(node: MembershipNode<O, S, M>, peer: Address): Readonly<Record<string, unknown>>
}

/** What of a membership its handlers' node depends on. */
interface NodeParts {
  readonly options?: Shape
  readonly messages?: Messages
  readonly state?: (...self: never[]) => unknown
}

/** The node, as a helper function takes it: `MembershipNodeOf<{ options: typeof options; state: typeof state }>`. */
export type MembershipNodeOf<P extends NodeParts = None> = MembershipNode<
  P extends { options: infer O extends Shape } ? O : None,
  StateIn<P>,
  P extends { messages: infer M extends Messages } ? M : None
>

/** Declares a membership; the types of options, state and messages are inferred and checked in every handler. */
export function membership<
  const O extends Shape = None,
  S = undefined,
  const M extends Messages = None,
  const R extends Shape = None,
>(definition: Membership<O, S, M, R>): Membership<O, S, M, R> {
  return Object.freeze(definition)
}
