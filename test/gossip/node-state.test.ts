import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { place } from '../strategy/recording-host.ts'
import { value } from './build.ts'

const counting = strategy({
  summary: 'Comes to rest after some periods.',
  options: { k: z.int().default(2) },
  state: ({ options, number }) => ({ left: options.k, number }),
  onPeriod(node) {
    node.state.left -= 1
  },
  settled: ({ left }) => left <= 0,
})

test('when two nodes run one strategy then each has a state of its own, made from options and number', () => {
  const [one, two] = [place(counting).node, place(counting, { options: { k: 9 } }).node]
  one.period()
  assert.deepEqual(one.state, { left: 1, number: 42 })
  assert.deepEqual(two.state, { left: 9, number: 42 })
})

test('when a node holds nothing then it is interested only while what it computes has not come to rest', () => {
  assert.equal(place({ summary: 'Does not say.' }).node.interested, false)
  assert.equal(place({ summary: 'Spreads what it holds.', interested: () => true }).node.interested, false)
  assert.equal(place({ summary: 'Computes.', settled: () => false }).node.interested, true)
})

test('when a node holds a value then its strategy says whether it is interested', () => {
  const rumor = strategy({
    summary: 'Loses interest after some periods.',
    options: { k: z.int().default(2) },
    item: ({ options }) => ({ left: options.k }),
    onPeriod(node) {
      for (const { state } of node.items) state.left -= 1
    },
    interested: ({ state }, { k }) => state.left > 0 && k > 0,
  })
  const { node } = place(rumor, { holds: value('a', 1) })
  assert.equal(node.interested, true)
  node.period()
  assert.equal(node.interested, true)
  node.period()
  assert.equal(node.interested, false)
})

test('when what it computes comes to rest then it is interested no longer, whatever it holds', () => {
  const { node } = place(counting, { holds: value('a', 1) })
  assert.equal(node.interested, true)
  node.period()
  node.period()
  assert.equal(node.interested, false)
})

test('when it spreads and computes then it is interested until both are over', () => {
  const both = {
    ...counting,
    item: () => ({ hot: true }),
    interested: ({ state }: { state: { hot: boolean } }) => state.hot,
  }
  const { node } = place(both, { holds: value('a', 1) })
  for (let i = 0; i < 2; i++) node.period()
  assert.equal(node.interested, true)
})

test('when a strategy does not say then a node that holds a value is interested', () => {
  assert.equal(place({ summary: 'Does nothing.' }, { holds: value('a', 1) }).node.interested, true)
})
