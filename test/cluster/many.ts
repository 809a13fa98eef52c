/** A cluster for a test: on loopback, ports chosen by the system, with a short period. */
import type { TestContext } from 'node:test'
import { Cluster, type ClusterSettings } from '../../src/cluster/cluster.ts'
import { DEFAULTS } from '../../src/daemon/settings.ts'
import type { Population } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import silentStrategy from '../../src/strategy/silent.ts'
import { heartbeats, pushTo, silent } from '../daemon/node.ts'
import { until } from '../daemon/until.ts'

/** Periods in which nobody is given up, however busy the machine. */
const LONG = 1000
/** For what is about giving up: 300 ms. */
export const SHORT = 6

export function pushAndSilent(push: number, silent: number): Population {
  return [
    { protocol: pushTo(3), weight: push },
    { protocol: protocol('silent', silentStrategy), weight: silent },
  ]
}

type Change = Partial<
  Pick<
    ClusterSettings,
    | 'listener'
    | 'period'
    | 'expiryPeriods'
    | 'membership'
    | 'absent'
    | 'population'
    | 'graph'
    | 'transport'
    | 'bandwidth'
    | 'regions'
    | 'processing'
  >
>

export async function startCluster(
  t: TestContext,
  nodes: number,
  {
    listener = () => {},
    period = 50,
    expiryPeriods = LONG,
    membership = heartbeats(expiryPeriods),
    absent,
    population,
    graph,
    transport,
    ...costs
  }: Change = {},
): Promise<Cluster> {
  const cluster = await Cluster.start({
    ...costs,
    population: population ?? [{ protocol: pushTo(3), weight: 1 }],
    membership,
    nodes,
    absent,
    graph,
    basePort: 0,
    period,
    scanPort: 1,
    maxClockDrift: DEFAULTS.maxClockDrift,
    expiryPeriods,
    limits: DEFAULTS.limits,
    log: silent,
    listener,
    transport,
  })
  t.after(() => cluster.stop())
  return cluster
}

export function allKnowEachOther(cluster: Cluster): Promise<boolean> {
  return until('all know each other', () => cluster.isComplete, 60_000)
}

export function allHold(cluster: Cluster, value: string): Promise<boolean> {
  return until(`all hold ${value}`, () => cluster.live.every((it) => it.status().value === value), 60_000)
}
