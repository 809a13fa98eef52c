import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { allKnowEachOther, startCluster } from '../cluster/many.ts'
import { ask, Client } from './client.ts'
import { FakePeer, introduce, introduceLost } from './fake-peer.ts'
import { startNode } from './node.ts'
import { until } from './until.ts'

const AWAY = '127.0.0.1:1'

/** Ms that no clock of this machine has said yet, and that is believed. */
const SOON = Date.now() + 60_000

const row = (address: string, heartbeat: number) => ({ address, heartbeat })

test('when a node leaves then its peers drop it at once, not after the expiry', async (t) => {
  const events: GossipEvent[] = []
  const cluster = await startCluster(t, 4, { listener: (event) => events.push(event) })
  await allKnowEachOther(cluster)
  const [leaving, ...others] = cluster.live
  await leaving!.leave()
  await until('nobody knows it', () => others.every((it) => !it.knows(leaving!.address)))
  const down = events.filter((it) => it.event === 'peer-down' && it.peer === leaving!.address)
  assert.deepEqual(down.map((it) => it.node).sort(), others.map((it) => it.address).sort())
})

test('when a node leaves then what it said before is written first, the goodbye last', async (t) => {
  const peer = await FakePeer.start(t)
  const node = await startNode(t)
  await introduce(t, node.address, peer.address)
  node.propose('last words', 5)
  await node.leave()
  await until('the goodbye has come', () => peer.messages.some((it) => it.type === 'bye'))
  assert.ok(peer.values.includes('last words'))
  const last = peer.messages.at(-1)
  assert.deepEqual([last.type, last.from, last.peers.length], ['bye', node.address, 1])
})

test('when a peer never reads then a node leaves all the same, within its bound', async (t) => {
  const peer = await FakePeer.start(t, { reads: false })
  const node = await startNode(t)
  await introduce(t, node.address, peer.address)
  for (let i = 0; i < 20; i++) node.propose('x'.repeat(60_000), i)
  const began = performance.now()
  await node.leave()
  assert.ok(performance.now() - began < 15_000)
  await node.leave()
})

test('when a peer said goodbye then hearsay does not bring it back, and its own message does', async (t) => {
  const node = await startNode(t)
  const away = await introduceLost(t, node)
  const client = await Client.open(t, node.address)
  client.say({ type: 'bye', from: away, peers: [row(away, SOON)] })
  await until('it is gone', () => !node.knows(away))
  const { address: other } = await FakePeer.start(t)
  await client.ask({ type: 'hi', from: other, peers: [row(other, 1), row(away, SOON + 1)] })
  await until('the other one is known', () => node.knows(other))
  assert.ok(!node.knows(away))
  await FakePeer.start(t, { port: Number(away.split(':')[1]) })
  await client.ask({ type: 'hi', from: away, peers: [row(away, 9)] })
  await until('it is known again', () => node.knows(away))
})

test('when a bye names others, a stranger or the node itself then nobody but its sender is dropped', async (t) => {
  const node = await startNode(t)
  const { address: peer } = await FakePeer.start(t)
  await introduce(t, node.address, peer)
  const client = await Client.open(t, node.address)
  for (const from of ['127.0.0.1:3', node.address])
    client.say({ type: 'bye', from, peers: [row(from, 1), row(peer, SOON)] })
  await client.ask({ type: 'status' })
  assert.ok(node.knows(peer) && !node.knows('127.0.0.1:3'))
})

test('when a goodbye comes from another host than the peer then the peer stays if it answers, and goes if not', async (t) => {
  const node = await startNode(t)
  const peer = await FakePeer.start(t, { welcomes: true })
  const away = await introduceLost(t, node)
  await introduce(t, node.address, peer.address)
  const stranger = await Client.open(t, node.address, '127.0.0.9')
  stranger.say({ type: 'bye', from: peer.address, peers: [row(peer.address, SOON)] })
  await until('the peer is asked', () => peer.messages.filter((it) => it.type === 'hi').length > 0)
  stranger.say({ type: 'bye', from: away, peers: [row(away, SOON)] })
  await until('the one that is not there is gone', () => !node.knows(away))
  assert.ok(node.knows(peer.address))
})

test('when strangers say goodbye for a peer again and again then it is asked a bounded number of times', async (t) => {
  const node = await startNode(t)
  const peer = await FakePeer.start(t, { welcomes: true })
  await introduce(t, node.address, peer.address)
  const stranger = await Client.open(t, node.address, '127.0.0.9')
  const before = peer.messages.length
  stranger.say(...Array.from({ length: 200 }, () => ({ type: 'bye', from: peer.address, peers: [] })))
  await stranger.ask({ type: 'status' })
  await until('it was asked', () => peer.messages.length > before)
  assert.ok(node.knows(peer.address))
  assert.ok(peer.messages.length - before < 20, `${peer.messages.length - before} messages`)
})

test('when a bye has no sender then it is refused, and the node goes on', async (t) => {
  const node = await startNode(t)
  assert.match((await ask(t, node.address, { type: 'bye' })).error, /bad bye: from/)
  assert.equal((await ask(t, node.address, { type: 'status' })).type, 'status')
})

test('when a node that does not know a type hears it from a peer then it goes on: clusters may be mixed', async (t) => {
  const node = await startNode(t)
  const client = await Client.open(t, node.address)
  client.say({ type: 'byebye', from: AWAY, peers: [row(AWAY, 1)] })
  assert.equal((await client.ask({ type: 'status' })).ignored, 1)
})
