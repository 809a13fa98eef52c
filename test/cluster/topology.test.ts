import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { graphOf } from '../../src/network/topology/build.ts'
import { allHold, allKnowEachOther, startCluster } from './many.ts'

test('when ten real nodes form a ring then all know each other, but a value goes from neighbour to neighbour', async (t) => {
  const events: GossipEvent[] = []
  const graph = graphOf({ kind: 'ring' }, 10, () => 0)!
  const cluster = await startCluster(t, 10, { graph, listener: (event) => events.push(event) })
  await allKnowEachOther(cluster)
  const numberOf = new Map(cluster.members.map((it) => [it.address, it.number]))
  cluster.live[3]!.propose('x', 5)
  await allHold(cluster, 'x')
  const sent = events.filter((it) => it.event === 'sent')
  for (const { node, peer } of sent)
    assert.ok(graph.neighbours(numberOf.get(node)!).includes(numberOf.get(peer!)!), `${node} sent to ${peer}`)
  const hops = events.filter((it) => it.event === 'updated').map((it) => it.hops)
  // Half way round, or further where one way was slower than the other.
  assert.ok(Math.max(...hops.map(Number)) >= 5)
})
