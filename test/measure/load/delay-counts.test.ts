import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DelayCounts } from '../../../src/measure/load/delay-counts.ts'

const SHARES = [0, 0.001, 0.25, 0.5, 0.9, 0.99, 1]

function quantiles(delays: readonly number[]): { told: number[]; exact: number[] } {
  const counts = new DelayCounts()
  // Half of them were counted elsewhere.
  const others = new DelayCounts()
  for (const [i, it] of delays.entries()) (i % 2 === 0 ? counts : others).add(it)
  counts.include(others)
  const sorted = delays.map((it) => Math.max(0, it)).sort((a, b) => a - b)
  const exact = SHARES.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0)
  return { told: counts.quantiles(SHARES), exact }
}

test('when delays are any numbers then each quantile is one of them, and no more than 1/1024 above the exact one', () => {
  const delay = fc.oneof(
    fc.double({ min: -5, max: 1e9, noNaN: true }),
    fc.double({ min: 0, max: 1e-300, noNaN: true }),
  )
  fc.assert(
    fc.property(fc.array(delay, { maxLength: 300, size: 'max' }), (delays) => {
      const { told, exact } = quantiles(delays)
      for (const [i, it] of told.entries()) {
        assert.ok(it === 0 || delays.includes(it), `${it} did not occur`)
        assert.ok(exact[i]! <= it && it <= exact[i]! * (1 + 1 / 1024) + 1e-300, `${it} for ${exact[i]}`)
      }
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('when delays are rounds then quantiles are exact', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2048), { maxLength: 300, size: 'max' }), (delays) => {
      const { told, exact } = quantiles(delays)
      assert.deepEqual(told, exact)
    }),
    { seed: 1, numRuns: 500 },
  )
})
