import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Sample } from '../../src/experiment/sample.ts'

test('when there is room then all that comes is kept, in its order', () => {
  const sample = new Sample<number>(3)
  for (const it of [5, 6, 7]) sample.add(it)
  assert.deepEqual([sample.kept, sample.seen], [[5, 6, 7], 3])
})

test('when there is no more room then what is kept is a sample of all, early and late', () => {
  const sample = new Sample<number>(1000)
  for (let i = 0; i < 10_000; i++) sample.add(i)
  assert.deepEqual([sample.kept.length, sample.seen], [1000, 10_000])
  const mean = sample.kept.reduce((sum, it) => sum + it, 0) / 1000
  // The mean of 1,000 of them deviates by 91 (one standard error).
  assert.ok(Math.abs(mean - 4999.5) < 4 * 91, `${mean}`)
  assert.equal(new Set(sample.kept).size, 1000)
})
