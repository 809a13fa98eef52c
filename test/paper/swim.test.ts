/** Das, Gupta, Motivala 2002, "SWIM". */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import swim from '../../src/membership/swim.ts'
import { nameOf } from '../../src/simulation/naming.ts'
import { OnMembership, PERIOD, SILENT } from './on-membership.ts'
import { mean, standardError } from './runs.ts'

/** Periods from a ping until it is clear that nobody brings an answer. */
const VERDICT = 0.95

interface Drop {
  readonly at: number
  readonly by: string
  readonly peer: string
}

function clusterOf(nodes: number, seed: number, options: object, loss = 0) {
  const drops: Drop[] = []
  const trace = ({ event, at, node: by, peer }: GossipEvent): void => {
    if (event === 'peer-down') drops.push({ at, by, peer: peer! })
  }
  const cluster = new OnMembership(swim, SILENT, { nodes, seed, loss, trace }, options)
  return { cluster, drops }
}

for (const { nodes, deaths, seeds } of [
  { nodes: 16, deaths: 3, seeds: 20 },
  { nodes: 64, deaths: 10, seeds: 4 },
  { nodes: 256, deaths: 25, seeds: 1 },
])
  test(`Das 2002, section 3.1: of ${nodes} nodes the first pings a dead one in the e/(e-1)th period on average`, (t) => {
    const periods: number[] = []
    for (let seed = 1; seed <= seeds; seed++) {
      const { cluster, drops } = clusterOf(nodes, seed, { suspicion: 0 })
      const { world } = cluster
      cluster.pass(6)
      drops.length = 0
      const died = new Map<number, number>()
      // Not the first, which discovery told all of, so that all pinged them early.
      for (let i = nodes - deaths; i < nodes; i++) {
        // One after the other: a ping to another dead one is none to this.
        cluster.pass(4 + cluster.random())
        died.set(i, world.time.now)
        world.kill(i)
      }
      cluster.pass(12)
      for (const [node, at] of died) {
        const first = drops.find(({ peer }) => peer === nameOf(node))
        assert.ok(first !== undefined, `nobody dropped ${node}`)
        periods.push(Math.max(1, Math.ceil((first.at - at) / PERIOD - VERDICT)))
      }
      const lost = drops.filter(({ peer }) => ![...died.keys()].some((it) => nameOf(it) === peer))
      assert.deepEqual(lost, [], 'a live node was dropped')
    }
    const expected = 1 / (1 - Math.exp(-1))
    const tolerance = 3 * standardError(periods)
    const ours = mean(periods)
    t.diagnostic(
      `${ours.toFixed(2)} in the mean of ${periods.length}, ${expected.toFixed(2)} +- ${tolerance.toFixed(2)}`,
    )
    assert.ok(Math.abs(ours - expected) <= tolerance, `${ours}`)
  })

test('Das 2002, section 4.3: when a node dies then all have dropped it a bounded time later', () => {
  const { cluster, drops } = clusterOf(32, 1, {})
  cluster.pass(6)
  cluster.world.kill(5)
  drops.length = 0
  // A round through all, the suspicion of 3 log10 33 periods, and some to spread it.
  cluster.pass(32 + 5 + 8)
  assert.deepEqual(new Set(drops.map(({ peer }) => peer)), new Set([nameOf(5)]))
  assert.equal(new Set(drops.map(({ by }) => by)).size, 31)
})

test('Das 2002, section 4.2: without loss nobody is dropped; with loss suspicion keeps those that direct failures would not', (t) => {
  const dropsOf = (options: object, loss: number): number => {
    const { cluster, drops } = clusterOf(32, 1, options, loss)
    cluster.pass(6)
    drops.length = 0
    cluster.pass(60)
    return drops.length
  }
  assert.equal(dropsOf({}, 0), 0)
  const [without, suspected] = [dropsOf({ suspicion: 0 }, 0.2), dropsOf({}, 0.2)]
  t.diagnostic(`of 32 nodes in 60 periods with 20% lost: ${without} without suspicion, ${suspected} with it`)
  assert.ok(without > 0)
  assert.ok(suspected < 0.1 * without)
})
