import assert from 'node:assert/strict'
import { test } from 'node:test'
import { held } from '../../src/gossip/value.ts'
import { place } from '../strategy/recording-host.ts'
import { at, value } from './build.ts'
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
    const { value: text, timestamp } = node.value!
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

test('when nothing is held then any value is newer, and before it there is none and no version', () => {
  const { strategy } = listening()
  const { node } = place(strategy)
  assert.deepEqual([node.value, node.version, node.hops], [null, null, 0])
  assert.equal(node.receive(B, value('', 0, 1)), 'newer')
  assert.equal(node.value?.value, '')
})

test('when nothing is held and a value from the far future comes then it is refused and nothing is held', () => {
  const { strategy } = listening()
  const { node, host } = place(strategy)
  const it = value('a', LATEST + 1)
  assert.equal(node.receive(B, it), 'ahead')
  assert.equal(node.value, null)
  assert.deepEqual(host.seen('refused'), [['refused', B, it]])
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
  assert.equal(node.hops, 4)
  assert.deepEqual(host.seen('updated'), [['updated', B, held({ value: 'a', timestamp: 7 }), 4]])
})

test('when two nodes hold the same pair then their versions are equal, and else they differ', () => {
  const version = (...pair: [string, number]) =>
    place(listening().strategy, { holds: value(...pair) }).node.version
  assert.equal(version('a', 7), version('a', 7))
  assert.notEqual(version('a', 7), version('b', 7))
  assert.notEqual(version('a', 7), version('a', 8))
})
