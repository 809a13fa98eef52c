import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Daemon } from '../../../src/daemon/daemon.ts'
import { eventSchema } from '../../../src/measure/event.ts'
import { ask, Client, type Json } from '../client.ts'
import { FakePeer, introduce, introduceLost } from '../fake-peer.ts'
import { HOUR_MS, startNode, YEAR_MS } from '../node.ts'
import { until } from '../until.ts'

type Test = Parameters<typeof Client.open>[0]

/** From when it has been told what the node is. */
async function watch(t: Test, node: Daemon): Promise<Client> {
  const client = await Client.open(t, node.address)
  client.say({ type: 'watch' })
  assert.equal((await client.next()).event, 'started')
  return client
}

/** Checks and takes off what every event has. */
function body(event: Json, node: Daemon): Json {
  eventSchema.strict().parse(event)
  const { at, node: name, ...rest } = event
  assert.equal(name, node.address)
  assert.ok(Math.abs(at - Date.now()) < 3_600_000, 'at is in ms since 1970')
  return rest
}

test('a value from a client is received and updated, a repeat ignored, one from the future refused', async (t) => {
  const node = await startNode(t)
  const client = await watch(t, node)
  const value = { type: 'value', value: 'x', timestamp: 5 }
  const future = Date.now() + YEAR_MS
  for (const it of [value, value, { ...value, timestamp: future }]) await ask(t, node.address, it)
  const events = []
  for (let i = 0; i < 6; i++) events.push(body(await client.next(), node))
  assert.deepEqual(events, [
    { event: 'received', type: 'value', timestamp: 5, hops: 0 },
    { event: 'updated', type: 'value', timestamp: 5, hops: 0, value: 'x' },
    { event: 'received', type: 'value', timestamp: 5, hops: 0 },
    { event: 'ignored', type: 'value', timestamp: 5, hops: 0 },
    { event: 'received', type: 'value', timestamp: future, hops: 0 },
    { event: 'refused', type: 'value', timestamp: future },
  ])
})

test('a value from a peer names that peer and the hops, and what is sent on its receiver and bytes', async (t) => {
  const node = await startNode(t)
  const client = await watch(t, node)
  const peer = await FakePeer.start(t)
  await introduce(t, node.address, peer.address)
  assert.deepEqual(body(await client.next(), node), { event: 'peer-up', peer: peer.address })

  const sender = await Client.open(t, node.address)
  sender.say({ type: 'value', value: 'x', timestamp: 5, from: peer.address, peers: [], hops: 3 })
  const about = { peer: peer.address, type: 'value', timestamp: 5 }
  assert.deepEqual(body(await client.next(), node), { event: 'received', ...about, hops: 3 })
  assert.deepEqual(body(await client.next(), node), { event: 'updated', ...about, hops: 3, value: 'x' })
  const { bytes, ...sent } = body(await client.next(), node)
  assert.deepEqual(sent, { event: 'sent', ...about, hops: 4 })
  const came = await until('it has come', () => peer.messages.find((it) => it.type === 'value'))
  assert.equal(bytes, Buffer.byteLength(`${JSON.stringify(came)}\n`))
})

test('a message of another strategy is received and ignored under its type', async (t) => {
  const node = await startNode(t)
  const client = await watch(t, node)
  const peer = await FakePeer.start(t)
  const sender = await Client.open(t, node.address)
  sender.say({ type: 'graft', from: peer.address, peers: [] })
  assert.deepEqual(body(await client.next(), node), { event: 'received', peer: peer.address, type: 'graft' })
  assert.deepEqual(body(await client.next(), node), { event: 'ignored', peer: peer.address, type: 'graft' })
  assert.deepEqual(body(await client.next(), node), { event: 'peer-up', peer: peer.address })
})

test('a peer that cannot be reached is down', async (t) => {
  const node = await startNode(t)
  const client = await watch(t, node)
  const peer = await introduceLost(t, node)
  assert.deepEqual(body(await client.next(), node), { event: 'peer-up', peer })
  node.propose('x', 5)
  const down = await until('it is down', () => client.lines.find((line) => line.includes('"peer-down"')))
  assert.deepEqual(body(JSON.parse(down), node), { event: 'peer-down', peer })
})

test('a message to where no way leads is lost', async (t) => {
  const peer = await FakePeer.start(t)
  const node = await startNode(t, { faults: { fate: () => ({ isCut: true, delays: [] }) } })
  const client = await watch(t, node)
  const sender = await Client.open(t, node.address)
  sender.say({ type: 'value', value: 'x', timestamp: 5, from: peer.address, peers: [], hops: 1 })
  const lost = await until('it is lost', () => client.lines.find((line) => line.includes('"lost"')))
  assert.deepEqual(body(JSON.parse(lost), node), {
    event: 'lost',
    peer: peer.address,
    type: 'value',
    timestamp: 5,
    hops: 2,
  })
  assert.deepEqual(peer.values, [])
})

test('the end of the node is the last event', async (t) => {
  const node = await startNode(t)
  const client = await watch(t, node)
  node.stop()
  await client.closed()
  assert.deepEqual(
    client.lines.slice(1).map((line) => body(JSON.parse(line), node)),
    [{ event: 'stopped' }],
  )
})

test('nobody is told any more when the watcher is gone', async (t) => {
  const node = await startNode(t)
  const client = await watch(t, node)
  client.socket.destroy()
  await until('nobody watches', () => !node.events.isHeard)
  node.propose('x', 5)
  assert.equal(node.status().value, 'x')
})

test('two watchers see the same', async (t) => {
  const node = await startNode(t)
  const [one, two] = [await watch(t, node), await watch(t, node)]
  node.propose('x', 5)
  await until('both have three lines', () => one.lines.length === 3 && two.lines.length === 3)
  assert.deepEqual(two.lines.slice(1), one.lines.slice(1))
})

test('a watch begins with what the node is: its number, when it started, what it holds, and its peers', async (t) => {
  const before = Date.now() - 1
  const node = await startNode(t, { number: 7 })
  const early = await Client.open(t, node.address)
  const first = body(await early.ask({ type: 'watch' }), node)
  const { since, ...rest } = first
  assert.deepEqual(rest, { event: 'started', number: 7, period: HOUR_MS })
  assert.ok(since >= before && since <= Date.now() + 1, `${since} is when it started`)

  const peers = [await FakePeer.start(t), await FakePeer.start(t)]
  for (const it of peers) await introduce(t, node.address, it.address)
  const lost = await introduceLost(t, node)
  node.propose('x', 5)
  await until('one is lost', () => early.lines.some((it) => it.includes('"peer-down"')))
  const late = await Client.open(t, node.address)
  assert.deepEqual(body(await late.ask({ type: 'watch' }), node), { ...first, timestamp: 5 })
  const told = [body(await late.next(), node), body(await late.next(), node)]
  assert.deepEqual(
    told.sort((a, b) => a.peer.localeCompare(b.peer)),
    peers.map((it) => ({ event: 'peer-up', peer: it.address })).sort((a, b) => a.peer.localeCompare(b.peer)),
  )
  node.propose('y', 6)
  assert.equal((await late.next()).event, 'received')
  assert.ok(!late.lines.slice(0, 3).some((it) => it.includes(lost)))
})

test('what it holds under a key only is told, too', async (t) => {
  const node = await startNode(t)
  node.propose('blue', 5, 'colour')
  const client = await Client.open(t, node.address)
  const { event, timestamp, key } = await client.ask({ type: 'watch' })
  assert.deepEqual([event, timestamp, key], ['started', 5, 'colour'])
})

test('where the rows of its peers would be more than may wait for a reader it says that they are not told', async (t) => {
  const node = await startNode(t, { limits: { maxPending: 300 } })
  for (let i = 0; i < 3; i++) await introduce(t, node.address, (await FakePeer.start(t)).address)
  const client = await Client.open(t, node.address)
  const { event, period } = body(await client.ask({ type: 'watch' }), node)
  assert.deepEqual([event, period], ['started', undefined])
  node.propose('x', 5)
  assert.equal((await client.next()).event, 'received')
})
