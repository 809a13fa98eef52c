import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LinkSet } from '../../src/network/link-set.ts'

const SIZE = 6
const nodes = fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 1 })
const change = fc.record({ does: fc.constantFrom('add', 'remove'), from: nodes, to: nodes })

function pairs({ from, to }: { readonly from: Iterable<number>; readonly to: Iterable<number> }): string[] {
  return [...from].flatMap((a) => [...to].map((b) => `${a} ${b}`))
}

test('when ways are added and removed in any order then it has just those, in blocks that do not overlap', () =>
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), nodes, nodes, (changes, from, to) => {
      const ways = new LinkSet()
      const right = new Set<string>()
      for (const it of changes) {
        const block = { from: new Set(it.from), to: new Set(it.to) }
        if (it.does === 'add') ways.add(block)
        else ways.remove(block)
        for (const pair of pairs(block)) {
          if (it.does === 'add') right.add(pair)
          else right.delete(pair)
        }
      }
      const held = ways.blocks.flatMap(pairs)
      assert.deepEqual(held.toSorted(), [...right].sort())
      const asked = { from: new Set(from), to: new Set(to) }
      for (const a of from) for (const b of to) assert.equal(ways.has(a, b), right.has(`${a} ${b}`))
      assert.equal(
        ways.meets(asked),
        pairs(asked).some((it) => right.has(it)),
      )
      assert.deepEqual(
        ways.lacking(asked).flatMap(pairs).sort(),
        pairs(asked)
          .filter((it) => !right.has(it))
          .sort(),
      )
      assert.equal(ways.isEmpty, right.size === 0)
    }),
  ))
