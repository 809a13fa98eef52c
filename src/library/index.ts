/**
 * Gossip as a library: what `import ... from 'gossip'` gives to a script, a notebook or another project's tests.
 * One file a function; the commands in `src/cli` stand beside it, on the same ground.
 */
export type { ClusterNode } from '../cluster/running-cluster.ts'
export type { TlsFiles } from '../daemon/transport/tls-files.ts'
export type { Ack, Status } from '../daemon/wire.ts'
export type { SweptValue } from '../experiment/plan.ts'
export type { Spread } from '../experiment/summary.ts'
export {
  type Address,
  address,
  type Digest,
  digest,
  type GossipStrategy,
  type Item,
  type ItemOf,
  type Messages,
  type Name,
  type NodeOf,
  type Shape,
  type StrategyNode,
  strategy,
  z,
} from '../gossip/strategy.ts'
export type { ClockOffsets } from '../measure/clock-offsets.ts'
export type { DetectionFigures } from '../measure/detection.ts'
export type { Estimated } from '../measure/estimates.ts'
export type { GossipEvent } from '../measure/event.ts'
export type { Figure, Figures, LoadFigures } from '../measure/figures.ts'
export type { Measured } from '../measure/from-events.ts'
export type { Degrees, OverlayFigures } from '../measure/overlay.ts'
export type { Estimates, RunResult } from '../measure/result.ts'
export type { NodesText } from '../scenario/nodes.ts'
export type { ScenarioAction, ScenarioStep } from '../scenario/scenario.ts'
export { type CheckOptions, type CheckResult, type ClaimResult, check } from './check.ts'
export { type ComparedRow, type CompareOptions, compare, type MixPart } from './compare.ts'
export { measure } from './measure.ts'
export type { RunOptions } from './run-options.ts'
export { type SimulateOptions, simulate } from './simulate.ts'
export {
  type ClusterOptions,
  type ClusterResult,
  type StartedCluster,
  startCluster,
} from './start-cluster.ts'
export { type NodeOptions, type PropagateOptions, type RunningNode, startNode } from './start-node.ts'
export type { StrategyObject, WhichStrategy } from './strategy-argument.ts'
