import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PeerTable } from '../../../src/gossip/view/table.ts'
import { at, EXPIRY, gone, row, table } from '../build.ts'
import { dice } from '../dice.ts'

function withB(): PeerTable {
  const peers = table()
  peers.heard(at('b'), [row('b', 1)], 0)
  return peers
}

function picks(peers: PeerTable, now: number): unknown[] {
  return peers.pick(9, [], dice(1), now)
}

test('when a peer fails then it is passed over, and after its pause it is tried again', () => {
  const peers = withB()
  assert.equal(peers.failed(at('b'), 100), true)
  assert.deepEqual(picks(peers, 1099), [])
  assert.deepEqual(peers.list(1099), [])
  assert.equal(peers.isAlone(1099), true)
  assert.deepEqual(picks(peers, 1100), ['b'])
  assert.deepEqual(peers.list(1100), ['b'])
  assert.equal(peers.isAlone(1100), false)
})

test('when a peer fails again then it was down already, and the pause is longer', () => {
  const peers = withB()
  peers.failed(at('b'), 0)
  assert.equal(peers.failed(at('b'), 1000), false)
  assert.deepEqual(picks(peers, 2999), [])
  assert.deepEqual(picks(peers, 3000), ['b'])
})

test('when a failed peer speaks then it is up and can be picked at once, and failures count anew', () => {
  const peers = withB()
  peers.failed(at('b'), 0)
  assert.deepEqual(peers.heard(at('b'), [row('b', 2)], 10).up, ['b'])
  assert.deepEqual(picks(peers, 10), ['b'])
  assert.equal(peers.failed(at('b'), 10), true)
  assert.deepEqual(picks(peers, 1010), ['b'])
})

test('when others tell of a failed peer then it stays passed over', () => {
  const peers = withB()
  peers.failed(at('b'), 0)
  assert.deepEqual(peers.heard(at('c'), [row('b', 2)], 10).up, ['c'])
  assert.deepEqual(picks(peers, 10), ['c'])
})

test('when a failed peer expires then it is forgotten, and was not up until now', () => {
  const peers = withB()
  peers.failed(at('b'), 0)
  assert.deepEqual(peers.period(EXPIRY, 0), [{ peer: 'b', wasUp: false }])
  assert.deepEqual(peers.forgotten(), ['b'])
})

test('when a peer fails that is not known then nothing is down', () => {
  assert.equal(withB().failed(at('z'), 0), false)
})

test('when a node slept through half the expiry then that time does not count against its peers', () => {
  const peers = table()
  peers.period(0, 0)
  peers.heard(at('b'), [row('b', 1)], 0)
  assert.deepEqual(peers.period(3 * EXPIRY, 0), [])
  assert.deepEqual(peers.period(3 * EXPIRY + EXPIRY / 2, 0), [])
  assert.deepEqual(peers.period(4 * EXPIRY, 0), gone('b'))
})
