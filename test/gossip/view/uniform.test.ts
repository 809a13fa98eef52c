import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, numberOf } from '../../../src/gossip/view/node-number.ts'
import { UniformView } from '../../../src/gossip/view/uniform.ts'
import { addresses, at } from '../build.ts'
import { dice } from '../dice.ts'
import { NamedView } from '../named-view.ts'

test('when many nodes pick from one array then none picks itself and the array stays as it was', () => {
  const everyone = addresses(6)
  const random = dice(1)
  for (const self of addresses(6)) {
    const picked = new NamedView(self, everyone).pick(99, [], random)
    assert.deepEqual(
      picked.sort(),
      addresses(6).filter((it) => it !== self),
    )
  }
  assert.deepEqual(everyone, addresses(6))
})

test('when some are excepted, as a list or as a set, then they are not picked', () => {
  const view = new NamedView(at('p0'), addresses(4))
  for (const except of [[at('p1'), at('p3')], new Set([at('p1'), at('p3')])]) {
    assert.deepEqual(view.pick(9, except, dice(1)), ['p2'])
  }
})

test('when a list of excepted peers holds nobody then all can be picked', () => {
  const view = new NamedView(at('p0'), addresses(3))
  assert.deepEqual(view.pick(9, [null, undefined], dice(1)).sort(), ['p1', 'p2'])
})

test('when nodes are numbered then no address is falsy, and each gives back its number', () => {
  const view = new UniformView(1, 3)
  assert.deepEqual(view.list().map(numberOf), [0, 2])
  assert.ok(view.list().every(Boolean))
  assert.deepEqual(view.pick(9, [addressOf(0)], dice(1)).map(numberOf), [2])
})

test('when the view is asked for its peers then it names and counts all but the node itself', () => {
  const view = new NamedView(at('p1'), addresses(3))
  assert.deepEqual(view.list(), ['p0', 'p2'])
  assert.equal(view.size, 2)
})

test('when peers speak or time passes then nobody is new and nobody is gone', () => {
  const view = new NamedView(at('p1'), addresses(3))
  view.period()
  assert.deepEqual(view.heard(), { up: [], gone: [] })
})
