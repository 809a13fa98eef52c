/** Many values in one node: what its strategy sees of them, and what becomes of each. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isValues, type ValueMessage, type ValuesMessage } from '../../src/gossip/message.ts'
import type { GossipNode } from '../../src/gossip/node.ts'
import { type Item, strategy, z } from '../../src/gossip/strategy.ts'
import { meetingView } from '../membership/meeting.ts'
import { place } from '../strategy/recording-host.ts'
import { at, keyed, nameOf } from './build.ts'

const [P0, P1] = [at('p0'), at('p1')]
const quiet = { summary: 'Does nothing.' }
const keysOf = (items: readonly { readonly key: string }[]): string[] => items.map(({ key }) => key)

/** A node that holds these keys, taken in this order. */
function holding(keys: readonly string[], it: unknown = quiet) {
  const placed = place(it)
  for (const [i, key] of keys.entries()) placed.node.receive(null, keyed(key, `of ${key}`, i + 1))
  placed.host.sent()
  placed.host.seen()
  return placed
}

test('when values come under many keys then each is an item, held and told of alone', () => {
  const { node } = holding(['b', '', 'a/b'])
  assert.deepEqual(keysOf(node.items), ['b', '', 'a/b'])
  assert.deepEqual(
    node.items.map(({ name }) => name),
    node.values().map(nameOf),
  )
  assert.deepEqual([node.get('a/b')?.value, node.get()?.value, node.get('none')], ['of a/b', 'of ', null])
  assert.equal(node.count, 3)
})

test('when a key is deleted then it is held as nothing, is an item still, and no longer counted', () => {
  const { node, host } = holding(['a', 'b'])
  assert.equal(node.receive(P0, keyed('a', null, 9)), 'newer')
  assert.deepEqual([node.get('a')?.value, node.count, node.items.length], [null, 1, 2])
  assert.equal(node.receive(P0, keyed('a', 'back', 8)), 'older')
  node.sendValue([P0], node.items[0]!)
  assert.equal((host.sent()[0]!.message as ValueMessage).value, null)
})

test('when values came in different periods then recent tells those of the last ones, the last first', () => {
  const { node } = place(quiet)
  for (const key of ['a', 'b', 'c']) {
    node.receive(null, keyed(key, 'x', 1))
    node.receive(null, keyed(`${key}2`, 'x', 1))
    node.period()
  }
  assert.deepEqual(keysOf(node.recent(1)), [])
  assert.deepEqual(keysOf(node.recent(2)), ['c2', 'c'])
  assert.deepEqual(keysOf(node.recent(3)), ['c2', 'c', 'b2', 'b'])
  node.receive(null, keyed('a', 'new', 2))
  assert.deepEqual(keysOf(node.recent(1)), ['a'])
  assert.deepEqual(keysOf(node.recent(4)), ['a', 'c2', 'c', 'b2', 'b', 'a2'])
})

test('when only one value came then recent tells it as long as it is recent', () => {
  const { node } = holding([''])
  assert.deepEqual(keysOf(node.recent(1)), [''])
  node.period()
  assert.deepEqual([keysOf(node.recent(1)), keysOf(node.recent(2))], [[], ['']])
})

test('when all is sent then it leaves as one message, with what rides on it once, and each with one hop more', () => {
  const { view } = meetingView()
  const { node, host } = place(quiet, { view })
  node.meet(P0, undefined, 'reached')
  node.receive(null, keyed('a', 'x', 1))
  node.receive(P0, keyed('b', 'y', 2, 4))
  node.sendValue([P0])
  const { message } = host.sent()[0]!
  assert.ok(isValues(message))
  assert.deepEqual(
    message.values.map(({ key, value, hops, rides }) => [key, value, hops, rides]),
    [
      ['a', 'x', 1, undefined],
      ['b', 'y', 5, undefined],
    ],
  )
})

test('when some are sent then those are, one alone as one value, none as nothing, and what is not held as nothing', () => {
  const { node, host } = holding(['a', 'b', 'c'])
  const [a, b] = node.items as [Item, Item]
  const { node: other } = holding(['elsewhere'])
  node.sendValue([P0], [a, b])
  node.sendValue([P0], a)
  node.sendValue([P0], [a])
  node.sendValue([P0], [])
  node.sendValue([P0], other.items)
  const sent = host
    .sent()
    .map(({ message }) => (isValues(message) ? keysOf(message.values) : (message as ValueMessage).key))
  assert.deepEqual(sent, [['a', 'b'], 'a', 'a'])
})

test('when what a handler holds was replaced since then the newer one is sent', () => {
  const { node, host } = holding(['a'])
  const [old] = node.items
  node.receive(null, keyed('a', 'new', 9))
  node.sendValue([P0], old)
  assert.equal((host.sent()[0]!.message as ValueMessage).value, 'new')
})

test('when several values are carried then each has the fields, and one fault names what is wrong with them', () => {
  const carrying = {
    summary: 'Carries.',
    carries: { n: z.int() },
    onPeriod: (node: GossipNode) => node.sendValue([P0], node.items, {}),
  }
  const { node, host } = holding(['a', 'b'], carrying)
  node.sendValue([P0], node.items, { n: 3 })
  const { values } = host.sent()[0]!.message as ValuesMessage
  assert.deepEqual(
    values.map(({ fields }) => fields),
    [{ n: 3 }, { n: 3 }],
  )
  node.period()
  assert.match(String(host.seen('fault')[0]?.[1]), /the fields of value refused by its schema/)
})

/** Writes down what it is told of each value. */
function noting() {
  const calls: unknown[] = []
  const it = strategy({
    summary: 'Notes.',
    onNewer: (node, { key }, from) => void calls.push(['newer', key, from, node.items.length]),
    onKnown: (_node, { key }, from) => void calls.push(['known', key, from]),
    onOlder: (_node, { key, name }, from) => void calls.push(['older', key, from, name]),
  })
  return { ...place(it), calls }
}

test('when several values come in one message then that is received once, and item by item', () => {
  const { node, host, calls } = noting()
  node.receive(null, keyed('b', 'x', 5))
  calls.length = 0
  host.seen()
  const values = [
    keyed('a', 'x', 1),
    keyed('b', 'x', 5),
    keyed('b', 'w', 4),
    keyed('c', 'x', 9e15),
    keyed('d', 'x', 1),
  ]
  const message = { type: 'values', values } as const
  assert.equal(node.receive(P0, message), 'newer')
  assert.deepEqual(calls, [
    ['newer', 'a', P0, 2],
    ['known', 'b', P0],
    ['older', 'b', P0, nameOf(keyed('b', 'x', 5))],
    ['newer', 'd', P0, 3],
  ])
  assert.deepEqual(
    host.seen().map(([event]) => event),
    ['received', 'updated', 'ignored', 'ignored', 'refused', 'updated'],
  )
})

test('when a message of several holds one twice then the second is known, and an older and a newer are taken in turn', () => {
  const { node, calls } = noting()
  const values = [keyed('a', 'x', 1), keyed('a', 'x', 1), keyed('a', 'y', 2), keyed('a', 'x', 1)]
  assert.equal(node.receive(P1, { type: 'values', values }), 'older')
  assert.deepEqual(
    calls.map((it) => (it as string[])[0]),
    ['newer', 'known', 'newer', 'older'],
  )
  assert.equal(node.get('a')?.value, 'y')
})

test('when a message of several is empty then nothing becomes of it', () => {
  const { node, host, calls } = noting()
  assert.equal(node.receive(P0, { type: 'values', values: [] }), 'other')
  assert.deepEqual([calls, host.sent()], [[], []])
})

test('when a newer value takes the place of one then what was remembered is made anew, of that key alone', () => {
  const counting = strategy({
    summary: 'Counts copies.',
    options: { from: z.int().default(7) },
    item: ({ options }) => ({ copies: options.from }),
    onKnown: (_node, { state }) => {
      state.copies += 1
    },
  })
  const { node } = holding(['a', 'b'], counting)
  for (const key of ['a', 'b']) node.receive(P0, keyed(key, `of ${key}`, key === 'a' ? 1 : 2))
  const copies = () => node.items.map(({ state }) => (state as { copies: number }).copies)
  assert.deepEqual(copies(), [8, 8])
  node.receive(P0, keyed('a', 'new', 9))
  assert.deepEqual(copies(), [7, 8])
})

test('when two nodes take the same value then what each remembers of it is its own', () => {
  const it = strategy({
    summary: 'Remembers.',
    item: () => ({ hot: true }),
    onPeriod(node) {
      for (const { state } of node.items) state.hot = false
    },
    interested: ({ state }) => state.hot,
  })
  const [one, other] = [holding(['a'], it).node, holding(['a'], it).node]
  one.period()
  assert.deepEqual([one.interested, other.interested], [false, true])
})

test('when the host says that a value counts no more then its key is as one that got none', () => {
  const { node, calls } = noting()
  node.receive(null, keyed('a', 'x', 5))
  node.receive(null, keyed('b', 'x', 5))
  node.forget('a')
  node.forget('none')
  assert.deepEqual([node.get('a'), keysOf(node.items)], [null, ['b']])
  assert.equal(node.receive(P0, keyed('a', 'old', 1)), 'newer')
  assert.equal(calls.length, 3)
  assert.equal(node.hopsOf('none'), 0)
})

test('when a peer can be picked from now on then the strategy is told once, until it is down', () => {
  const calls: unknown[] = []
  const it = strategy({
    summary: 'Notes.',
    onPeerUp: (node, peer) => void calls.push(['up', peer, node.peers.includes(peer)]),
    onPeerDown: (_node, peer) => void calls.push(['down', peer]),
  })
  const { node } = place(it, { view: meetingView().view })
  for (const peer of [P0, P1, P0]) node.meet(peer, undefined, 'reached')
  node.peerDown(P1)
  node.meet(P1)
  node.meet(P1, undefined, 'reached')
  assert.deepEqual(calls, [
    ['up', P0, true],
    ['up', P1, true],
    ['down', P1],
    ['up', P1, true],
  ])
})

test('when everyone may pick anyone then no peer is told of as up', () => {
  const calls: unknown[] = []
  const { node } = place({ summary: 'Notes.', onPeerUp: () => calls.push('up') })
  node.meet(P0)
  assert.deepEqual(calls, [])
})
