import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pick } from '../../../src/gossip/view/pick.ts'
import { dice, script } from '../dice.ts'

const arbitrary = fc.record({
  items: fc.uniqueArray(fc.integer(), { maxLength: 30 }),
  k: fc.nat(40),
  skipEvery: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer(),
})

test('when items are picked then each is there once, none is skipped, and as many as there are', () => {
  fc.assert(
    fc.property(arbitrary, ({ items, k, skipEvery, seed }) => {
      const skipped = new Set(items.filter((_, i) => i % skipEvery === 0))
      const picked = pick(items, k, dice(seed), (it) => skipped.has(it))
      assert.equal(new Set(picked).size, picked.length)
      assert.ok(picked.every((it) => items.includes(it) && !skipped.has(it)))
      assert.equal(picked.length, Math.min(k, items.length - skipped.size))
    }),
  )
})

test('when items were picked then their array is as it was', () => {
  fc.assert(
    fc.property(arbitrary, ({ items, k, skipEvery, seed }) => {
      const before = [...items]
      pick(items, k, dice(seed), (it) => before.indexOf(it) % skipEvery === 0)
      assert.deepEqual(items, before)
    }),
  )
})

for (const k of [0, -1, Number.NaN]) {
  test(`when ${k} items are asked for then none is picked and no die is thrown`, () => {
    assert.deepEqual(pick(['a', 'b'], k, script()), [])
  })
}

test('when every item is skipped then none is picked', () => {
  assert.deepEqual(
    pick(['a', 'b', 'c'], 2, dice(1), () => true),
    [],
  )
})

test('when the dice show their least and greatest then the first and the last item are picked', () => {
  assert.deepEqual(pick(['a', 'b', 'c'], 1, script(0)), ['a'])
  assert.deepEqual(pick(['a', 'b', 'c'], 1, script(1 - Number.EPSILON / 2)), ['c'])
})

test('when few of many items are picked then as many dice are thrown as items picked', () => {
  assert.equal(pick([...Array(1000).keys()], 3, script(0.1, 0.5, 0.9)).length, 3)
})
