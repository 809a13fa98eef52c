/** Leitao, Pereira, Rodrigues 2007, section 4, sentence by sentence. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import hyparview from '../../src/membership/hyparview.ts'
import { at } from '../gossip/build.ts'
import { place } from './place.ts'

/** A node with these links, and nothing said. */
function linked(names: readonly string[], options = {}) {
  const placed = place(hyparview, { options: { mixing: 0, ...options } })
  for (const it of names) placed.hear(it, 'neighbor', { urgent: false })
  placed.host.sent()
  assert.deepEqual(placed.peers, [...names].sort())
  return placed
}

const FULL = ['a', 'b', 'c', 'd', 'e']

test('when discovery finds the first then it is asked to take a join, and the others are kept', () => {
  const { view, host, peers } = place(hyparview)
  for (const it of ['a', 'b', 'c']) view.reached(at(it))
  assert.deepEqual(host.said(), ['join>a'])
  assert.deepEqual(peers, [])
})

test('when a join comes then it is a link, is told so, and all others are told of the newcomer', () => {
  const placed = linked(['a', 'b'])
  placed.hear('new', 'join')
  assert.deepEqual(placed.host.said(), ['accept>new', 'forwardJoin>a', 'forwardJoin>b'])
  assert.deepEqual(placed.peers, ['a', 'b', 'new'])
})

test('when the active view is full then a newcomer takes a random place, and who had it is told', () => {
  const placed = linked(FULL)
  placed.hear('new', 'join')
  const said = placed.host.said()
  const [out] = FULL.filter((it) => !placed.peers.includes(it))
  assert.ok(placed.peers.includes('new') && placed.peers.length === 5)
  assert.ok(said.includes(`disconnect>${out}`))
})

test('when a join is passed on then it goes on to another than it came from, until its last hops, where it is a link', () => {
  const placed = linked(['a', 'b'])
  placed.hear('a', 'forwardJoin', { joiner: at('new'), hops: 12 })
  assert.deepEqual(placed.host.said(), ['forwardJoin>b'])
  placed.hear('a', 'forwardJoin', { joiner: at('new'), hops: 6 })
  assert.deepEqual(placed.host.said(), ['accept>new'])
})

test('when one is asked for a link then it refuses if it has all it wants, unless the other has none', () => {
  const placed = linked(FULL)
  placed.hear('x', 'neighbor', { urgent: false })
  assert.deepEqual(placed.host.said(), ['reject>x'])
  placed.hear('y', 'neighbor', { urgent: true })
  assert.ok(placed.host.said().includes('accept>y'))
})

test('when a link fails then one of the passive view is asked at once, and the next if that is gone or refuses', () => {
  const placed = linked(['a', 'b'])
  for (const it of ['p', 'q']) placed.view.reached(at(it))
  placed.host.sent()
  placed.view.failed(at('a'))
  const [first] = placed.host.said()
  assert.match(first!, /^neighbor>[pq]$/)
  const other = first === 'neighbor>p' ? 'q' : 'p'
  placed.view.failed(at(first!.slice(-1)))
  assert.deepEqual(placed.host.said(), [`neighbor>${other}`])
  placed.hear(other, 'accept')
  assert.deepEqual(placed.peers, ['b', other].sort())
})

test('when one that has no link with this node speaks over one then it is told: a link is known to both', () => {
  const placed = linked(['a'])
  placed.hear('x', 'shuffle', { origin: at('x'), sample: [], hops: 6 })
  assert.deepEqual(placed.host.said(), ['disconnect>x'])
})

test('when a period passes then a link is sent a shuffle of both views; at its end it is answered to its origin', () => {
  const placed = linked(['a'])
  for (const it of ['p', 'q']) placed.view.reached(at(it))
  placed.view.period()
  const { message } = placed.host.sent()[0]!
  assert.equal(message.name, 'shuffle')
  assert.deepEqual([...(message.fields.sample as string[])].sort(), ['a', 'p', 'q'])
  placed.hear('a', 'shuffle', { origin: at('o'), sample: [at('s')], hops: 0 })
  assert.deepEqual(placed.host.said(), ['shuffleReply>o'])
})

test('when strangers join in any number of names then one link is lost in a period, and the passive view stays small', () => {
  const placed = linked(FULL, { passive: 30 })
  for (let i = 0; i < 1000; i++) {
    placed.hear(`fake${i}`, 'join')
    placed.hear(`fake${i}`, 'neighbor', { urgent: true })
    placed.hear('a', 'forwardJoin', { joiner: at(`made-up${i}`), hops: 0 })
    placed.hear('a', 'shuffle', { origin: at(`o${i}`), sample: [at(`s${i}`), at(`t${i}`)], hops: 0 })
  }
  assert.equal(placed.peers.filter((it) => FULL.includes(it)).length, 4)
  placed.host.sent()
  placed.view.period()
  placed.view.period()
  for (const { to } of placed.host.sent()) if (!FULL.includes(String(to))) placed.view.failed(to)
  assert.deepEqual(placed.host.faults, [])
})

test('when somebody says in the name of links that they are none, or go away, then they are kept and asked again', () => {
  const placed = linked(FULL)
  for (const it of FULL) placed.hear(it, 'disconnect')
  assert.deepEqual(placed.peers, [])
  const asked = placed.host.said()
  assert.ok(asked.length > 0 && asked.every((it) => /^neighbor>[a-e]$/.test(it)), String(asked))
  placed.hear(asked[0]!.slice(-1), 'accept')
  assert.equal(placed.peers.length, 1)
})

test('when shuffles are answered that were not sent then nothing is kept of it', () => {
  const placed = linked(['a'])
  placed.hear('x', 'shuffleReply', { sample: [at('y')] })
  placed.view.failed(at('a'))
  assert.deepEqual(placed.host.said(), [])
})
