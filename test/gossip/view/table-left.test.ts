import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, EXPIRY, row, table } from '../build.ts'
import { dice } from '../dice.ts'

function withB() {
  const peers = table()
  peers.heard(at('b'), [row('b', 5)], 0)
  return peers
}

test('when a peer left then it is known, picked and told of no more, and not told as down a second time', () => {
  const peers = withB()
  peers.departed(at('b'), 6)
  assert.equal(peers.knows(at('b')), false)
  assert.deepEqual(peers.pick(9, [], dice(1), 0), [])
  assert.deepEqual(
    peers.share(dice(1), 0).map(({ address }) => address),
    ['me'],
  )
  assert.deepEqual(peers.period(EXPIRY, 0), [])
})

test('when others still tell of a peer that left then it stays away, and is not even asked', () => {
  const peers = withB()
  peers.departed(at('b'), 6)
  assert.deepEqual(peers.heard(at('c'), [row('c', 1), row('b', 6)], 0).up, ['c'])
  assert.equal(peers.takeRevival(), undefined)
})

test('when others tell of a greater heartbeat than its last then it is worth asking, as it may have come again', () => {
  const peers = withB()
  peers.departed(at('b'), 6)
  assert.deepEqual(peers.heard(at('c'), [row('c', 1), row('b', 7)], 0).up, ['c'])
  assert.equal(peers.takeRevival(), 'b')
})

test('when a peer that left speaks again then it is up at once, whatever its heartbeat', () => {
  const peers = withB()
  peers.departed(at('b'), 6)
  assert.deepEqual(peers.heard(at('b'), [row('b', 1)], 0).up, ['b'])
  assert.deepEqual(peers.list(0), ['b'])
})

test('when someone left who was never known then nothing is remembered of it', () => {
  const peers = withB()
  peers.departed(at('z'), 6)
  assert.deepEqual(peers.forgotten(), [])
  assert.deepEqual(peers.list(0), ['b'])
})
