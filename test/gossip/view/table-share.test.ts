import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addresses, at, EXPIRY, ME, row, table } from '../build.ts'
import { dice } from '../dice.ts'

test('when rows are shared then the own comes first and the others are there once', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 7), row('c', 8)], 0)
  const [own, ...others] = peers.share(dice(1), 0)
  assert.deepEqual(own, { address: ME, heartbeat: 1000 })
  assert.deepEqual(new Set(others), new Set([row('b', 7), row('c', 8)]))
})

test('when nobody is known then the own row is shared alone', () => {
  assert.deepEqual(table().share(dice(1), 0), [row('me', 1000)])
})

for (const rowsPerMessage of [1, 2, 5, 8]) {
  test(`when ${rowsPerMessage} rows fit into a message then no more are shared, and none twice`, () => {
    const peers = table({ rowsPerMessage })
    peers.heard(
      at('p0'),
      addresses(20).map((address) => ({ address, heartbeat: 1 })),
      0,
    )
    const shared = peers.share(dice(1), 0)
    assert.equal(shared.length, rowsPerMessage)
    assert.equal(new Set(shared.map(({ address }) => address)).size, rowsPerMessage)
  })
}

test('when not all rows fit then the freshest half is always there, and of the rest each one at times', () => {
  const peers = table({ rowsPerMessage: 5 })
  for (const [i, name] of addresses(8).entries()) peers.heard(name, [], i)
  const random = dice(1)
  const shares = Array.from({ length: 100 }, () => peers.share(random, 8).map(({ address }) => address))
  assert.ok(shares.every((it) => it.includes(at('p7')) && it.includes(at('p6'))))
  assert.deepEqual(new Set(shares.flat()), new Set([ME, ...addresses(8)]))
})

test('when a heartbeat has not grown for half the expiry then its row is left out', () => {
  const told = (now: number) => {
    const peers = table()
    peers.heard(at('b'), [row('b', 1)], 0)
    return peers.share(dice(1), now).length
  }
  assert.equal(told(EXPIRY / 2 - 1), 2)
  assert.equal(told(EXPIRY / 2), 1)
})

test('when rows were shared just before then what is stale since is still left out a period later', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 1)], 0)
  assert.equal(peers.share(dice(1), EXPIRY / 2 - 1).length, 2)
  peers.period(EXPIRY / 2, 0)
  assert.equal(peers.share(dice(1), EXPIRY / 2).length, 1)
})

test('when a peer has failed then it is not told to others from the next period on', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 1)], 0)
  peers.failed(at('b'), 0)
  peers.period(1, 1001)
  assert.deepEqual(peers.share(dice(1), 1), [row('me', 1001)])
})

test('when a peer is learnt of then it is in the very next share', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 1)], 0)
  peers.share(dice(1), 0)
  peers.heard(at('c'), [row('c', 1)], 0)
  assert.equal(peers.share(dice(1), 0).length, 3)
})
