/**
 * What a gossip protocol is here: one file in `src/strategy/` whose default export is `strategy({...})`.
 *
 * A strategy is told what happened (a period has passed, a newer value came, this peer sent that) and
 * answers by sending. It has no I/O, no clock and no dice of its own: all of that is in the `node` that each
 * handler is given, so the same file runs in the daemon and in the simulator.
 */
import { z } from 'zod'

export { z }

declare const brand: unique symbol

/**
 * A peer, as a strategy sees it: an opaque handle. Compare it with `===`, keep it in a Set or Map, send to
 * it, put it in a message (`address()` is its schema). The daemon uses "host:port", the simulator a number
 * from 1 on.
 */
export type Address = (string | number) & { readonly [brand]: 'Address' }

/** The schema of an address in a strategy's own message. */
export const address = () =>
  z.custom<Address>((it) => (typeof it === 'string' && it.length <= 300) || Number.isSafeInteger(it))

/** Named zod schemas: the options of a strategy, or the fields of one of its messages. */
export type Shape = Readonly<Record<string, z.ZodType>>
/** A strategy's own messages: the type's name, and the schemas of its fields, which check and don't transform. */
export type Messages = Readonly<Record<string, Shape>>
type Parsed<S extends Shape> = { [K in keyof S]: z.output<S[K]> }
type Given<S extends Shape> = z.input<z.ZodObject<S>>

/** The node that a handler acts on: everything a strategy may know and do. */
export interface StrategyNode<
  O extends Shape = Shape,
  S = unknown,
  M extends Messages = Messages,
  C extends Shape = Shape,
> {
  /** The strategy's options, parsed and with defaults. */
  readonly options: Parsed<O>
  /** This node's own state, as `state()` made it. */
  readonly state: S
  /** Opaque name of the value held, equal on two nodes only if they hold the same; null before the first. */
  readonly version: string | null
  /** The peers that can be picked now; never this node itself. */
  readonly peers: readonly Address[]
  /** The number this node starts with, for aggregation protocols. */
  readonly number: number

  /**
   * Up to `k` different peers, uniformly at random, none of `except`; fewer if fewer are known. A null in the list is
   * nobody: `pick(3, [from])` will do also where a client gave the value.
   */
  pick(k: number, except?: readonly (Address | null | undefined)[] | ReadonlySet<Address> | null): Address[]
  /** Would this node take the value of that version? False for what it holds, older ones, and refused ones. */
  lacks(version: string): boolean
  /** Would a node that holds that version (null: nothing) take the value of this one? Also true where only the values can tell. */
  isNewerThan(version: string | null): boolean
  /** Sends the value held to each of these peers, with the fields it `carries`; nothing before the first value. */
  sendValue(to: readonly Address[], ...carried: keyof C extends never ? [] : [Given<C>]): void
  /** Sends one of the strategy's own messages to each of these peers. Throws if its schema refuses it. */
  send<T extends keyof M & string>(to: readonly Address[], type: T, fields: Given<M[T]>): void
  /** True with probability `p` (0 to 1). */
  chance(p: number): boolean
  /**
   * Calls `act` once after that many periods (fractions too), unless the node stops before; of a daemon at most 10,000
   * wait (`--limit maxTimers`), and it drops what is more.
   */
  after(periods: number, act: () => void): void
  /**
   * A line for whoever looks inside: of `simulate --runs 1`, of a cluster, on the page; nothing is done with it where
   * nobody looks. At most 300 characters of it are shown, and 100 lines of a handler.
   */
  log(...what: unknown[]): void
  /**
   * Tells the observers this node's present estimate of something. Of what is called `mean`, `sum`, `min`, `max` or
   * `count`, over the nodes' numbers, the truth is shown beside it: over all nodes that live at the end.
   */
  report(name: string, value: number): void
}

/** What of its node a question can see. */
export type Questioned<
  O extends Shape = Shape,
  S = unknown,
  M extends Messages = Messages,
  C extends Shape = Shape,
> = Pick<StrategyNode<O, S, M, C>, 'options' | 'state' | 'version' | 'number'>

/**
 * A gossip protocol: what it is, and one handler for each thing that can happen to a node. All optional.
 *
 * The `from` of a handler is a peer that the node knows: of whatever a strategy remembers `onPeerDown` tells when it
 * is gone. A stranger for whom there is no room among the peers can still bring a newer value, and no more than that.
 */
export interface GossipStrategy<
  O extends Shape = Shape,
  S = unknown,
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

  /** A period has passed. */
  onPeriod?(node: StrategyNode<O, S, M, C>): void
  /** The node took a newer value, from that peer or (null) from a client or a stranger; `carried` as for `onKnown`. */
  onNewer?(node: StrategyNode<O, S, M, C>, from: Address | null, carried: Parsed<C> | null): void
  /**
   * The node has started with a value that it kept from before. Without this handler that is as news from a client:
   * `onNewer(node, null, null)`.
   */
  onRestored?(node: StrategyNode<O, S, M, C>): void
  /** That peer sent the very version this node holds; `carried` is null if it runs another strategy. */
  onKnown?(node: StrategyNode<O, S, M, C>, from: Address, carried: Parsed<C> | null): void
  /** That peer sent an older value than this node holds: it is behind. */
  onOlder?(node: StrategyNode<O, S, M, C>, from: Address): void
  /** That peer can't be reached, or has been silent for too long; told each time, also of one it was told of before. */
  onPeerDown?(node: StrategyNode<O, S, M, C>, peer: Address): void
  /** One handler for each type in `messages`. */
  readonly onMessage?: {
    [T in keyof M]: (node: StrategyNode<O, S, M, C>, from: Address, fields: Parsed<M[T]>) => void
  }

  /**
   * Does this node still spread what it holds (infective), or has it lost interest (removed)? Asked by runs,
   * to know when they end, and by the page; also of a node without a value, for there is more to spread than values.
   * Without it a node that holds a value is infective for good. It only answers: it can't send.
   */
  interested?(node: Questioned<O, S, M, C>): boolean
}

/** What of a strategy its handlers' node depends on. */
interface NodeParts {
  readonly options?: Shape
  readonly messages?: Messages
  readonly carries?: Shape
  readonly state?: (...self: never[]) => unknown
}
type None = Record<never, never>

/**
 * The node, as a helper function takes it. `NodeOf` is any node; `NodeOf<{ options: typeof options }>`, and so on with
 * `messages`, `carries` and `state` (the function), one that has these.
 */
export type NodeOf<P extends NodeParts = None> = StrategyNode<
  P extends { options: infer O extends Shape } ? O : None,
  P extends { state: (...self: never[]) => infer S } ? S : unknown,
  P extends { messages: infer M extends Messages } ? M : None,
  P extends { carries: infer C extends Shape } ? C : None
>

/** Declares a strategy; the types of options, state and messages are inferred and checked in every handler. */
export function strategy<
  const O extends Shape = Record<never, never>,
  S = undefined,
  const M extends Messages = Record<never, never>,
  const C extends Shape = Record<never, never>,
>(definition: GossipStrategy<O, S, M, C>): GossipStrategy<O, S, M, C> {
  return Object.freeze(definition)
}
