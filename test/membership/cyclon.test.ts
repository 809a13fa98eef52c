/** Voulgaris, Gavidia, van Steen 2005, section 3.2, sentence by sentence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import cyclon from '../../src/membership/cyclon.ts'
import { at, ME } from '../gossip/build.ts'
import { place } from './place.ts'

const entry = (peer: string, age: number) => ({ peer, age })

/** A node with so many entries, a0 the oldest. */
function full(count: number, options = {}) {
  const placed = place(cyclon, { options: { size: count, swap: 3, ...options } })
  const entries = Array.from({ length: count }, (_, i) => entry(`a${i}`, count - i))
  placed.hear('somebody', 'shuffle', { entries })
  placed.host.sent()
  placed.changes.length = 0
  return placed
}

test('when discovery finds somebody then it is a peer, and strategies are told', () => {
  const { view, peers, changes } = place(cyclon)
  view.reached(at('a'))
  assert.deepEqual(changes, [{ up: [at('a')], gone: [] }])
  assert.deepEqual([...peers, ...view.list()], [at('a')])
})

test('when a period passes then the oldest is sent some entries and this node with age 0, and its entry goes', () => {
  const placed = full(5)
  placed.view.period()
  const [first, ...others] = placed.host.sent()
  const { to, message } = first!
  assert.deepEqual([to, message.name, others], [at('a0'), 'shuffle', []])
  const { entries } = message.fields as { entries: { peer: string; age: number }[] }
  assert.deepEqual(entries[0], entry(ME as string, 0))
  assert.equal(entries.length, 3)
  assert.ok(entries.slice(1).every(({ peer, age }) => age === 6 - Number(peer.slice(1))))
  assert.deepEqual(placed.peers, ['a1', 'a2', 'a3', 'a4'])
})

test('when the answer comes then it takes the empty place, then places of what was sent', () => {
  const placed = full(5)
  placed.view.period()
  const { message } = placed.host.sent()[0]!
  const sent = (message.fields as { entries: { peer: string }[] }).entries.slice(1).map(({ peer }) => peer)
  placed.hear('a0', 'answer', { entries: [entry('x', 1), entry('y', 1), entry('z', 1)] })
  const kept = ['a1', 'a2', 'a3', 'a4'].filter((it) => !sent.includes(it))
  assert.deepEqual(placed.peers, [...kept, 'x', 'y', 'z'].sort())
})

test('when an entry is of one that is known then the lower age stays; one of the node itself is none', () => {
  const placed = full(3)
  placed.hear('b', 'shuffle', { entries: [entry('a0', 0), entry(ME as string, 0)] })
  placed.host.sent()
  assert.deepEqual(placed.peers, ['a0', 'a1', 'a2'])
  placed.view.period()
  assert.deepEqual(placed.host.said(), ['shuffle>a1'])
})

test('when the one that was asked is not there then the next oldest is asked in the same period', () => {
  const placed = full(4)
  placed.view.period()
  placed.view.failed(at('a0'))
  assert.deepEqual(placed.host.said(), ['shuffle>a0', 'shuffle>a1'])
  placed.view.failed(at('a3'))
  assert.deepEqual(placed.host.said(), [])
  assert.deepEqual(placed.peers, ['a2'])
})

test('when strangers shuffle made-up addresses without end then the view stays as large as it is, and none is kept of those not allowed', () => {
  const placed = place(cyclon, { allows: (it) => String(it).startsWith('10.') })
  for (let i = 0; i < 10_000; i++)
    placed.hear(`10.0.0.${i % 256}:${i}`, 'shuffle', {
      entries: [entry(`10.1.${i >> 8}.${i & 255}:7000`, 0), entry(`8.8.8.${i & 255}:53`, 0)],
    })
  assert.equal(placed.view.size, 20)
  assert.ok(placed.peers.every((it) => it.startsWith('10.')))
  assert.deepEqual(placed.host.faults, [])
})

test('when somebody answers who was not asked, or again, then nothing is changed', () => {
  const placed = full(3)
  placed.hear('x', 'answer', { entries: [entry('y', 0)] })
  placed.view.period()
  placed.hear('a0', 'answer', { entries: [] })
  placed.hear('a0', 'answer', { entries: [entry('y', 0)] })
  assert.deepEqual(placed.peers, ['a1', 'a2'])
})
