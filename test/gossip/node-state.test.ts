import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { place } from '../strategy/recording-host.ts'
import { value } from './build.ts'

const rumor = strategy({
  summary: 'Loses interest after some periods.',
  options: { k: z.int().default(2) },
  state: ({ options, number }) => ({ left: options.k, number }),
  onPeriod(node) {
    node.state.left -= 1
  },
  interested: (node) => node.state.left > 0,
})

test('when two nodes run one strategy then each has a state of its own, made from options and number', () => {
  const [one, two] = [place(rumor).node, place(rumor, { options: { k: 9 } }).node]
  one.period()
  assert.deepEqual(one.state, { left: 1, number: 42 })
  assert.deepEqual(two.state, { left: 9, number: 42 })
})

test('when a node holds nothing then it is interested only if its strategy says so', () => {
  assert.equal(place({ summary: 'Does not say.' }).node.interested, false)
  assert.equal(place({ summary: 'Spreads more than values.', interested: () => true }).node.interested, true)
})

test('when a node holds a value then its strategy says whether it is interested', () => {
  const { node } = place(rumor, { holds: value('a', 1) })
  assert.equal(node.interested, true)
  node.period()
  node.period()
  assert.equal(node.interested, false)
})

test('when a strategy does not say then a node that holds a value is interested', () => {
  assert.equal(place({ summary: 'Does nothing.' }, { holds: value('a', 1) }).node.interested, true)
})
