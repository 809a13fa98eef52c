/** A node that starts with a value that it kept from before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy } from '../../src/gossip/strategy.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import pushSum from '../../src/strategy/push-sum.ts'
import rumor from '../../src/strategy/rumor.ts'
import { place } from '../strategy/recording-host.ts'
import { said } from '../strategy/said.ts'
import { nameOf } from './build.ts'

const KEPT = [{ key: '', value: 'kept', timestamp: 5 }]

test('when a value comes back then the strategy hears of it as of news from a client', () => {
  const calls: unknown[] = []
  const noting = strategy({
    summary: 'Notes what it is told.',
    onNewer: (_node, item, from, carried) => void calls.push([item.name, from, carried]),
  })
  const { node, host } = place(noting)
  node.restore(KEPT)
  assert.deepEqual(calls, [[nameOf(KEPT[0]!), null, null]])
  assert.deepEqual(host.seen('updated', 'received'), [], 'it took nothing')
})

test('when a strategy has a handler of its own for that then it is called instead', () => {
  const calls: string[] = []
  const noting = strategy({
    summary: 'Notes what it is told.',
    onNewer: () => void calls.push('newer'),
    onRestored: () => void calls.push('restored'),
  })
  const { node } = place(noting)
  node.restore(KEPT)
  assert.deepEqual(calls, ['restored'])
})

test('when a rumor comes back then it is hot, and spread again', () => {
  const { node, host } = place(rumor, { peers: 1 })
  node.restore(KEPT)
  assert.equal(node.interested, true)
  node.period()
  assert.deepEqual(said(host), ['value>p0'])
})

test('when a value comes back to one that tells each value once then it tells it', () => {
  const { node, host } = place(infectAndDie, { peers: 1, options: { fanout: 1 } })
  node.restore(KEPT)
  assert.deepEqual(said(host), ['value>p0'])
})

test('when a value comes back then no sum is asked for anew', () => {
  const { node } = place(pushSum, { peers: 1, options: { aggregate: 'sum' } })
  node.restore(KEPT)
  assert.equal((node.state as { weight: number }).weight, 0)
})

test('when many values come back then the strategy is told of each, when all of them are held', () => {
  const calls: unknown[] = []
  const it = strategy({
    summary: 'Notes what it is told.',
    onRestored: (node, { key }) => void calls.push([key, node.items.length]),
  })
  const { node } = place(it)
  const kept = ['b', 'a', ''].map((key, i) => ({ key, value: i === 1 ? null : 'x', timestamp: i }))
  node.restore(kept)
  assert.deepEqual(calls, [
    ['b', 3],
    ['a', 3],
    ['', 3],
  ])
  assert.deepEqual(
    node.values().map(({ key, value, timestamp }) => ({ key, value, timestamp })),
    kept,
  )
  assert.equal(node.count, 2)
})
