import assert from 'node:assert/strict'
import { test } from 'node:test'
import { place } from '../strategy/recording-host.ts'
import { at, nameOf, value } from './build.ts'
import { listening } from './listening.ts'

/** The wall clock of the host stands at 1,000,000 ms, and 60,000 ms of drift are allowed. */
const LATEST = 1_060_000
const B = at('b')

const cases = [
  { what: 'a newer timestamp', it: value('a', 8), verdict: 'newer', handler: 'onNewer', event: 'updated' },
  { what: 'a greater text', it: value('n', 7), verdict: 'newer', handler: 'onNewer', event: 'updated' },
  { what: 'the same pair', it: value('m', 7), verdict: 'same', handler: 'onKnown', event: 'ignored' },
  { what: 'a smaller text', it: value('l', 7), verdict: 'older', handler: 'onOlder', event: 'ignored' },
  { what: 'an older timestamp', it: value('z', 6), verdict: 'older', handler: 'onOlder', event: 'ignored' },
  {
    what: 'the latest allowed',
    it: value('a', LATEST),
    verdict: 'newer',
    handler: 'onNewer',
    event: 'updated',
  },
  {
    what: 'the far future',
    it: value('a', LATEST + 1),
    verdict: 'ahead',
    handler: undefined,
    event: 'refused',
  },
] as const

for (const { what, it, verdict, handler, event } of cases) {
  test(`when m of time 7 is held and a peer sends ${what} then it is ${verdict}: ${handler ?? 'no handler'}`, () => {
    const { strategy, calls } = listening()
    const { node, host } = place(strategy, { holds: value('m', 7) })
    calls.length = 0
    assert.equal(node.receive(B, it), verdict)
    assert.deepEqual(calls, handler === undefined ? [] : [[handler, B]])
    assert.deepEqual(
      host.seen().map(([name]) => name),
      ['received', event],
    )
    const { value: text, timestamp } = node.get()!
    assert.deepEqual([text, timestamp], verdict === 'newer' ? [it.value, it.timestamp] : ['m', 7])
  })

  test(`when m of time 7 is held and a client sends ${what} then it is ${verdict}, and only onNewer is told`, () => {
    const { strategy, calls } = listening()
    const { node } = place(strategy, { holds: value('m', 7) })
    calls.length = 0
    assert.equal(node.receive(null, it), verdict)
    assert.deepEqual(calls, handler === 'onNewer' ? [['onNewer', null]] : [])
  })
}

test('when nothing is held then any value is newer, and before it there is none and no item', () => {
  const { strategy } = listening()
  const { node } = place(strategy)
  assert.deepEqual([node.get(), node.items, node.hopsOf()], [null, [], 0])
  assert.equal(node.receive(B, value('', 0, 1)), 'newer')
  assert.equal(node.get()?.value, '')
})

test('when nothing is held and a value from the far future comes then it is refused and nothing is held', () => {
  const { strategy } = listening()
  const { node, host } = place(strategy)
  const it = value('a', LATEST + 1)
  assert.equal(node.receive(B, it), 'ahead')
  assert.equal(node.get(), null)
  const why = "timestamp is more than 60000 ms ahead of this node's clock"
  assert.deepEqual(host.seen('refused'), [['refused', B, it, 'ahead', why]])
})

test('when a value was refused and the clock has moved on then the same value is taken', () => {
  const { strategy } = listening()
  const { node, host } = place(strategy)
  node.receive(B, value('a', LATEST + 1))
  host.clockMs += 1
  assert.equal(node.receive(B, value('a', LATEST + 1)), 'newer')
})

test('when a newer value is taken then its hops are kept and told, and a repeat with others changes nothing', () => {
  const { strategy } = listening()
  const { node, host } = place(strategy)
  node.receive(B, value('a', 7, 4))
  node.receive(B, value('a', 7, 9))
  assert.equal(node.hopsOf(), 4)
  assert.deepEqual(host.seen('updated'), [['updated', B, node.get(), 4]])
})

test('when two nodes hold the same pair then their names are equal, and else they differ', () => {
  const name = (...pair: [string | null, number]) =>
    place(listening().strategy, { holds: value(...pair) }).node.items[0]!.name
  assert.equal(name('a', 7), name('a', 7))
  assert.notEqual(name('a', 7), name('b', 7))
  assert.notEqual(name('a', 7), name('a', 8))
  assert.notEqual(name('a', 7), name(null, 7))
  assert.equal(name('a', 7), nameOf(value('a', 7)))
})
