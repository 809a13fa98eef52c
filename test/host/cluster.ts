/** Ten or fifty real nodes on loopback that run any strategy, and what they tell. */
import type { TestContext } from 'node:test'
import { Cluster } from '../../src/cluster/cluster.ts'
import { DEFAULTS } from '../../src/daemon/settings.ts'
import type { Protocol } from '../../src/gossip/protocol.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { heartbeats, silent } from '../daemon/node.ts'
import { until } from '../daemon/until.ts'

export interface Running {
  readonly cluster: Cluster
  readonly events: GossipEvent[]
}

export async function startCluster(
  t: TestContext,
  protocol: Protocol,
  nodes: number,
  period: number,
  listener: (event: GossipEvent) => void = () => {},
): Promise<Running> {
  const events: GossipEvent[] = []
  const cluster = await Cluster.start({
    population: [{ protocol, weight: 1 }],
    nodes,
    membership: heartbeats(10_000),
    basePort: 0,
    period,
    scanPort: 1,
    maxClockDrift: DEFAULTS.maxClockDrift,
    // Nobody is given up, however busy the machine.
    expiryPeriods: 10_000,
    limits: DEFAULTS.limits,
    log: silent,
    listener: (event) => {
      events.push(event)
      listener(event)
    },
  })
  t.after(() => cluster.stop())
  await until('all know each other', () => cluster.isComplete, 60_000)
  return { cluster, events }
}

/** All that was sent has come, and nothing more was sent on that: what a value set off is over. */
export async function quiet(events: readonly GossipEvent[]): Promise<void> {
  let seen = 0
  let inFlight = 0
  await until('it is quiet', async () => {
    const before = seen
    for (; seen < events.length; seen++) {
      const { event, copies = 1, peer } = events[seen]!
      if (event === 'sent') inFlight += copies
      else if (event === 'lost' || (event === 'received' && peer !== undefined)) inFlight -= 1
    }
    await new Promise((resolve) => setTimeout(resolve, 15))
    return inFlight === 0 && before === events.length
  })
}
