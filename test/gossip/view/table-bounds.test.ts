import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PeerTable, TABLE_DEFAULTS } from '../../../src/gossip/view/table.ts'
import { addresses, at, EXPIRY, gone, ME, row, table } from '../build.ts'

test('when the table is full then hearsay adds nobody', () => {
  const peers = table({ maxPeers: 2 })
  assert.deepEqual(peers.heard(at('b'), [row('b', 1), row('c', 1)], 0).up, ['b', 'c'])
  assert.deepEqual(peers.heard(at('b'), [row('b', 2), row('d', 1)], 0).up, [])
  assert.equal(peers.size, 2)
})

test('when the table is full and a stranger speaks then it takes the place of the stalest', () => {
  const peers = table({ maxPeers: 2 })
  peers.heard(at('b'), [row('b', 1)], 0)
  peers.heard(at('c'), [row('c', 1)], 1)
  assert.deepEqual(peers.heard(at('d'), [row('d', 1)], 2), { up: ['d'], gone: gone('b') })
  assert.deepEqual(peers.list(2), ['c', 'd'])
  assert.deepEqual(peers.forgotten(), ['b'])
})

test('when the table is full then who yields most makes room, of several the stalest, and if nobody does nobody comes', () => {
  const limits = { ...TABLE_DEFAULTS, expiry: EXPIRY, maxPeers: 4 }
  const readily: Record<string, number> = { b: 1, c: 2, d: 2, e: 0 }
  const peers = new PeerTable(ME, limits, 1000, (peer) => readily[String(peer)] ?? 0)
  for (const [i, name] of ['b', 'd', 'c', 'e'].entries()) peers.heard(at(name), [row(name, 1)], i)
  const newcomers = ['v', 'w', 'x', 'y'].map((name) => peers.heard(at(name), [row(name, 1)], 9))
  assert.deepEqual(newcomers, [
    { up: ['v'], gone: gone('d') },
    { up: ['w'], gone: gone('c') },
    { up: ['x'], gone: gone('b') },
    { up: [], gone: [] },
  ])
  assert.deepEqual(peers.list(9).sort(), ['e', 'v', 'w', 'x'])
})

test('when more peers are gone than are remembered then the oldest are forgotten for good', () => {
  const peers = table({ maxForgotten: 2 })
  for (const [i, name] of ['b', 'c', 'd'].entries()) peers.heard(at(name), [row(name, 1)], i)
  for (const i of [0, 1, 2]) peers.period(EXPIRY + i, 0)
  assert.deepEqual(peers.forgotten(), ['c', 'd'])
})

test('when a peer was forgotten for good then hearsay may add it as new', () => {
  const peers = table({ maxForgotten: 0 })
  peers.heard(at('b'), [row('b', 1)], 0)
  peers.period(EXPIRY, 0)
  assert.deepEqual(peers.heard(at('c'), [row('b', 1)], EXPIRY).up, ['c', 'b'])
})

test('when very many gone peers are said to live then only some are kept as suspects', () => {
  const peers = table()
  const rows = (heartbeat: number) => addresses(100).map((address) => ({ address, heartbeat }))
  peers.heard(at('b'), rows(1), 0)
  peers.period(EXPIRY, 0)
  peers.heard(at('b'), rows(2), EXPIRY)
  let suspects = 0
  while (peers.takeRevival() !== undefined) suspects += 1
  assert.equal(suspects, 32)
})

test('when peers are known then their number, with the passed over, is the size', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 1), row('c', 1)], 0)
  peers.failed(at('c'), 0)
  assert.equal(peers.size, 2)
  assert.ok(peers.knows(at('c')) && peers.knows(at('me')) && !peers.knows(at('z')))
})
