/** A cluster for a test: on loopback, ports chosen by the system, with a short period. */
import type { TestContext } from 'node:test'
import { Cluster } from '../../src/daemon/cluster.ts'
import { DEFAULTS } from '../../src/daemon/settings.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { pushTo, silent } from './node.ts'
import { until } from './until.ts'

/** Periods in which nobody is given up, however busy the machine. */
const LONG = 1000
/** For what is about giving up: 300 ms. */
export const SHORT = 6

export async function startCluster(
  t: TestContext,
  nodes: number,
  { listener = (_event: GossipEvent): void => {}, expiryPeriods = LONG } = {},
): Promise<Cluster> {
  const cluster = await Cluster.start({
    protocol: pushTo(3),
    nodes,
    basePort: 0,
    period: 50,
    scanPort: 1,
    maxClockDrift: DEFAULTS.maxClockDrift,
    expiryPeriods,
    limits: DEFAULTS.limits,
    log: silent,
    listener,
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
