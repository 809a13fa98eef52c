import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Bitset } from '../../../src/simulation/queue/bitset.ts'

const COUNT = 256
const slot = fc.nat(COUNT - 1)

test('when slots are filled and emptied then the next one is the first that is still filled', () => {
  fc.assert(
    fc.property(fc.uniqueArray(slot, { minLength: 1 }), fc.array(slot), slot, (filled, emptied, from) => {
      const slots = new Bitset(COUNT)
      for (const it of filled) slots.fill(it)
      for (const it of emptied) slots.empty(it)
      const left = filled.filter((it) => it >= from && !emptied.includes(it)).sort((a, b) => a - b)
      fc.pre(left.length > 0)
      assert.equal(slots.next(from), left[0])
    }),
    { seed: 1, numRuns: 1000 },
  )
})
