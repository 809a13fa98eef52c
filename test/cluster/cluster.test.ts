import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { ask } from '../daemon/client.ts'
import { until } from '../daemon/until.ts'
import { allHold, allKnowEachOther, SHORT, startCluster } from './many.ts'

test('ten nodes know each other, each at a port of its own', async (t) => {
  const cluster = await startCluster(t, 10)
  await allKnowEachOther(cluster)
  assert.equal(new Set(cluster.members.map((it) => it.port)).size, 10)
  for (const { address } of cluster.members) {
    const status = await ask(t, address, { type: 'status' })
    const known = status.peers.map((it: { address: string }) => it.address)
    assert.equal(known[0], address)
    assert.deepEqual(known.toSorted(), cluster.members.map((it) => it.address).toSorted())
  }
})

test('a value given to one reaches all, and each takes it once', async (t) => {
  const updated: string[] = []
  const cluster = await startCluster(t, 10, {
    listener({ event, node }) {
      if (event === 'updated') updated.push(node)
    },
  })
  await allKnowEachOther(cluster)
  const ack = await ask(t, cluster.members[9]!.address, { type: 'value', value: 'x', timestamp: 5 })
  assert.equal(ack.outcome, 'accepted')
  await allHold(cluster, 'x')
  assert.deepEqual(updated.toSorted(), cluster.members.map((it) => it.address).toSorted())
})

test('two values with one timestamp, given to two nodes at once, end as the greater everywhere', async (t) => {
  const cluster = await startCluster(t, 10)
  await allKnowEachOther(cluster)
  const [first, last] = [cluster.live[0]!, cluster.live[9]!]
  for (let timestamp = 1; timestamp <= 5; timestamp++) {
    assert.equal(first.propose('a', timestamp).outcome, 'accepted')
    assert.equal(last.propose('b', timestamp).outcome, 'accepted')
    await until('all hold b', () =>
      cluster.live.every((it) => it.status().value === 'b' && it.status().timestamp === timestamp),
    )
  }
})

test('of many values given to many nodes the newest is held by all in the end', async (t) => {
  const cluster = await startCluster(t, 10)
  await allKnowEachOther(cluster)
  for (let i = 0; i < 100; i++) cluster.live[i % 10]?.propose(`value ${i}`, (i * 37) % 100)
  const newest = Array.from({ length: 100 }, (_, i) => i).find((i) => (i * 37) % 100 === 99)
  await allHold(cluster, `value ${newest}`)
})

test('a killed node is lost to the others; revived, it is found and gets the value anew', async (t) => {
  const events: GossipEvent[] = []
  const cluster = await startCluster(t, 5, { listener: (event) => events.push(event), expiryPeriods: SHORT })
  await allKnowEachOther(cluster)
  cluster.live[0]?.propose('x', 5)
  await allHold(cluster, 'x')

  const victim = cluster.members[2]!
  cluster.kill(victim)
  assert.equal(cluster.live.length, 4)
  await until('nobody knows it', () => cluster.live.every((it) => !it.knows(victim.address)), 60_000)
  assert.ok(events.some((it) => it.event === 'peer-down' && it.peer === victim.address))
  await assert.rejects(ask(t, victim.address, { type: 'status' }))

  await cluster.start(victim)
  await allKnowEachOther(cluster)
  await allHold(cluster, 'x')
  assert.equal(cluster.live.length, 5)
})

test('every node but one may die, and the last still answers', async (t) => {
  const cluster = await startCluster(t, 4, { expiryPeriods: SHORT })
  await allKnowEachOther(cluster)
  for (const member of cluster.members.slice(1)) cluster.kill(member)
  const { address } = cluster.members[0]!
  assert.equal((await ask(t, address, { type: 'value', value: 'x', timestamp: 5 })).outcome, 'accepted')
  await until('it knows it is alone', () => cluster.live[0]?.status().peers.length === 1, 60_000)
})

test('a paused node takes nothing; resumed, it catches up', async (t) => {
  const cluster = await startCluster(t, 5, { expiryPeriods: SHORT })
  await allKnowEachOther(cluster)
  const paused = cluster.members[1]!.daemon!
  paused.pause()
  assert.equal(cluster.live.length, 4)
  cluster.live[0]?.propose('x', 5)
  await allHold(cluster, 'x')
  await until('the others gave it up', () => cluster.live.every((it) => !it.knows(paused.address)), 60_000)
  assert.equal(paused.status().value, null)

  paused.resume()
  assert.equal(cluster.live.length, 5)
  await allKnowEachOther(cluster)
  await allHold(cluster, 'x')
})

test('a stopped cluster answers no more', async (t) => {
  const cluster = await startCluster(t, 3)
  const addresses = cluster.members.map((it) => it.address)
  cluster.stop()
  for (const address of addresses) await assert.rejects(ask(t, address, { type: 'status' }))
})
