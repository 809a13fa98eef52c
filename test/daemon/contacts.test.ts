import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, Client } from './client.ts'
import { FakePeer, introduce } from './fake-peer.ts'
import { startNode } from './node.ts'
import { until } from './until.ts'

test('hi is answered with welcome: who answers, and its peers, its own row first', async (t) => {
  const { address } = await startNode(t)
  const welcome = await introduce(t, address, (await FakePeer.start(t)).address)
  assert.deepEqual(Object.keys(welcome).sort(), ['from', 'peers', 'type'])
  assert.equal(welcome.type, 'welcome')
  assert.equal(welcome.from, address)
  assert.equal(welcome.peers[0].address, address)
  assert.ok(Number.isInteger(welcome.peers[0].heartbeat) && welcome.peers[0].heartbeat <= Date.now())
})

test('who said hi is known from then on, and so are the peers that it named', async (t) => {
  const { address } = await startNode(t)
  const [one, two] = [await FakePeer.start(t), await FakePeer.start(t)]
  await ask(t, address, {
    type: 'hi',
    from: one.address,
    peers: [
      { address: one.address, heartbeat: 7 },
      { address: two.address, heartbeat: 8 },
    ],
  })
  const known = async () => (await ask(t, address, { type: 'status' })).peers.slice(1)
  const rows = await until('both are known', async () => {
    const peers = await known()
    return peers.length === 2 && peers
  })
  assert.deepEqual(
    new Set(rows.map((it: { address: string }) => it.address)),
    new Set([one.address, two.address]),
  )
})

test('a message names no more peers than its bound', async (t) => {
  const { address } = await startNode(t, { limits: { rowsPerMessage: 3 } })
  const peers = await Promise.all(Array.from({ length: 6 }, () => FakePeer.start(t)))
  for (const peer of peers) await introduce(t, address, peer.address)
  const welcome = await introduce(t, address, peers[0]!.address)
  assert.equal(welcome.peers.length, 3)
  assert.equal(welcome.peers[0].address, address)
})

test('a value from a peer is taken without an answer, and that peer is known', async (t) => {
  const { address } = await startNode(t)
  const peer = await FakePeer.start(t)
  const client = await Client.open(t, address)
  client.say({ type: 'value', value: 'x', timestamp: 5, from: peer.address, peers: [], hops: 3 })
  const first = await client.ask({ type: 'status' })
  assert.equal(first.type, 'status')
  assert.deepEqual([first.value, first.timestamp, first.updates], ['x', 5, 1])
  await until('it is known', async () =>
    (await client.ask({ type: 'status' })).peers.some(
      (it: { address: string }) => it.address === peer.address,
    ),
  )
})

test('a message of another strategy is counted, ignored and not answered', async (t) => {
  const { address } = await startNode(t)
  const peer = await FakePeer.start(t)
  const client = await Client.open(t, address)
  client.say({ type: 'graft', from: peer.address, peers: [], round: 1 })
  const first = await client.ask({ type: 'status' })
  assert.equal(first.type, 'status')
  assert.deepEqual([first.received, first.ignored, first.updates], [1, 1, 0])
})

test('what a node sends to a peer has the fields of the wire', async (t) => {
  const { address } = await startNode(t)
  const peer = await FakePeer.start(t)
  await introduce(t, address, peer.address)
  await ask(t, address, { type: 'value', value: 'x', timestamp: 5 })
  const sent = await until('the value has come', () => peer.messages.find((it) => it.type === 'value'))
  assert.deepEqual(Object.keys(sent).sort(), ['from', 'hops', 'peers', 'timestamp', 'type', 'value'])
  const { peers, ...rest } = sent
  assert.deepEqual(rest, { type: 'value', value: 'x', timestamp: 5, from: address, hops: 1 })
  assert.equal(peers[0].address, address)
})

test('when a peer tells of a node that is not there then status names it as not met, and it is no peer', async (t) => {
  const node = await startNode(t)
  const peer = await FakePeer.start(t, { welcomes: true })
  await introduce(t, node.address, peer.address)
  await until('the peer is one', () => node.knows(peer.address))
  const there = '127.0.0.1:9'
  const peers = [
    { address: peer.address, heartbeat: Date.now() },
    { address: there, heartbeat: Date.now() },
  ]
  await ask(t, node.address, { type: 'hi', from: peer.address, peers })
  const named = node.status().peers.find((it) => it.address === there)
  assert.equal(named?.met, false)
  assert.ok(!node.knows(there))
  assert.equal(node.summary().peers, 1)
})
