/** What strangers make up about peers, and about addresses where nobody is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allHold, allKnowEachOther, SHORT, startCluster } from '../cluster/many.ts'
import { Client } from './client.ts'
import { FakePeer } from './fake-peer.ts'
import { startNode } from './node.ts'
import { until } from './until.ts'

const LIES = 1000
const row = (address: string) => ({ address, heartbeat: Date.now() + 60_000 })
const lies = Array.from({ length: LIES }, (_, i) =>
  row(`127.${1 + Math.floor(i / 250)}.${1 + (i % 250)}.9:9`),
)
const hi = (from: string, peers: readonly object[] = []) => ({ type: 'hi', from, peers })

test('when a stranger names 1,000 addresses where nobody is then nobody knows any, and values spread as before', async (t) => {
  const cluster = await startCluster(t, 6)
  await allKnowEachOther(cluster)
  for (const { address } of cluster.live) {
    const client = await Client.open(t, address)
    for (let i = 0; i < LIES; i += 250) await client.ask(hi('127.0.0.1:9', lies.slice(i, i + 250)))
    for (const { address: from } of lies.slice(0, 250)) await client.ask(hi(from))
  }
  for (let i = 1; i <= 5; i++) {
    cluster.live[i]!.propose(`value ${i}`, i)
    await allHold(cluster, `value ${i}`)
  }
  assert.ok(cluster.live.every((it) => it.status().peers.length === 6))
})

test('when a node takes connections but answers by another name then it is no peer at the first', async (t) => {
  const [node, other] = [
    await startNode(t, { listen: { host: '0.0.0.0', port: 0 }, advertise: { host: '127.0.0.1', port: 0 } }),
    await startNode(t),
  ]
  const port = node.address.split(':')[1]
  const client = await Client.open(t, other.address)
  await client.ask(hi(`127.0.0.5:${port}`))
  await until('the node is known by its own name', () => other.knows(node.address))
  await until('and by that one alone', () => other.status().peers.length === 2)
})

test('when one is dead then forged words of it keep nobody from forgetting it', async (t) => {
  const cluster = await startCluster(t, 4, { expiryPeriods: SHORT })
  await allKnowEachOther(cluster)
  const dead = cluster.members[3]!
  const { address } = dead
  cluster.kill(dead)
  const clients = await Promise.all(cluster.live.map((it) => Client.open(t, it.address)))
  await until('all have forgotten it', async () => {
    for (const it of clients) await it.ask(hi(address, [row(address)]))
    return cluster.live.every((it) => !it.knows(address))
  })
})

test('when a stranger on the same machine says goodbye for all again and again then nobody is dropped', async (t) => {
  const cluster = await startCluster(t, 4)
  await allKnowEachOther(cluster)
  const addresses = cluster.live.map((it) => it.address)
  for (const to of addresses) {
    const client = await Client.open(t, to)
    for (let i = 0; i < 20; i++)
      client.say(...addresses.map((from) => ({ type: 'bye', from, peers: [row(from)] })))
    await client.ask({ type: 'status' })
  }
  cluster.live[0]!.propose('x', 5)
  await allHold(cluster, 'x')
  assert.ok(cluster.isComplete)
})

test('when a peer answers no hi for an expiry then it is passed over, whatever is said in its name', async (t) => {
  const node = await startNode(t, { period: 50, expiryPeriods: SHORT })
  const deaf = await FakePeer.start(t)
  const client = await Client.open(t, node.address)
  await client.ask(hi(deaf.address, [row(deaf.address)]))
  await until('it is known', () => node.knows(deaf.address))
  await until('it is gone', async () => {
    await client.ask(hi(deaf.address, [row(deaf.address)]))
    return !node.knows(deaf.address)
  })
})
