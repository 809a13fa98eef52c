import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ValueMessage } from '../../src/gossip/message.ts'
import type { GossipNode } from '../../src/gossip/node.ts'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { place } from '../strategy/recording-host.ts'
import { at, value } from './build.ts'

const B = at('b')

function counting() {
  const carried: unknown[] = []
  const it = strategy({
    summary: 'A counter travels with the value.',
    carries: { counter: z.int().min(0) },
    onNewer: (_node, _item, _from, fields) => void carried.push(fields),
    onKnown: (_node, _item, _from, fields) => void carried.push(fields),
    onPeriod: (node) => node.sendValue([B], node.items, { counter: 5 }),
  })
  return { strategy: it, carried }
}

const cases = [
  { what: 'its fields', fields: { counter: 3 }, carried: { counter: 3 } },
  { what: 'fields and more', fields: { counter: 3, more: 1 }, carried: { counter: 3 } },
  { what: 'no fields', fields: undefined, carried: null },
  { what: 'none of its fields', fields: { other: 1 }, carried: null },
  { what: 'fields that are wrong', fields: { counter: -1 }, carried: null },
]
for (const { what, fields, carried: expected } of cases) {
  test(`when a value comes with ${what} then onNewer and onKnown are told ${JSON.stringify(expected)}`, () => {
    const { strategy, carried } = counting()
    const { node } = place(strategy)
    assert.equal(node.receive(B, value('a', 1, 1, fields)), 'newer')
    assert.equal(node.receive(B, value('a', 1, 1, fields)), 'same')
    assert.deepEqual(carried, [expected, expected])
  })
}

test('when a client hands over a value then nothing is carried', () => {
  const { strategy, carried } = counting()
  place(strategy).node.receive(null, value('a', 1))
  assert.deepEqual(carried, [null])
})

test('when a value with fields is sent then they travel beside it', () => {
  const { strategy } = counting()
  const { node, host } = place(strategy, { holds: value('a', 1) })
  node.period()
  assert.deepEqual((host.sent()[0]!.message as ValueMessage).fields, { counter: 5 })
})

test('when a strategy carries nothing then it is told null whatever a value comes with', () => {
  const carried: unknown[] = []
  const { node } = place({ summary: 'Listens.', onNewer: (...it: unknown[]) => carried.push(it[3]) })
  node.receive(B, value('a', 1, 1, { counter: 3 }))
  assert.deepEqual(carried, [null])
})

for (const fields of [undefined, {}, { counter: 'three' }]) {
  test(`when the value is sent with ${JSON.stringify(fields)} for a counter then that is a fault`, () => {
    const { node, host } = place(
      { ...counting().strategy, onPeriod: (node: GossipNode) => node.sendValue([B], node.items, fields) },
      { holds: value('a', 1) },
    )
    node.period()
    assert.match(String(host.seen('fault')[0]?.[1]), /onPeriod: the fields of value refused by its schema: /)
    assert.deepEqual(host.sent(), [])
  })
}
