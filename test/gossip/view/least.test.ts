import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { least } from '../../../src/gossip/view/least.ts'

test('when the least of some are asked for then they are the first that a stable sort of all would give', () => {
  const items = fc.array(fc.record({ amount: fc.nat(8), name: fc.nat() }), { maxLength: 60 })
  fc.assert(
    fc.property(items, fc.nat(10), (all, k) => {
      const sorted = all.toSorted((a, b) => a.amount - b.amount)
      assert.deepEqual(
        least(new Set(all), k, ({ amount }) => amount),
        sorted.slice(0, k),
      )
    }),
  )
})
