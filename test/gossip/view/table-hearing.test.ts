import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MAX_AHEAD_MS, type PeerTable } from '../../../src/gossip/view/table.ts'
import { addresses, at, EXPIRY, gone, ME, row, table } from '../build.ts'

function heartbeatOf(peers: PeerTable, name: string): number | undefined {
  return peers.all().find(({ address }) => address === at(name))?.heartbeat
}

/** A table that heard of b at 0 and then nothing of it until it was gone. */
function withoutB(): PeerTable {
  const peers = table()
  peers.heard(at('b'), [row('b', 5)], 0)
  peers.heard(at('c'), [row('c', 5)], 1)
  peers.period(EXPIRY, EXPIRY)
  return peers
}

test('when a peer speaks and tells of others then all of them are up, and once only', () => {
  const peers = table()
  assert.deepEqual(peers.heard(at('b'), [row('b', 1), row('c', 1), row('d', 1)], 0).up, ['b', 'c', 'd'])
  assert.deepEqual(peers.heard(at('b'), [row('b', 2), row('c', 2), row('d', 2)], 0).up, [])
  assert.deepEqual(peers.list(0).sort(), ['b', 'c', 'd'])
})

test('when a row is about this node itself then it is not added', () => {
  const peers = table()
  assert.deepEqual(peers.heard(at('b'), [row('me', 99)], 0).up, ['b'])
  assert.deepEqual(peers.heard(ME, [row('me', 99), row('c', 1)], 0).up, [])
  assert.deepEqual(peers.list(0), ['b'])
})

test('when a heartbeat does not grow for the expiry then the peer is gone, and that is told once', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 5)], 0)
  assert.deepEqual(peers.period(EXPIRY - 1, 0), [])
  assert.deepEqual(peers.period(EXPIRY, 0), gone('b'))
  assert.deepEqual(peers.period(EXPIRY + 1, 0), [])
  assert.deepEqual(peers.list(EXPIRY), [])
  assert.deepEqual(peers.forgotten(), ['b'])
})

test('when others tell of a grown heartbeat then the peer lives on', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 5)], 0)
  peers.heard(at('c'), [row('b', 6)], EXPIRY - 1)
  assert.deepEqual(peers.period(EXPIRY, 0), [])
})

for (const heartbeat of [4, 5]) {
  test(`when others tell of heartbeat ${heartbeat} where 5 is known then that does not keep a peer alive`, () => {
    const peers = table()
    peers.heard(at('b'), [row('b', 5)], 0)
    peers.heard(at('c'), [row('b', heartbeat)], EXPIRY - 1)
    assert.deepEqual(peers.period(EXPIRY, 0), gone('b'))
  })
}

test('when others tell of a gone peer with the heartbeat it had then nothing changes', () => {
  const peers = withoutB()
  assert.deepEqual(peers.heard(at('c'), [row('b', 5)], EXPIRY).up, [])
  assert.equal(peers.takeRevival(), undefined)
  assert.deepEqual(peers.list(EXPIRY), ['c'])
})

test('when others tell of a gone peer with a grown heartbeat then it is a suspect, but not revived', () => {
  const peers = withoutB()
  assert.deepEqual(peers.heard(at('c'), [row('b', 6)], EXPIRY).up, [])
  assert.deepEqual(peers.list(EXPIRY), ['c'])
  assert.equal(peers.takeRevival(), 'b')
  assert.equal(peers.takeRevival(), undefined)
})

test('when a gone peer speaks itself then it is up again and no suspect any more', () => {
  const peers = withoutB()
  peers.heard(at('c'), [row('b', 6)], EXPIRY)
  assert.deepEqual(peers.heard(at('b'), [row('b', 6)], EXPIRY).up, ['b'])
  assert.deepEqual(peers.list(EXPIRY).sort(), ['b', 'c'])
  assert.deepEqual(peers.forgotten(), [])
  assert.equal(peers.takeRevival(), undefined)
})

test('when a peer tells a smaller heartbeat of itself then it counts, and it lives on', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 500)], 0)
  peers.heard(at('b'), [row('b', 5)], EXPIRY - 1)
  assert.equal(heartbeatOf(peers, 'b'), 5)
  assert.deepEqual(peers.period(EXPIRY, 0), [])
})

test('when others tell a smaller heartbeat of a peer then it does not count', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 500)], 0)
  peers.heard(at('c'), [row('b', 5)], 1)
  assert.equal(heartbeatOf(peers, 'b'), 500)
})

test('when a peer speaks without a row about itself then it is up all the same', () => {
  const peers = table()
  assert.deepEqual(peers.heard(at('b'), [], 0).up, ['b'])
  assert.equal(heartbeatOf(peers, 'b'), 0)
})

test('when periods pass then the own heartbeat follows the clock, and grows even where the clock goes back', () => {
  const peers = table()
  const beats = [1000, 2000, 1500, 1500, 3000].map((clock) => {
    peers.period(0, clock)
    return heartbeatOf(peers, 'me')
  })
  assert.deepEqual(beats, [1001, 2000, 2001, 2002, 3000])
})

test('when more peers are known than some messages can name then the expiry is longer in proportion', () => {
  const peers = table({ rowsPerMessage: 2 })
  const rows = addresses(15).map((address) => ({ address, heartbeat: 1 }))
  peers.heard(at('b'), rows, 0)
  assert.equal(peers.size, 4 * 2 * 2)
  assert.deepEqual(peers.period(2 * EXPIRY - 1, 0), [])
  assert.equal(peers.period(2 * EXPIRY, 0).length, 16)
})

test('when others tell of a heartbeat that this node never had then its own next one is greater', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 1), row('me', 5000)], 0)
  assert.equal(heartbeatOf(peers, 'me'), 5001)
  peers.heard(at('b'), [row('b', 1), row('me', 5001)], 0)
  assert.equal(heartbeatOf(peers, 'me'), 5001)
  peers.period(1, 1001)
  assert.equal(heartbeatOf(peers, 'me'), 5002)
})

test('when others tell of a heartbeat far ahead of this clock then it is not believed, but the peer itself is', () => {
  const peers = table()
  const far = 1000 + MAX_AHEAD_MS + 1
  assert.deepEqual(peers.heard(at('b'), [row('b', 1), row('c', far), row('me', far)], 0).up, ['b'])
  assert.equal(heartbeatOf(peers, 'me'), 1000)
  peers.heard(at('c'), [row('c', 5), row('b', far)], 0)
  assert.equal(heartbeatOf(peers, 'b'), 1)
  peers.heard(at('c'), [row('c', far)], 0)
  assert.equal(heartbeatOf(peers, 'c'), far)
  // Its clock has gone on meanwhile.
  peers.period(1, 1001)
  assert.deepEqual(peers.heard(at('c'), [row('d', far)], 1).up, ['d'])
})
