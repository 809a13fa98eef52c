import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from '../client.ts'
import { FakePeer } from '../fake-peer.ts'
import { startNode } from '../node.ts'
import { until } from '../until.ts'

/** More than the ms of silence after which one makes room. */
const SILENCE_MS = 300

async function client(t: TestContext, address: string, from = '127.0.0.1'): Promise<Client> {
  const client = await Client.open(t, address, from)
  assert.equal((await client.ask({ type: 'status' })).type, 'status')
  return client
}

test('when all places are taken then the one that was silent for longest makes room, and is told why', async (t) => {
  const { address } = await startNode(t, { limits: { maxConnections: 3, reserved: 0 } })
  const [one, two, three] = [await client(t, address), await client(t, address), await client(t, address)]
  await sleep(SILENCE_MS)
  await one!.ask({ type: 'status' })
  await client(t, address)
  assert.match(JSON.stringify(await two!.next()), /this connection was silent for longest/)
  await two!.closed()
  await client(t, address)
  await three!.closed()
  assert.equal(one!.isClosed, false)
})

test('when those that were silent are too many of one address then one of them makes room for another of it', async (t) => {
  const { address } = await startNode(t, { limits: { maxPerLoopback: 2 } })
  const elsewhere = await client(t, address, '127.0.0.3')
  const first = await client(t, address, '127.0.0.2')
  await client(t, address, '127.0.0.2')
  await sleep(SILENCE_MS)
  await client(t, address, '127.0.0.2')
  await first.closed()
  assert.equal(elsewhere.isClosed, false)
})

test('one that watches is silent, and keeps its place', async (t) => {
  const node = await startNode(t, { limits: { maxConnections: 2, reserved: 0 } })
  const watcher = await Client.open(t, node.address)
  watcher.say({ type: 'watch' })
  await until('the node is watched', () => node.events.isHeard)
  const idle = await client(t, node.address)
  await sleep(SILENCE_MS)
  await client(t, node.address)
  await idle.closed()
  assert.equal(watcher.isClosed, false)
})

test('when a stranger and a peer are silent then the stranger makes room', async (t) => {
  const { address } = await startNode(t, { limits: { maxConnections: 3, reserved: 1 }, period: 50 })
  const peer = await FakePeer.start(t, { host: '127.0.0.7' })
  const known = await client(t, address, '127.0.0.7')
  known.say({ type: 'hi', from: peer.address, peers: [] })
  await until('the node asks the peer', () => peer.accepted > 0)
  const stranger = await client(t, address, '127.0.0.2')
  await sleep(SILENCE_MS)
  await client(t, address, '127.0.0.3')
  await stranger.closed()
  assert.equal(known.isClosed, false)
})

test('when all others keep their places then one that comes is told so, whatever it says meanwhile', async (t) => {
  const node = await startNode(t, { limits: { maxConnections: 1, reserved: 0 } })
  const watcher = await Client.open(t, node.address)
  watcher.say({ type: 'watch' })
  await until('the node is watched', () => node.events.isHeard)
  const loud = await Client.open(t, node.address)
  loud.write('{"type":"status"}\n'.repeat(5000))
  await loud.closed()
  assert.deepEqual(loud.lines, [
    '{"type":"error","error":"1 connections are open, no more may be: try again later"}',
  ])
})
