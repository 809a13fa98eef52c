import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesOf, MOST_EVERY_TWO } from '../../src/experiment/differences.ts'
import { Summary } from '../../src/experiment/summary.ts'
import { randomStream } from '../../src/simulation/random.ts'
import { outcome } from './outcome.ts'

function summaryOf(times: readonly number[], from = 0): Summary {
  const summary = new Summary()
  for (const [i, tLast] of times.entries()) summary.add(outcome({ tLast, run: from + i }))
  return summary
}
const tLastOf = (rows: readonly Summary[]) =>
  differencesOf(rows).map(({ first, second, pairs, differences }) => ({
    first,
    second,
    pairs,
    ...differences.find((it) => it.figure === 'tLast')!,
  }))

test('when luck decides more than the strategy then pairs still tell: each run is better than its own twin', () => {
  const luck = Array.from({ length: 10 }, (_, i) => 100 * ((i * 7) % 10))
  const [found] = tLastOf([summaryOf(luck), summaryOf(luck.map((it, i) => it + 1 + i / 100))])
  assert.ok(found!.isSignificant && found!.mean > 1 && found!.mean < 1.1)
  assert.equal(found!.p, 2 / 2 ** 10)
  const [low, high] = found!.meanInterval!
  assert.ok(low > 1 && high < 1.1, `${low} ${high}`)
})

test('when runs are not of the same number then they are no pair', () => {
  const [found] = tLastOf([summaryOf([1, 2, 3], 0), summaryOf([1, 2, 3], 2)])
  assert.deepEqual([found!.pairs, found!.mean], [1, -2])
  assert.deepEqual([found!.isSignificant, found!.meanInterval], [false, undefined])
})

test('when a row is compared with itself then nothing differs', () => {
  const times = [1, 5, 3, 8, 2, 9, 4]
  for (const { differences } of differencesOf([summaryOf(times), summaryOf(times)]))
    for (const it of differences) assert.deepEqual([it.mean, it.p, it.isSignificant], [0, 1, false])
})

test('when there are few rows then every two are compared, when many each with the first', () => {
  const rows = (count: number) => Array.from({ length: count }, () => summaryOf([1, 2]))
  assert.equal(differencesOf(rows(MOST_EVERY_TWO)).length, (MOST_EVERY_TWO * (MOST_EVERY_TWO - 1)) / 2)
  const many = differencesOf(rows(30))
  assert.deepEqual(
    many.map(({ first, second }) => [first, second]),
    Array.from({ length: 29 }, (_, i) => [0, i + 1]),
  )
  assert.deepEqual(differencesOf(rows(1)), [])
})

test('when five strategies are alike then all ten comparisons together alarm in about 5% of all experiments at most', () => {
  const draws = randomStream(5, 0, 'sample')
  const experiments = 400
  let alarms = 0
  for (let i = 0; i < experiments; i++) {
    const rows = Array.from({ length: 5 }, () =>
      summaryOf(Array.from({ length: 20 }, () => -Math.log(1 - draws.random()))),
    )
    if (tLastOf(rows).some(({ isSignificant }) => isSignificant)) alarms += 1
  }
  // The standard deviation of 5% is 1.1%; 3 of these.
  assert.ok(alarms / experiments < 0.083, `${alarms / experiments}`)
})

test('when there are more runs than are kept then the same are kept of both, so that they are pairs', () => {
  const times = Array.from({ length: 10_500 }, (_, i) => i)
  const [found] = tLastOf([summaryOf(times), summaryOf(times.map((it) => it + 1))])
  assert.deepEqual([found!.pairs, found!.mean, found!.isSignificant], [10_000, 1, true])
})
