/**
 * What a gossip protocol is here: one file in `src/strategy/` whose default export is `strategy({...})`.
 *
 * A strategy is told what happened (a period has passed, a newer value came, this peer sent that) and
 * answers by sending. It has no I/O, no clock and no dice of its own: all of that is in the `node` that each
 * handler is given, so the same file runs in the daemon and in the simulator.
 */
import { z } from 'zod'
import { type Digest, digestSchema, inMessages } from './values/digest.ts'
import type { Name } from './values/name.ts'
import { isAddress } from './view/is-address.ts'

export type { Digest, Name }
export { inMessages, z }

declare const brand: unique symbol

/**
 * A peer, as a strategy sees it: an opaque handle. Compare it with `===`, keep it in a Set or Map, send to
 * it, put it in a message (`address()` is its schema). The daemon uses "host:port", the simulator a number
 * from 1 on.
 */
export type Address = (string | number) & { readonly [brand]: 'Address' }

/** The schema of an address in a strategy's own message. */
export const address = () => z.custom<Address>(isAddress)

/** The schema of a digest in a strategy's own message: one name, several, or what stands for all that a node holds. */
export const digest = digestSchema

/** Named zod schemas: the options of a strategy, or the fields of one of its messages. */
export type Shape = Readonly<Record<string, z.ZodType>>
/** A strategy's own messages: the type's name, and the schemas of its fields, which check and don't transform. */
export type Messages = Readonly<Record<string, Shape>>
export type Parsed<S extends Shape> = { [K in keyof S]: z.output<S[K]> }
export type Given<S extends Shape> = z.input<z.ZodObject<S>>

/** The fields of a message; they may be left out where it has none. */
type FieldsOf<S extends Shape> = keyof S extends never ? [fields?: Record<never, never>] : [fields: Given<S>]

/** What a strategy may remember of a value is flat, as a node may hold thousands. */
type Flat<I> = [I] extends [Record<string, boolean | number | string | null> | undefined]
  ? unknown
  : { readonly item: 'boolean, number, string or null in each field' }

/**
 * A value that a node holds: good until the handler returns in which it was got. Afterwards its name still is.
 */
export interface Item<I = unknown> {
  readonly key: string
  /** Equal on two nodes only if they hold the same under that key. */
  readonly name: Name
  /** What the strategy remembers of it, as `item()` made it; gone when a newer value takes its place. */
  readonly state: I
}

/** The node that a handler acts on, of a strategy or of a membership: what both may know and do. */
export interface ProtocolNode<O extends Shape = Shape, S = unknown, M extends Messages = Messages> {
  /** Its protocol's options, parsed and with defaults. */
  readonly options: Parsed<O>
  /** This node's own state, as `state()` made it. */
  readonly state: S
  /** Its own address, as peers know it. */
  readonly self: Address
  /** The peers that can be picked now; never this node itself. */
  readonly peers: readonly Address[]

  /**
   * Up to `k` different peers, uniformly at random, none of `except`; fewer if fewer are known. A null in the list is
   * nobody: `pick(3, [from])` will do also where a client gave the value.
   */
  pick(k: number, except?: readonly (Address | null | undefined)[] | ReadonlySet<Address> | null): Address[]
  /** Sends one of its protocol's own messages to each of these. Throws if its schema refuses it. */
  send<T extends keyof M & string>(to: readonly Address[], type: T, ...fields: FieldsOf<M[T]>): void
  /** True with probability `p` (0 to 1). */
  chance(p: number): boolean
  /**
   * A message to itself, one of its own, after that many periods (fractions too), as if `from` had sent it; not if the
   * node stops before.
   * @returns false where it will not: of a daemon at most 10,000 wait (`--limit maxTimers`), and it drops what is more
   */
  after<T extends keyof M & string>(
    periods: number,
    type: T,
    from: Address,
    ...fields: FieldsOf<M[T]>
  ): boolean
  /** Those messages to itself will not come. @param from all of that type if left out */
  cancel<T extends keyof M & string>(type: T, from?: Address): void
  /**
   * A line for whoever looks inside: of `simulate --runs 1`, of a cluster, on the page; nothing is done with it where
   * nobody looks. At most 300 characters of it are shown, and 100 lines of a handler.
   */
  log(...what: unknown[]): void
}

/**
 * The node that a strategy's handler acts on: everything a strategy may know and do. It is that node until the handler
 * returns; in a simulation one object stands for all nodes in turn.
 */
export interface StrategyNode<
  O extends Shape = Shape,
  S = unknown,
  I = unknown,
  M extends Messages = Messages,
  C extends Shape = Shape,
> extends ProtocolNode<O, S, M> {
  /**
   * Ms that a message to that peer and its answer take: measured and smoothed on real nodes, what the network has in a
   * simulation; undefined while that is not known.
   */
  rtt(peer: Address): number | undefined
  /** What it holds: a value under each key, deleted ones too. */
  readonly items: readonly Item<I>[]
  /**
   * Of its peers those that it keeps links to, where a membership keeps links, which both ends know; null where none does:
   * a strategy that needs links makes its own then.
   */
  readonly links: readonly Address[] | null
  /** The number this node starts with, for aggregation protocols. */
  readonly number: number

  /** What this node took in the last periods, its own, the last first. @param periods 1: since the last one began */
  recent(periods: number): readonly Item<I>[]
  /** A digest of all that it holds. What it names of few values is exact; see `beyond`. */
  digest(): Digest
  /** Of what that digest names, what this node would take. */
  lacks(digest: Digest): readonly Name[]
  /** Of what that digest names, what this node holds in that version or a newer one. */
  named(digest: Digest): readonly Item<I>[]
  /**
   * What this node holds and the holder of that digest would take; also what only the values can tell. Of a digest of all
   * it counts what it does not name, too.
   */
  newerThan(digest: Digest): readonly Item<I>[]
  /**
   * A digest of all names no more than the newest of many values. This is what to send back to its holder where the two
   * differ in what it does not name: a digest that goes on from there; null where it told everything.
   * @param wants also where the digest names what this node lacks: what to send back asks for it
   */
  beyond(digest: Digest, wants?: boolean): Digest | null
  /**
   * Sends values to each of these peers, in one message, with the fields it `carries`; nothing where there are none.
   * @param items one or several; all that it holds if left out
   */
  sendValue(
    to: readonly Address[],
    ...what: keyof C extends never
      ? [items?: Item<I> | readonly Item<I>[]]
      : [items: Item<I> | readonly Item<I>[], carried: Given<C>]
  ): void
  /**
   * Tells the observers this node's present estimate of something. Of what is called `mean`, `sum`, `min`, `max` or
   * `count`, over the nodes' numbers, the truth is shown beside it: over all nodes that live at the end.
   */
  report(name: string, value: number): void
}

/**
 * A gossip protocol: what it is, and one handler for each thing that can happen to a node. All optional.
 *
 * The `from` of a handler is a peer that the node knows: of whatever a strategy remembers `onPeerDown` tells when it
 * is gone. A stranger for whom there is no room among the peers can still bring a newer value, and no more than that.
 */
export interface GossipStrategy<
  O extends Shape = Shape,
  S = unknown,
  I = unknown,
  M extends Messages = Messages,
  C extends Shape = Shape,
> {
  /** One sentence: what it does. */
  readonly summary: string
  /** Paper and section that it comes from. */
  readonly source?: string
  /** Schemas of its options, each with a default and a description that tells effect, unit and trade-off. */
  readonly options?: O
  /** Schemas of its own messages, field by field. */
  readonly messages?: M
  /** Schemas of fields that travel with every value, for instance the sender's counter. */
  readonly carries?: C
  /** Makes the state of one node, once, when it starts. */
  readonly state?: (self: { readonly options: Parsed<O>; readonly number: number }) => S
  /** Makes what is remembered of one value, when the node takes it. */
  readonly item?: (self: { readonly options: Parsed<O> }) => I

  /** A period has passed. */
  onPeriod?(node: StrategyNode<O, S, I, M, C>): void
  /** The node took a newer value, from that peer or (null) from a client or a stranger; `carried` as for `onKnown`. */
  onNewer?(
    node: StrategyNode<O, S, I, M, C>,
    item: Item<I>,
    from: Address | null,
    carried: Parsed<C> | null,
  ): void
  /**
   * The node has started with a value that it kept from before; told of each. Without this handler that is as news from a
   * client: `onNewer(node, item, null, null)`.
   */
  onRestored?(node: StrategyNode<O, S, I, M, C>, item: Item<I>): void
  /** That peer sent the very value this node holds; `carried` is null if it runs another strategy. */
  onKnown?(node: StrategyNode<O, S, I, M, C>, item: Item<I>, from: Address, carried: Parsed<C> | null): void
  /** That peer sent an older value than this node holds of that key: it is behind. */
  onOlder?(node: StrategyNode<O, S, I, M, C>, item: Item<I>, from: Address): void
  /** That peer can be picked from now on, which it could not be before; not told where everyone may pick anyone. */
  onPeerUp?(node: StrategyNode<O, S, I, M, C>, peer: Address): void
  /** That peer can't be reached, or has been silent for too long; told each time, also of one it was told of before. */
  onPeerDown?(node: StrategyNode<O, S, I, M, C>, peer: Address): void
  /** One handler for each type in `messages`. */
  readonly onMessage?: {
    [T in keyof M]: (node: StrategyNode<O, S, I, M, C>, from: Address, fields: Parsed<M[T]>) => void
  }

  /**
   * Does a node still spread that value (infective), or has it lost interest (removed)? Asked by runs, to know when they
   * end, and by the page: of what was just taken, and when what is remembered of it may have changed. Without it a node
   * that holds a value is infective for good. It has nothing but that value to answer by.
   */
  interested?(item: Item<I>, options: Parsed<O>): boolean
  /**
   * Has what this node computes come to rest? For strategies that report estimates: a run of theirs ends when all nodes
   * have. It has nothing but the node's state to answer by.
   */
  settled?(state: S, options: Parsed<O>): boolean
}

/** What of a strategy its handlers' node depends on. */
interface NodeParts {
  readonly options?: Shape
  readonly messages?: Messages
  readonly carries?: Shape
  readonly state?: (...self: never[]) => unknown
  readonly item?: (...self: never[]) => unknown
}
export type None = Record<never, never>
export type StateIn<P> = P extends { state: (...self: never[]) => infer S } ? S : unknown
type ItemStateIn<P> = P extends { item: (...self: never[]) => infer I } ? I : unknown

/**
 * The node, as a helper function takes it. `NodeOf` is any node; `NodeOf<{ options: typeof options }>`, and so on with
 * `messages`, `carries`, `state` and `item` (the functions), one that has these.
 */
export type NodeOf<P extends NodeParts = None> = StrategyNode<
  P extends { options: infer O extends Shape } ? O : None,
  StateIn<P>,
  ItemStateIn<P>,
  P extends { messages: infer M extends Messages } ? M : None,
  P extends { carries: infer C extends Shape } ? C : None
>

/** A value, as a helper function takes it: `ItemOf<{ item: typeof item }>`. */
export type ItemOf<P extends NodeParts = None> = Item<ItemStateIn<P>>

/** Declares a strategy; the types of options, state and messages are inferred and checked in every handler. */
export function strategy<
  const O extends Shape = Record<never, never>,
  S = undefined,
  I = undefined,
  const M extends Messages = Record<never, never>,
  const C extends Shape = Record<never, never>,
>(definition: GossipStrategy<O, S, I, M, C> & Flat<I>): GossipStrategy<O, S, I, M, C> {
  return Object.freeze(definition)
}
