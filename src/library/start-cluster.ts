/** `startCluster()`: many nodes on real sockets, in the process of a script, and scenarios on them. */
import { z } from 'zod'
import { Cluster } from '../cluster/cluster.ts'
import { LocalCluster } from '../cluster/local-cluster.ts'
import { type Outcome, ScenarioRunner, usualLimit } from '../cluster/run-scenario.ts'
import type { ClusterNode } from '../cluster/running-cluster.ts'
import { DEFAULT_LIMITS } from '../daemon/limits.ts'
import { jsonLog } from '../daemon/log/json-log.ts'
import { LOG_LEVELS, type LogLevel } from '../daemon/log-level.ts'
import { DEFAULTS } from '../daemon/settings.ts'
import { settingSchemas } from '../experiment/settings.ts'
import { only } from '../gossip/population.ts'
import { loadScenario } from '../loader/scenario.ts'
import type { GossipEvent } from '../measure/event.ts'
import { graphOf } from '../network/topology/build.ts'
import { durationSchema } from '../parse/duration.ts'
import { whole } from '../parse/schemas.ts'
import { type NodesText, nodesSchema, numbersOf } from '../scenario/nodes.ts'
import { act } from '../scenario/perform-step.ts'
import {
  parseAction,
  parseScenario,
  type Scenario,
  type ScenarioAction,
  type ScenarioStep,
} from '../scenario/scenario.ts'
import { callback, parse, settings } from './arguments.ts'
import { membershipFor, membershipSettings } from './membership-argument.ts'
import { protocolOf, type WhichStrategy, whichStrategy } from './strategy-argument.ts'

/** Everything has a default. */
export interface ClusterOptions {
  /** 1 to 1000; 10 by default. */
  readonly nodes?: number
  /** Nodes that are not there at first: a scenario's `join` starts them. None by default. */
  readonly absent?: NodesText
  /** The first node's port on 127.0.0.1, the others follow; 0 (the default) lets the system choose each. */
  readonly basePort?: number
  /** `'push'` by default. */
  readonly strategy?: WhichStrategy
  /** The strategy's options by name. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Who says who a node's peers are, as for `startNode()`. */
  readonly membership?: string
  readonly setMembership?: Readonly<Record<string, unknown>>
  /** Between two periods: ms or a duration such as `'2s'`, at least 1 ms; 10,000 by default. */
  readonly period?: number | string
  /** Whom a node may pick, as for `simulate()`, but not `'real'`, which it is anyway; everyone by default. */
  readonly topology?: string
  /** Of each node's links, as for `simulate()`; real links of this machine by default. */
  readonly bandwidth?: string
  /** Where nodes are, as for `simulate()`. */
  readonly regions?: string
  /** Until a node has handled a message, as for `simulate()`. */
  readonly processing?: number | string
  /** Hears every event of all nodes from their start on. `measure()` reads them. */
  readonly onEvent?: (event: GossipEvent) => void
  /** What is logged, as JSON lines on stdout; `'silent'` by default. */
  readonly log?: LogLevel
}

/** What came of a scenario: what `simulate()` tells of a run, and what only real nodes have. */
export type ClusterResult = Outcome

/** A cluster that runs; it keeps the process alive until it is stopped. */
export interface StartedCluster {
  /** By number. */
  readonly nodes: readonly ClusterNode[]
  /** Does every running node know every other; or are they one, where each knows only some by design? */
  isComplete(): Promise<boolean>
  /**
   * Does at once what a step of a scenario does: `{ do: 'kill', nodes: [3] }`.
   * @throws {Error} (rejects) one line: a wrong step, or one that can't be done as things are
   */
  do(action: ScenarioAction): Promise<void>
  /**
   * Waits until all nodes know each other, plays a scenario, and measures how its last value spread. One at a time.
   * @param scenario the name of one that ships, the path of a JSON file, or the steps
   * @param until how long the last value may take after the last step: ms or a duration; 6 periods, at least 10 s, by default
   * @throws {Error} (rejects) one line: no such scenario, a wrong step, or one that can't be done as things are
   */
  play(scenario: string | readonly ScenarioStep[], until?: number | string): Promise<ClusterResult>
  /** Ends all nodes in good order; a second time does nothing. */
  stop(): void
}

const schema = settings({
  nodes: whole(1, 1000).default(10),
  absent: nodesSchema.optional(),
  basePort: whole(0, 65535).default(0),
  strategy: whichStrategy.default({ name: 'push', weight: 1 }),
  options: z.record(z.string(), z.unknown()).default({}),
  ...membershipSettings,
  period: settingSchemas.period.default(DEFAULTS.period),
  topology: settingSchemas.topology.optional(),
  bandwidth: settingSchemas.bandwidth,
  regions: settingSchemas.regions,
  processing: settingSchemas.processing,
  onEvent: callback<(event: GossipEvent) => void>().optional(),
  log: z.enum(LOG_LEVELS).default('silent'),
})
const untilSchema = z.object({ until: z.union([z.number().min(0).max(2e9), durationSchema]).optional() })

/**
 * Starts nodes on 127.0.0.1 in this process, as `gossip cluster` does.
 *
 * ```js
 * const cluster = await startCluster({ nodes: 20, strategy: 'push-pull', period: '1s' })
 * const { residue, tLast } = await cluster.play('one-way-cut')
 * cluster.stop()
 * ```
 * @returns the running cluster, once all nodes listen
 * @throws {Error} (rejects) one line: an unknown or wrong setting, no such strategy, a port that is taken, or too few
 *   files that this process may open
 */
export async function startCluster(asked: ClusterOptions = {}): Promise<StartedCluster> {
  const given = parse('startCluster', schema, asked)
  const { nodes, basePort, period, topology, bandwidth, regions, processing, onEvent } = given
  if (basePort + nodes - 1 > 65535)
    throw new Error(`startCluster: no ports for ${nodes} nodes from ${basePort} on`)
  const absent = given.absent === undefined ? [] : numbersOf(given.absent, nodes)
  let runner = new ScenarioRunner(nodes)
  let isPlaying = false
  const started = await Cluster.start({
    population: only(await protocolOf(given.strategy, given.options)),
    membership: await membershipFor(given),
    ...{ nodes, bandwidth, regions, processing },
    absent: new Set(absent),
    graph: topology && graphOf(topology, nodes, Math.random),
    basePort,
    period,
    scanPort: basePort || 1,
    maxClockDrift: DEFAULTS.maxClockDrift,
    expiryPeriods: DEFAULTS.expiryPeriods,
    limits: DEFAULT_LIMITS,
    log: jsonLog(given.log),
    listener: (event) => {
      runner.see(event)
      onEvent?.(event)
    },
  })
  const cluster = new LocalCluster(started)
  const refuseStopped = (what: string): void => {
    if (hasEnded) throw new Error(`${what}: the cluster was stopped`)
  }
  let hasEnded = false
  return {
    nodes: cluster.nodes,
    isComplete: () => cluster.isComplete(),
    async do(action) {
      refuseStopped('do')
      act(cluster, parseAction(action, nodes))
      await cluster.settled()
    },
    async play(scenario, until) {
      refuseStopped('play')
      if (isPlaying) throw new Error('play: a scenario is played already')
      const limit = parse('play', untilSchema, { until }).until ?? usualLimit(period)
      const steps = stepsOf(scenario, nodes)
      isPlaying = true
      try {
        return await runner.play(cluster, steps, limit, () => {})
      } finally {
        isPlaying = false
        runner = new ScenarioRunner(nodes, runner.peers)
      }
    },
    stop() {
      if (hasEnded) return
      hasEnded = true
      cluster.stop()
    },
  }
}

/** @throws {Error} one line */
function stepsOf(scenario: string | readonly ScenarioStep[], nodes: number): Scenario {
  const about = { nodes, rounds: false }
  return typeof scenario === 'string' ? loadScenario(scenario, about) : parseScenario(scenario, about)
}
