/** A scenario on real nodes of this process: what the cluster says of it, and what its nodes told. */
import type { TestContext } from 'node:test'
import { Cluster } from '../../src/cluster/cluster.ts'
import { LocalCluster } from '../../src/cluster/local-cluster.ts'
import { type Outcome, ScenarioRunner } from '../../src/cluster/run-scenario.ts'
import { DEFAULTS } from '../../src/daemon/settings.ts'
import type { Population } from '../../src/gossip/population.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { absentAtFirst } from '../../src/scenario/perform-step.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { heartbeats, silent } from '../daemon/node.ts'

export interface Played {
  readonly cluster: Cluster
  readonly events: readonly GossipEvent[]
  readonly outcome: Outcome
}

/** @param until ms that the last value may take after the last step */
export async function played(
  t: TestContext,
  population: Population,
  scenario: Scenario,
  { nodes, period, until }: { readonly nodes: number; readonly period: number; readonly until: number },
): Promise<Played> {
  const runner = new ScenarioRunner(nodes)
  const events: GossipEvent[] = []
  const cluster = await Cluster.start({
    population,
    nodes,
    absent: absentAtFirst(scenario),
    membership: heartbeats(),
    basePort: 0,
    period,
    scanPort: 1,
    maxClockDrift: DEFAULTS.maxClockDrift,
    expiryPeriods: DEFAULTS.expiryPeriods,
    limits: DEFAULTS.limits,
    log: silent,
    listener: (event) => {
      events.push(event)
      runner.see(event)
    },
  })
  t.after(() => cluster.stop())
  const outcome = await runner.play(new LocalCluster(cluster), scenario, until, () => {})
  return { cluster, events: [...events], outcome }
}
