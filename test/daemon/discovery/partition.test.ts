import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { allHold, allKnowEachOther, SHORT, startCluster } from '../../cluster/many.ts'
import { until } from '../until.ts'

const FIRST = [0, 1, 2]
const HALF = FIRST.length

function sides(cluster: Cluster) {
  return [cluster.live.slice(0, HALF), cluster.live.slice(HALF)] as const
}

function forgotten(cluster: Cluster): Promise<boolean> {
  const [one, two] = sides(cluster)
  const strangers = () => one.every((a) => two.every((b) => !a.knows(b.address) && !b.knows(a.address)))
  return until('the sides forgot each other', strangers, 60_000)
}

test('a value stays on its side of a cut, and crosses when it is healed', async (t) => {
  const events: GossipEvent[] = []
  const cluster = await startCluster(t, 2 * HALF, {
    listener: (event) => events.push(event),
    expiryPeriods: SHORT,
  })
  await allKnowEachOther(cluster)
  cluster.network.partition([FIRST])
  assert.ok(cluster.network.isBroken)
  const [one, two] = sides(cluster)
  one[0]?.propose('x', 5)
  await until('one side holds it', () => one.every((it) => it.status().value === 'x'))
  await until('something was lost', () => events.some((it) => it.event === 'lost'))
  assert.ok(two.every((it) => it.status().value === null))

  cluster.network.heal()
  assert.ok(!cluster.network.isBroken)
  await allHold(cluster, 'x')
})

test('two sides that forgot each other become one, and the newer value wins', async (t) => {
  const cluster = await startCluster(t, 2 * HALF, { expiryPeriods: SHORT })
  await allKnowEachOther(cluster)
  cluster.network.partition([FIRST])
  await forgotten(cluster)
  const [one, two] = sides(cluster)
  one[0]?.propose('older', 5)
  two[0]?.propose('newer', 6)
  await until('each side holds its own', () => {
    const held = [...one, ...two].map((it) => it.status().value)
    return held.join() === 'older,older,older,newer,newer,newer'
  })

  cluster.network.heal()
  await allKnowEachOther(cluster)
  await allHold(cluster, 'newer')
})

test('a node cut off alone is found again', async (t) => {
  const cluster = await startCluster(t, 4, { expiryPeriods: SHORT })
  await allKnowEachOther(cluster)
  cluster.network.partition([[0]])
  const [alone, ...others] = cluster.live
  await until('nobody knows it', () => others.every((it) => !it.knows(alone!.address)), 60_000)
  await until('it knows nobody', () => others.every((it) => !alone?.knows(it.address)), 60_000)
  others[0]?.propose('x', 5)
  cluster.network.heal()
  await allKnowEachOther(cluster)
  await allHold(cluster, 'x')
})
