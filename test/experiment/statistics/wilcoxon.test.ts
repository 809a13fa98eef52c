import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signedRank } from '../../../src/experiment/statistics/wilcoxon.ts'
import { randomStream } from '../../../src/simulation/random.ts'

const near = (is: number, expected: number, off = 1e-9) =>
  assert.ok(Math.abs(is - expected) <= off, `${is} instead of ${expected}`)

test("when the differences are Darwin's (1876, heights of maize) then p is that of scipy.stats.wilcoxon", () => {
  near(signedRank([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]), 0.041259765625)
})

test('when they are those of Hollander and Wolfe 1973 (depression scale) then p is that of R, wilcox.test(paired)', () => {
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
  near(signedRank(before.map((it, i) => it - after[i]!)), 0.0390625)
})

test('when all lean to one side then p is twice that of so many heads in a row', () => {
  for (const count of [1, 2, 5, 6, 20, 50])
    near(signedRank(Array.from({ length: count }, (_, i) => i + 1)), 2 / 2 ** count)
  near(signedRank([3, 3, 3]), 0.25)
})

test('when some are equal or 0 then p is exact all the same: all signs are counted', () => {
  const differences = [0, 1, 1, -1, 2, 2, 5]
  const told = differences.filter((it) => it !== 0)
  // Ranks by hand: 1, 1 and 1 share 2, both 2 share 4.5, 5 has 6.
  const ranks = [2, 2, 2, 4.5, 4.5, 6]
  const sumOf = (signs: (i: number) => boolean) => ranks.reduce((sum, it, i) => sum + (signs(i) ? it : 0), 0)
  const seen = Math.abs(sumOf((i) => told[i]! > 0) - 10.5)
  let extreme = 0
  for (let signs = 0; signs < 64; signs++)
    if (Math.abs(sumOf((i) => ((signs >> i) & 1) === 1) - 10.5) >= seen) extreme += 1
  near(signedRank(differences), extreme / 64)
})

test('when none differs, or there is none, then there is nothing to tell', () => {
  assert.equal(signedRank([0, 0, 0]), 1)
  assert.equal(signedRank([]), 1)
})

test('when there are more than are counted then the normal distribution says about the same', () => {
  // Ranks 1 to 60, those divisible by 3 negative: 630 of 1830, mean 915, deviation sqrt(60 * 61 * 121 / 24) = 135.84.
  const sixty = Array.from({ length: 60 }, (_, i) => ((i + 1) % 3 === 0 ? -1 : 1) * (i + 1))
  // 2 * (1 - Phi(2.09806)), scipy.stats.norm.sf.
  near(signedRank(sixty), 0.0359, 1e-4)
  // The same of fifty, of which all signs are counted: 408 of 1275, z 2.2154, scipy.stats.wilcoxon(method='approx') 0.0267.
  near(signedRank(sixty.slice(0, 50)), 0.0267, 1e-3)
})

for (const [count, shape] of [
  [20, 'heavy'],
  [20, 'whole numbers'],
  [80, 'heavy'],
] as const) {
  test(`when two are alike (${count} pairs, ${shape}) then about 5% are called different, not more`, () => {
    const draws = randomStream(count, shape.length, 'sample')
    const value = () => (shape === 'heavy' ? 1 / (1 - draws.random()) : Math.floor(5 * draws.random()))
    const rounds = 3000
    let alarms = 0
    for (let i = 0; i < rounds; i++)
      if (signedRank(Array.from({ length: count }, () => value() - value())) < 0.05) alarms += 1
    // The standard deviation is 0.4%; 3 of these. Counting can't hit 5% exactly.
    assert.ok(alarms / rounds < 0.062 && alarms / rounds > 0.036, `${alarms / rounds}`)
  })
}
