/** How long a node holds what, and how much. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { place } from '../strategy/recording-host.ts'
import { at, keyed, value } from './build.ts'

const P0 = at('p0')
const quiet = { summary: 'Does nothing.' }
/** What the recording host's clock shows, in ms. */
const NOW = 1_000_000

test('when a value has lived as long as it may then it is forgotten in the next period, and the host is told', () => {
  const { node, host } = place(quiet, { settings: { ttl: 1000 } })
  node.receive(null, keyed('a', 'x', NOW))
  node.receive(null, keyed('b', 'x', NOW + 1))
  host.clockMs += 999
  node.period()
  assert.equal(node.values().length, 2)
  host.clockMs += 1
  assert.equal(node.values().length, 2, 'it looks once a period')
  node.period()
  assert.deepEqual(
    node.values().map(({ key }) => key),
    ['b'],
  )
  assert.deepEqual(
    host.forgottenValues.map(({ key }) => key),
    ['a'],
  )
  host.clockMs += 1
  node.period()
  assert.deepEqual([node.values(), node.count, node.interested], [[], 0, false])
})

test('when a value comes that has lived as long as it may then it is refused, with the bounds, and nothing is stored', () => {
  const { node, host } = place(quiet, { settings: { ttl: 1000 } })
  assert.equal(node.receive(P0, value('x', NOW - 1000)), 'expired')
  const [, , , verdict, why] = host.seen('refused')[0]!
  assert.equal(verdict, 'expired')
  assert.match(String(why), /values after 1000 ms \(--ttl\), deletions after 1000 ms/)
  assert.equal(node.receive(P0, value('x', NOW - 999)), 'newer')
})

test('when nothing has a time to live then values stay for good', () => {
  const { node, host } = place(quiet)
  node.receive(null, value('x', 0))
  host.clockMs = Number.MAX_SAFE_INTEGER
  node.period()
  assert.equal(node.get()?.value, 'x')
  assert.deepEqual(host.forgottenValues, [])
})

test('when a deletion is younger than its life then the old value does not come back, and after it it does', () => {
  const { node, host } = place(quiet, { settings: { tombstones: 5000 } })
  const old = keyed('k', 'old', NOW - 1)
  node.receive(P0, old)
  node.receive(P0, keyed('k', null, NOW))
  for (let passed = 0; passed < 5000; passed += 1000) {
    node.period()
    assert.equal(node.receive(P0, old), 'older', `${passed} ms after the deletion`)
    host.clockMs += 1000
  }
  assert.equal(node.receive(P0, old), 'older', 'until the next period')
  node.period()
  assert.deepEqual(
    host.forgottenValues.map(({ key, value }) => [key, value]),
    [['k', null]],
  )
  assert.equal(node.receive(P0, old), 'newer')
  assert.equal(node.get('k')?.value, 'old')
})

test('when a deletion comes after its life then it is refused, and what it would delete stays', () => {
  const { node } = place(quiet, { settings: { tombstones: 5000 } })
  node.receive(P0, keyed('k', 'old', NOW - 6000))
  assert.equal(node.receive(P0, keyed('k', null, NOW - 5000)), 'expired')
  assert.equal(node.get('k')?.value, 'old')
})

test('when there are as many keys as may be then another is refused, with the reason, and those held go on', () => {
  const { node, host } = place(quiet, { settings: { maxKeys: 2 } })
  for (const key of ['a', 'b']) node.receive(null, keyed(key, 'x', 1))
  host.seen()
  assert.equal(node.receive(P0, keyed('c', 'x', 1)), 'full')
  const [, , , verdict, why] = host.seen('refused')[0]!
  assert.equal(verdict, 'full')
  assert.match(String(why), /at most 2 keys and 1000000 bytes .*maxKeys, maxHeld/)
  assert.equal(node.receive(P0, keyed('a', 'y', 2)), 'newer')
  node.forget('b')
  assert.equal(node.receive(P0, keyed('c', 'x', 1)), 'newer')
})

test('when deletions are held then they take the place of keys until they are forgotten', () => {
  const { node, host } = place(quiet, { settings: { maxKeys: 1, tombstones: 1000 } })
  node.receive(null, keyed('a', null, NOW))
  assert.equal(node.receive(null, keyed('b', 'x', NOW)), 'full')
  host.clockMs += 1000
  node.period()
  assert.equal(node.receive(null, keyed('b', 'x', NOW)), 'newer')
})

test('when keys and texts are as many bytes as may be then more is refused, and less is taken', () => {
  const { node } = place(quiet, { settings: { maxHeld: 10 } })
  assert.equal(node.receive(P0, keyed('a', 'ä'.repeat(4), 1)), 'newer')
  assert.equal(node.receive(P0, keyed('b', 'x', 1)), 'full')
  assert.equal(node.receive(P0, keyed('b', '', 1)), 'newer')
  assert.equal(node.receive(P0, keyed('b', 'x', 2)), 'full', 'a newer one of the same key')
  assert.equal(node.receive(P0, keyed('a', 'x', 2)), 'newer')
  assert.equal(node.receive(P0, keyed('b', 'x'.repeat(7), 2)), 'newer')
  assert.equal(node.receive(P0, keyed('a', null, 3)), 'newer', 'a deletion has no text')
})
