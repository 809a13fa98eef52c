import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statusLine } from '../../src/daemon/wire.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import flood from '../../src/strategy/flood.ts'
import { ask, Client } from './client.ts'
import { FakePeer, introduce } from './fake-peer.ts'
import { startNode, YEAR_MS } from './node.ts'

test('status has the fields of the contract, and null for a value before the first', async (t) => {
  const { address } = await startNode(t)
  const { uptime, peers, ...rest } = await ask(t, address, { type: 'status' })
  assert.deepEqual(rest, {
    type: 'status',
    address,
    strategy: 'push',
    value: null,
    timestamp: null,
    values: 0,
    membership: 'heartbeat',
    interested: false,
    sent: 0,
    received: 0,
    updates: 0,
    ignored: 0,
    refused: 0,
  })
  assert.ok(typeof uptime === 'number' && uptime >= 0 && uptime < 3600, 'uptime is in seconds')
  assert.deepEqual(
    peers.map((it: object) => Object.keys(it).sort()),
    [['address', 'heartbeat']],
  )
  assert.equal(peers[0].address, address)
})

test('when a strategy says who still spreads a value then so does status, else whoever holds one', async (t) => {
  const spreading = await startNode(t)
  const never = await startNode(t, { protocol: protocol('flood', flood) })
  for (const [{ address }, is] of [
    [spreading, true],
    [never, false],
  ] as const) {
    await ask(t, address, { type: 'value', value: 'x', timestamp: 5 })
    assert.equal((await ask(t, address, { type: 'status' })).interested, is)
  }
})

test('when an older node does not say whether it still spreads then its status is understood', async (t) => {
  const { address } = await startNode(t)
  const { interested, ...older } = await ask(t, address, { type: 'status' })
  assert.equal(interested, false)
  assert.deepEqual(statusLine.parse(older), older)
})

test('status counts messages: sent, received, updates, ignored, refused', async (t) => {
  const { address } = await startNode(t)
  await introduce(t, address, (await FakePeer.start(t)).address)
  const client = await Client.open(t, address)
  const value = (timestamp: number) => ({ type: 'value', value: 'x', timestamp })
  for (const it of [value(5), value(6), value(6), value(4), value(3), value(Date.now() + YEAR_MS)]) {
    await client.ask(it)
  }
  const { sent, received, updates, ignored, refused } = await client.ask({ type: 'status' })
  assert.deepEqual(
    { sent, received, updates, ignored, refused },
    { sent: 2, received: 6, updates: 2, ignored: 3, refused: 1 },
  )
})

test('hi, status and watch are not counted: they are no gossip', async (t) => {
  const { address } = await startNode(t)
  const { address: peer } = await FakePeer.start(t)
  await introduce(t, address, peer)
  await ask(t, address, { type: 'status' })
  const { sent, received } = await ask(t, address, { type: 'status' })
  assert.deepEqual([sent, received], [0, 0])
})
