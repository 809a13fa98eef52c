import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Recent } from '../../../src/gossip/view/recent.ts'

test('when some are added then the last ones come first, each once, none that is not wanted, and no more than are asked for', () => {
  const items = fc.array(fc.nat(20), { maxLength: 100 })
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 10 }), fc.nat(10), (added, most, k) => {
      const it = new Recent<number>(most)
      for (const one of added) it.add(one)
      const inRow = added.filter((one, i) => one !== added[i - 1])
      const isWanted = (one: number): boolean => one % 3 !== 0
      const expected = [...new Set(inRow.slice(-most).reverse().filter(isWanted))].slice(0, k)
      assert.deepEqual(it.last(k, isWanted), expected)
    }),
  )
})
