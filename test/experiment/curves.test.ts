import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Curves, sampleCurve } from '../../src/experiment/curves.ts'

/** With no more digits than a curve keeps. */
const time = fc.integer({ min: 0, max: 999_999 }).map((it) => it / 1000)
const times = fc.array(time, { minLength: 1, maxLength: 150 }).map((all) => Float64Array.from(all).sort())

function curvesOf(runs: readonly Float64Array[], nodes: number): Curves {
  const curves = new Curves()
  for (const it of runs) curves.add(sampleCurve(it, nodes))
  return curves
}

test('when a run has no more nodes than points then its share at a time is the share of its nodes', () => {
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 1000, noNaN: true }), (run, time) => {
      const nodes = run.length + 10
      const { median, low, high } = curvesOf([run], nodes).reached([time])[0]!
      const share = run.filter((it) => it <= time).length / nodes
      for (const it of [median, low, high]) assert.ok(Math.abs(it - share) < 1e-9)
    }),
    { seed: 1 },
  )
})

test('when there are many runs then the median lies in the interval, and all rise with time', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 12 }), (runs) => {
      const reached = curvesOf(runs, 200).reached([0, 10, 200, 1000])
      for (const [i, { median, low, high }] of reached.entries()) {
        assert.ok(low <= median && median <= high && high <= 1)
        const before = reached[i - 1]
        if (before) assert.ok(before.median <= median && before.low <= low && before.high <= high)
      }
    }),
    { seed: 2 },
  )
})

test('when delays are put into bins that hold them all then their shares add up to 1', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 8 }), (runs) => {
      const bins = curvesOf(runs, 200).delays([0, 1, 10, 100, 1000])
      assert.ok(Math.abs(bins.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9)
    }),
    { seed: 3 },
  )
})

test('when a run has many nodes then its sample is as exact as its points are', () => {
  const run = Float64Array.from({ length: 100_000 }, (_, i) => i)
  const { median } = curvesOf([run], 100_000).reached([33_333])[0]!
  assert.ok(Math.abs(median - 1 / 3) <= 1 / 200)
})

test('when there are more runs than are kept then the curve is still that of all', () => {
  const curves = new Curves()
  for (let run = 0; run < 5000; run++) curves.add(sampleCurve(Float64Array.of(run % 2 === 0 ? 1 : 3), 1))
  assert.equal(curves.runs, 5000)
  const [early, late] = curves.reached([2, 3])
  assert.ok(early!.low === 0 && early!.high === 1)
  assert.equal(late!.low, 1)
})
