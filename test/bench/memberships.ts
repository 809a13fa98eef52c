/** npm run bench -- memberships [nodes]: HyParView and Cyclon at the papers' size, and what becomes of them when 80% die. */
import cyclon from '../../src/membership/cyclon.ts'
import hyparview from '../../src/membership/hyparview.ts'
import push from '../../src/strategy/push.ts'
import { OnMembership } from '../paper/on-membership.ts'

const PERIODS = 50
const SHARE = 0.8

export function benchMemberships(): void {
  const nodes = Number(process.argv[3] ?? 10_000)
  console.log(`${nodes} nodes, ${PERIODS} periods; then ${100 * SHARE}% die at once`)
  for (const [name, membership] of Object.entries({ hyparview, cyclon })) {
    const beganAt = Date.now()
    const cluster = new OnMembership(membership, push, { nodes })
    cluster.pass(PERIODS)
    const seconds = (Date.now() - beganAt) / 1000
    const { degree, inDegree, clustering, pathLength, components, symmetric } = cluster.overlay()
    console.log(`${name}: ${seconds.toFixed(0)} s, ${process.memoryUsage().rss >> 20} MiB`)
    console.log({ degree, inDegree, clustering, pathLength, components, symmetric })
    cluster.kill(SHARE)
    let periods = 0
    for (; cluster.overlay().components > 1 && periods < PERIODS; periods++) cluster.pass(1)
    cluster.broadcast(5)
    const { infected, live } = cluster.world
    console.log(`one again after ${periods} periods; then a value is with ${infected} of ${live} in 5 more`)
  }
}
