import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSubnet } from '../../../src/daemon/address/subnet.ts'
import { closedAddress, FakePeer } from '../fake-peer.ts'
import { startNode } from '../node.ts'
import { until } from '../until.ts'

/** A /24 of loopback for each test: none finds the nodes of another. */
async function portOf(host: string): Promise<number> {
  return Number((await closedAddress(host)).split(':')[1])
}

test('nodes with gaps between their addresses find each other by the scan alone', async (t) => {
  const scanPort = await portOf('127.7.1.2')
  const nodes = await Promise.all(
    ['127.7.1.9', '127.7.1.2', '127.7.1.5'].map((host) =>
      startNode(t, { listen: { host, port: scanPort }, join: [], scanPort, period: 100 }),
    ),
  )
  await until(
    'all know all',
    () => nodes.every((one) => nodes.every((other) => one.knows(other.address))),
    60_000,
  )
  nodes[0]?.propose('x', 5)
  await until('all hold the value', () => nodes.every((node) => node.status().value === 'x'))
})

test('a node finds one that starts later, at a higher address', async (t) => {
  const scanPort = await portOf('127.7.2.40')
  const start = (host: string) =>
    startNode(t, { listen: { host, port: scanPort }, join: [], scanPort, period: 100 })
  const first = await start('127.7.2.3')
  const last = await start('127.7.2.200')
  await until('they know each other', () => first.knows(last.address) && last.knows(first.address), 60_000)
})

test('a node alone asks its neighbours again and again, and never itself', async (t) => {
  const own = await FakePeer.start(t, { host: '127.7.3.6' })
  const port = Number(own.address.split(':')[1])
  const below = await FakePeer.start(t, { host: '127.7.3.5', port })
  const above = await FakePeer.start(t, { host: '127.7.3.7', port })
  // It goes by an address at which a bare server notes who asks.
  const advertise = { host: '127.7.3.6', port }
  await startNode(t, { listen: { host: '127.7.3.90', port: 0 }, advertise, join: [], scanPort: port })
  await until('both neighbours are asked twice', () => below.accepted >= 2 && above.accepted >= 2, 60_000)
  assert.equal(below.messages[0].type, 'hi')
  assert.equal(below.messages[0].from, own.address)
  assert.equal(own.accepted, 0)
})

test('--subnet says what is scanned, and nothing else is', async (t) => {
  const inside = await FakePeer.start(t, { host: '127.7.4.18' })
  const port = Number(inside.address.split(':')[1])
  const outside = await FakePeer.start(t, { host: '127.7.4.33', port })
  const neighbour = await FakePeer.start(t, { host: '127.7.5.2', port })
  const subnet = parseSubnet('127.7.4.16/28')
  await startNode(t, { listen: { host: '127.7.5.1', port: 0 }, join: [], subnet, scanPort: port })
  await until('it is asked three times', () => inside.accepted >= 3, 60_000)
  assert.deepEqual([outside.accepted, neighbour.accepted], [0, 0])
})

test('what answers no welcome is not taken for a peer', async (t) => {
  const silentOne = await FakePeer.start(t, { host: '127.7.6.5' })
  const scanPort = Number(silentOne.address.split(':')[1])
  const node = await startNode(t, { listen: { host: '127.7.6.1', port: 0 }, join: [], scanPort })
  await until('it was asked twice', () => silentOne.accepted >= 2, 60_000)
  assert.equal(node.status().peers.length, 1)
})
