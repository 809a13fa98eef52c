/** What a scenario is played on: a simulated cluster, or a real one. */
import type { Links, NetworkChange } from '../network/network.ts'
import type { Load } from './load.ts'

/** `absent`: has not joined yet. */
export type NodeState = 'runs' | 'paused' | 'dead' | 'absent'

/** Nodes are numbered from 0 on. */
export interface ScenarioTarget {
  stateOf(node: number): NodeState
  /** What a file of edges calls that node, where there is one. */
  titleOf?(node: number): string
  /** Is any way between nodes cut? */
  readonly isBroken: boolean
  /** Is any of these ways cut, in either direction? */
  isBrokenBetween(links: Links): boolean
  /** A client hands that node a value that is newer than all before. @param value null: it deletes that key */
  propagate(node: number, value: string | null, key: string): void
  /**
   * From now on its values are handed in, each when it is due; a publisher that does not run is passed over. The figures are
   * about all that is handed in from the first load on.
   */
  load(load: Load): void
  partition(groups: readonly (readonly number[])[]): void
  cut(from: readonly number[], to: readonly number[]): void
  /** Opens all ways again, or those between some nodes. */
  heal(links?: Links): void
  kill(node: number): void
  /** Starts a node that is dead or absent. @param keeps does it still hold the value that it had? */
  start(node: number, keeps: boolean): void
  pause(node: number): void
  resume(node: number): void
  /** All that these nodes do from now on takes so many times as long as at first. */
  slow(nodes: readonly number[], factor: number): void
  /** What the network does from now on. */
  change(change: NetworkChange): void
}
