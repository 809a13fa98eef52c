import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULTS } from '../../../src/daemon/settings.ts'
import { CONNECT_TIMEOUT_MS, OutboundConnections } from '../../../src/daemon/transport/outbound.ts'
import type { Address } from '../../../src/gossip/strategy.ts'
import { FakePeer, introduce, introduceAll } from '../fake-peer.ts'
import { ManualClock } from '../manual-clock.ts'
import { HOUR_MS, pushTo, startNode } from '../node.ts'
import { until } from '../until.ts'
import { silentNetwork } from './stuck-socket.ts'

const values = (count: number) => Array.from({ length: count }, (_, i) => `value ${i}`)

test('many values to one peer go over one connection, in order', async (t) => {
  const node = await startNode(t)
  const peer = await FakePeer.start(t)
  await introduce(t, node.address, peer.address)
  for (const [i, value] of values(100).entries()) {
    node.propose(value, i)
    if (i % 10 === 0) await until('it has come', () => peer.values.length > i)
  }
  await until('all have come', () => peer.values.length === 100)
  assert.deepEqual(peer.values, values(100))
  assert.equal(peer.accepted, 1)
})

test('two nodes talk over few connections, however much they say', async (t) => {
  const one = await startNode(t, { period: 20, expiryPeriods: 10_000 })
  const two = await startNode(t, { period: 20, expiryPeriods: 10_000 })
  const peer = await FakePeer.start(t)
  await introduce(t, one.address, two.address)
  await introduce(t, one.address, peer.address)
  await introduce(t, two.address, peer.address)
  for (let i = 0; i < 50; i++) {
    ;(i % 2 === 0 ? one : two).propose(`value ${i}`, i)
    await until('both hold it', () => one.status().timestamp === i && two.status().timestamp === i)
  }
  assert.ok(peer.values.length >= 50)
  assert.ok(peer.accepted <= 2, `${peer.accepted} connections`)
})

test('a link that the peer closed is opened anew by the next message', async (t) => {
  const node = await startNode(t)
  const peer = await FakePeer.start(t)
  await introduce(t, node.address, peer.address)
  node.propose('first', 1)
  await until('the first has come', () => peer.values.length === 1)
  for (const socket of peer.open) socket.end()
  await until('the link is closed', () => peer.open.size === 0)
  node.propose('second', 2)
  await until('the second has come', () => peer.values.length === 2)
  assert.equal(peer.accepted, 2)
})

test('an idle link is closed', async (t) => {
  const node = await startNode(t, { limits: { idleLink: 100 } })
  const peer = await FakePeer.start(t)
  await introduce(t, node.address, peer.address)
  node.propose('x', 1)
  await until('it has come', () => peer.values.length === 1)
  await until('the link is closed', () => peer.open.size === 0)
})

test('links stay within their bound, and every peer is reached all the same', async (t) => {
  const node = await startNode(t, {
    protocol: pushTo(1),
    period: 20,
    expiryPeriods: 10_000,
    limits: { maxLinks: 3 },
  })
  const peers = await Promise.all(Array.from({ length: 9 }, () => FakePeer.start(t)))
  for (const peer of peers) await introduce(t, node.address, peer.address)
  node.propose('x', 1)
  await until('all have it', () => peers.every((peer) => peer.values.includes('x')))
  node.pause()
  const open = () => peers.reduce((sum, peer) => sum + peer.open.size, 0)
  await until('no more than three are open', () => open() <= 3)
  assert.ok(open() >= 1)
})

test('one round to more peers than links may be open reaches them all', async (t) => {
  const node = await startNode(t, { protocol: pushTo(8), period: HOUR_MS, limits: { maxLinks: 4 } })
  const peers = await Promise.all(Array.from({ length: 8 }, () => FakePeer.start(t)))
  await introduceAll(t, node, peers)
  node.propose('x', 1)
  const reached = () => peers.filter((peer) => peer.values.includes('x')).length
  await until('all have it', () => reached() === 8, 3000).catch(() => {})
  assert.equal(reached(), 8)
})

test('when a peer neither takes nor refuses a connection then it is given up after a while, and so is what was queued', async () => {
  const clock = new ManualClock()
  const failed: string[] = []
  const events = {
    line: () => {},
    mayDial: () => true,
    failed: (peer: unknown, error: Error) => failed.push(`${peer}: ${error.message}`),
  }
  const limits = { ...DEFAULTS.limits, idle: 60_000 }
  const links = new OutboundConnections(4, limits, events, silentNetwork, clock)
  assert.equal(links.send('127.0.0.1:7' as unknown as Address, 'x\n'), true)
  clock.pass(CONNECT_TIMEOUT_MS - 1)
  await new Promise(setImmediate)
  assert.deepEqual([failed, links.size], [[], 1])
  clock.pass(1)
  await until('it is given up', () => failed.length > 0)
  assert.deepEqual(failed, ['127.0.0.1:7: no connection within 2000 ms'])
  assert.equal(links.size, 0)
})
