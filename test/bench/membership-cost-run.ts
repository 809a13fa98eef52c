/** One sample, in a process of its own: prints it as JSON. */
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { membershipProtocol, protocol } from '../../src/gossip/protocol.ts'
import cyclon from '../../src/membership/cyclon.ts'
import heartbeat from '../../src/membership/heartbeat.ts'
import hyparview from '../../src/membership/hyparview.ts'
import swim from '../../src/membership/swim.ts'
import { World } from '../../src/simulation/world.ts'
import push from '../../src/strategy/push.ts'
import type { Sample } from './membership-cost.ts'

const MEMBERSHIPS: Record<string, unknown> = { heartbeat, cyclon, hyparview, swim }

const [name = '', count, periods] = process.argv.slice(2)
const nodes = Number(count)
const membership = MEMBERSHIPS[name]
const members = membership === undefined ? undefined : membershipProtocol(name, membership)
const heldBefore = held()
const before = process.cpuUsage()
const population = only(protocol('push', push))
const world = new World({ ...RUN_DEFAULTS, population, nodes, seed: 1, run: 0, members })
world.startAll()
world.propagate(0, 'value')
world.time.run(() => false, Number(periods) * RUN_DEFAULTS.period)
const { user, system } = process.cpuUsage(before)
const bytes = (held() - heldBefore) / nodes
let peers = 0
for (let i = 0; i < nodes; i++) peers += world.views.memberOf(i)?.size ?? 0
const us = (user + system) / world.time.events
const sample: Sample = { us, bytes, peers: peers / nodes }
console.log(JSON.stringify(sample))

/** Bytes that are still in use. */
function held(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
