/** Real nodes on each membership that ships: they find each other, lose the dead, and heed no forged word from elsewhere. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadMembership, membershipNames } from '../../src/loader/load.ts'
import { allHold, startCluster } from '../cluster/many.ts'
import { Client } from './client.ts'
import { FakePeer } from './fake-peer.ts'
import { startNode } from './node.ts'
import { until } from './until.ts'

const NODES = 12
/** Ms: a busy machine must not make one look dead that is only late. */
const period = 200

for (const name of membershipNames()) {
  test(`when nodes are on ${name} then they are one cluster, a value comes to all, and status names it`, async (t) => {
    const cluster = await startCluster(t, NODES, { period, membership: await loadMembership(name) })
    await until('they are one', () => cluster.isComplete, 30_000)
    cluster.live[3]!.propose('hello', 1)
    await allHold(cluster, 'hello')
    const status = cluster.live[3]!.status()
    assert.equal(status.membership, name)
    assert.equal(status.peers[0]!.address, status.address)
    assert.ok(status.peers.length > 1)
  })

  test(`when some nodes on ${name} are killed and others join then nobody keeps the dead, and a value comes to all`, async (t) => {
    const membership = await loadMembership(name)
    const cluster = await startCluster(t, NODES, {
      period,
      membership,
      absent: new Set([10, 11]),
      expiryPeriods: 20,
    })
    await until('they are one', () => cluster.isComplete, 30_000)
    const dead = [0, 4, 7].map((it) => cluster.members[it]!)
    const gone = new Set(dead.map(({ address }) => address))
    for (const it of dead) cluster.kill(it)
    for (const it of [10, 11]) await cluster.start(cluster.members[it]!)
    const isForgotten = () => cluster.live.every((it) => it.peers.every((peer) => !gone.has(peer)))
    await until('the dead are forgotten', isForgotten, 60_000)
    await until('the others are one', () => cluster.isComplete, 60_000)
    cluster.live[1]!.propose('still here', 1)
    await allHold(cluster, 'still here')
  })
}

/** What each says of a peer, in its name or of it, that would have it dropped. */
const FORGED: Readonly<Record<string, (peer: string) => object>> = {
  hyparview: () => ({ name: 'disconnect', fields: {} }),
  swim: (peer) => ({
    name: 'join',
    rides: { updates: [{ peer, status: 'suspect', incarnation: 0 }] },
  }),
}

for (const [name, forged] of Object.entries(FORGED)) {
  test(`when somebody elsewhere speaks in the name of peers on ${name} then they stay`, async (t) => {
    const cluster = await startCluster(t, 5, { period, membership: await loadMembership(name) })
    await until('they are one', () => cluster.isComplete, 30_000)
    const before = cluster.live.map((it) => [...it.peers].sort())
    for (const [i, node] of cluster.live.entries()) {
      const client = await Client.open(t, node.address, '127.0.0.9')
      for (const from of before[i]!)
        client.say({ type: 'membership', from, peers: [], fields: {}, ...forged(from) })
      await client.ask({ type: 'status' })
    }
    // Of full knowledge all must still be there; partial views may have changed by themselves, but are as many.
    for (const [i, node] of cluster.live.entries()) {
      if (name === 'swim') assert.deepEqual([...node.peers].sort(), before[i])
      else assert.ok(node.peers.length >= before[i]!.length - 1, `${node.peers} of ${before[i]}`)
    }
    cluster.live[0]!.propose('x', 1)
    await allHold(cluster, 'x')
  })
}

test('when a message of a membership is wrong then that is one error line; of another membership it is passed over', async (t) => {
  const node = await startNode(t, { membership: await loadMembership('cyclon') })
  const from = '127.0.0.1:9'
  const client = await Client.open(t, node.address)
  client.say({ type: 'membership', from, name: 'join', fields: {}, rides: { updates: 5 } })
  client.say({ type: 'membership', from, name: 'constructor', fields: {} })
  assert.equal((await client.ask({ type: 'status' })).membership, 'cyclon')
  const bad = await client.ask({ type: 'membership', from, name: 'shuffle', fields: { entries: 'all' } })
  assert.match(bad.error, /^bad shuffle: entries: "all" must be a list/)
  assert.deepEqual(node.peers, [])
})

test('when messages name addresses that the node does not learn, or that are none, then it keeps and dials none', async (t) => {
  const node = await startNode(t, { membership: await loadMembership('cyclon') })
  const peer = await FakePeer.start(t)
  const client = await Client.open(t, node.address)
  const entries = ['10.0.0.5:1', '8.8.8.8:53', 'nonsense', '127.0.0.1:0', '127.1:1', node.address].map(
    (it) => ({
      peer: it,
      age: 0,
    }),
  )
  await client.ask({ type: 'hi', from: peer.address, peers: [] })
  await until('the peer is one', () => node.knows(peer.address))
  client.say({ type: 'membership', from: peer.address, name: 'shuffle', fields: { entries } })
  await client.ask({ type: 'status' })
  assert.deepEqual(node.peers, [peer.address])
})
