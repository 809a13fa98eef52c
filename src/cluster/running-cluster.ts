/**
 * A cluster of real nodes on this machine, whether they share a process or have one each. Scenarios, keys, the page and
 * the library do to it what they do by a scenario's steps (`src/scenario/perform-step.ts`), and in no other way.
 */
import type { Status } from '../daemon/wire.ts'
import type { Value } from '../gossip/value.ts'
import type { LinkFigures } from '../measure/figures.ts'
import type { NodeState, ScenarioTarget } from '../scenario/target.ts'

/** One of its nodes; its place stays, whatever becomes of it. */
export interface ClusterNode {
  readonly number: number
  /** "host:port"; empty until it has a port. */
  readonly address: string
  readonly state: NodeState
  /** @throws {Error} one line, if it does not run or does not answer */
  status(): Promise<Status>
}

/** How a node is at a moment. */
export interface NodeNow {
  readonly number: number
  readonly address: string
  readonly state: NodeState
  /** What it holds, or held when it was killed, as far as that is known, of a key of a value that was handed in. */
  heldOf(key: string): Value | undefined
}

export interface RunningCluster extends ScenarioTarget {
  readonly nodes: readonly ClusterNode[]
  /** The value handed in last, by a step; and the last of each key. */
  readonly value: Value | undefined
  readonly handed: ReadonlyMap<string, Value>
  /** What goes over the nodes' links, where those have a rate. */
  readonly links?: { begin(): void; readonly figures: LinkFigures } | undefined
  /** Until what the steps so far asked for has happened. @throws {Error} one line, if something could not */
  settled(): Promise<void>
  /** Until all values of the loads so far were handed in. @throws {Error} one line, if one was not accepted */
  loaded(): Promise<void>
  /** All nodes at one moment; of nodes that share a process before anything else happens. */
  look(): Promise<readonly NodeNow[]>
  /** Does each node know only some of the others, by its membership's design? */
  readonly isPartial: boolean
  /** Does every running node know every other; or are they one, where each knows only some by design? */
  isComplete(): Promise<boolean>
  /** Which number has the node of that address? */
  numberOf(address: string): number | undefined
  /** Ends all nodes in good order. */
  stop(): void
  /** Until those that were stopped have ended, or a bound is over. */
  ended(): Promise<void>
}
