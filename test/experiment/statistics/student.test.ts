import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meanInterval, t95, within } from '../../../src/experiment/statistics/student.ts'
import { randomStream } from '../../../src/simulation/random.ts'

/** Gosset's table, two-sided 5%, as every textbook prints it (scipy.stats.t.ppf(0.975, freedom)). */
const TABLE = [
  [1, 12.706205],
  [2, 4.302653],
  [3, 3.182446],
  [4, 2.776445],
  [5, 2.570582],
  [9, 2.262157],
  [10, 2.228139],
  [19, 2.093024],
  [29, 2.04523],
  [60, 2.000298],
  [120, 1.97993],
  [1000, 1.962339],
] as const
for (const [freedom, t] of TABLE) {
  test(`when there are ${freedom} degrees of freedom then t is ${t}`, () => {
    assert.ok(Math.abs(t95(freedom) - t) < 1e-6 * t, `${t95(freedom)}`)
  })
}

test('when there are very many then t comes down to that of the normal distribution, without a step', () => {
  assert.ok(Math.abs(t95(10_000) - t95(10_001)) < 1e-7)
  assert.ok(Math.abs(t95(10_000_000) - 1.959964) < 1e-6)
  assert.ok(Math.abs(within(1, 1) - 0.5) < 1e-12, 'Cauchy: half lies between -1 and 1')
  assert.ok(Math.abs(within(Math.SQRT2, 2) - Math.SQRT1_2) < 1e-12)
})

test('when the numbers are those of a textbook then so is the interval', () => {
  // 1 to 5: mean 3, standard deviation 1.5811, t(4) 2.7764, so 3 -+ 1.9632.
  const [low, high] = meanInterval(3, 10, 5)!
  assert.ok(Math.abs(low - 1.036757) < 1e-6 && Math.abs(high - 4.963243) < 1e-6, `${low} ${high}`)
})

test('when there is one run then there is no interval, when all are alike then it is a point', () => {
  assert.equal(meanInterval(3, 0, 1), undefined)
  assert.deepEqual(meanInterval(3, 0, 2), [3, 3])
})

test('when experiments of ten are made then about 95% of the intervals hold the true mean', () => {
  const draws = randomStream(6, 0, 'sample')
  const normal = () => Math.sqrt(-2 * Math.log(1 - draws.random())) * Math.cos(2 * Math.PI * draws.random())
  let held = 0
  const count = 4000
  for (let i = 0; i < count; i++) {
    const values = Array.from({ length: 10 }, normal)
    const mean = values.reduce((sum, it) => sum + it) / 10
    const [low, high] = meanInterval(
      mean,
      values.reduce((sum, it) => sum + (it - mean) ** 2, 0),
      10,
    )!
    if (low <= 0 && 0 <= high) held += 1
  }
  // The standard deviation is 0.34%; 4 of these.
  assert.ok(Math.abs(held / count - 0.95) < 0.014, `${held / count}`)
})
