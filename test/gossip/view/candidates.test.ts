import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Candidates } from '../../../src/gossip/view/candidates.ts'
import { addresses, at } from '../build.ts'
import { dice } from '../dice.ts'

test('when anybody tells of anything then no more is kept than the bound, each once, and all of it comes out', () => {
  const who = fc.constantFrom(...addresses(20))
  const step = fc.record({ source: fc.nat(6), address: who, takes: fc.boolean(), drops: fc.option(who) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, seed) => {
      const there = new Set<unknown>()
      const it = new Candidates({ sources: 3, perSource: 2 }, dice(seed), (gone) =>
        assert.ok(there.delete(gone)),
      )
      for (const { source, address, takes, drops } of steps) {
        it.add(source, address)
        there.add(address)
        if (drops !== null) assert.equal(it.drop(drops), there.delete(drops))
        if (takes && it.size > 0) assert.ok(there.delete(it.take()!))
        assert.equal(it.size, there.size)
        assert.ok(it.size <= 6 && addresses(20).every((one) => it.has(one) === there.has(one)))
      }
      while (it.size > 0) assert.ok(there.delete(it.take()!))
      assert.equal(it.take(), undefined)
      assert.equal(there.size, 0)
    }),
  )
})

test('when one tells of very many then what another told of stays', () => {
  const it = new Candidates({ sources: 3, perSource: 4 }, dice(1))
  it.add('honest', at('b'))
  for (const address of addresses(1000)) it.add('liar', address)
  assert.ok(it.has(at('b')))
  assert.equal(it.size, 5)
})
