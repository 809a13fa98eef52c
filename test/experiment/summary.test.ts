import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Summary } from '../../src/experiment/summary.ts'
import { outcome } from './outcome.ts'

function summaryOf(values: readonly number[]): Summary {
  const summary = new Summary()
  for (const tLast of values) summary.add(outcome({ tLast }))
  return summary
}

test('when there is one run then it is the median and both ends', () => {
  assert.deepEqual(summaryOf([7]).of('tLast'), { median: 7, low: 7, high: 7, mean: 7 })
})

test('when there is an even number of runs then the median is the mean of the two in the middle', () => {
  assert.equal(summaryOf([9, 1, 4, 2]).of('tLast').median, 3)
  assert.equal(summaryOf([9, 1, 4]).of('tLast').median, 4)
})

test('when there are the numbers 1 to 1000 in any order then 95% lie between 25 and 975', () => {
  const values = Array.from({ length: 1000 }, (_, i) => ((i * 617) % 1000) + 1)
  const { meanInterval, ...rest } = summaryOf(values).of('tLast')
  assert.deepEqual(rest, { median: 500.5, low: 25, high: 975, mean: 500.5 })
  // Standard deviation sqrt(1000 * 1001 / 12), t(999) 1.96234.
  assert.deepEqual(
    meanInterval?.map((it) => Number(it.toFixed(2))),
    [482.58, 518.42],
  )
})

test('when there are more runs than are kept then count and mean are exact, and the median is close', () => {
  const count = 40_000
  const summary = summaryOf(Array.from({ length: count }, (_, i) => i))
  const { median, low, high, mean } = summary.of('tLast')
  assert.equal(summary.runs, count)
  assert.equal(mean, (count - 1) / 2)
  // Of 10,000 the median's rank has a standard deviation of 0.5%, the ends' of 0.16%; 5 of these.
  assert.ok(Math.abs(median / count - 0.5) < 0.025, `${median}`)
  assert.ok(Math.abs(low / count - 0.025) < 0.008, `${low}`)
  assert.ok(Math.abs(high / count - 0.975) < 0.008, `${high}`)
})

test('when the same runs come then the same is kept of them', () => {
  const values = Array.from({ length: 15_000 }, (_, i) => (i * 7919) % 15_000)
  assert.deepEqual(summaryOf(values).of('tLast'), summaryOf(values).of('tLast'))
})

test('when some runs were cut off then they are counted', () => {
  const summary = new Summary()
  for (const ended of ['done', 'limit', 'done', 'limit'] as const) summary.add(outcome({ ended }))
  assert.equal(summary.cutOff, 2)
})

test('when runs only estimate then their estimates are summed up, and how far these are apart', () => {
  const summary = new Summary()
  for (const [least, greatest, after] of [
    [4, 5, 10],
    [-2, 2, 30],
    [3, 3, 20],
  ] as const)
    summary.add(outcome({ traffic: 0, reports: { mean: { least, greatest, after } } }))
  assert.equal(summary.onlyEstimates, true)
  assert.deepEqual(summary.estimates, ['mean'])
  const { meanInterval, ...after } = summary.ofEstimate('mean', 'after')
  assert.deepEqual(after, { median: 20, low: 10, high: 30, mean: 20 })
  // Standard deviation 10, t(2) 4.302653.
  assert.deepEqual(
    meanInterval?.map((it) => it.toFixed(3)),
    ['-4.841', '44.841'],
  )
  assert.deepEqual(summary.ofEstimate('mean', 'greatest').median, 3)
  const { median, low, high } = summary.ofEstimate('mean', 'apart')
  assert.deepEqual([median, low, high], [0.2, 0, 2])
})

test('when a run carried a value, or reports nothing, then it does not only estimate', () => {
  const reports = { mean: { least: 1, greatest: 1, after: 1 } }
  for (const other of [outcome({ reports }), outcome({ traffic: 0 })]) {
    const summary = new Summary()
    summary.add(outcome({ traffic: 0, reports }))
    summary.add(other)
    assert.equal(summary.onlyEstimates, false)
  }
  assert.equal(new Summary().onlyEstimates, false)
})

test('when nodes can not be reached in some run then the most are remembered', () => {
  const summary = new Summary()
  for (const unreachable of [3, 9, 0]) summary.add(outcome({ unreachable }))
  summary.add(outcome())
  assert.equal(summary.unreachable, 9)
})

test('when one looks for the run that went worst then it is named: who left out most, then who took longest', () => {
  const worst = (...runs: readonly (readonly [residue: number, tLast: number])[]) => {
    const summary = new Summary()
    for (const [run, [residue, tLast]] of runs.entries()) summary.add(outcome({ run, residue, tLast }))
    return summary.worst
  }
  assert.equal(worst([0, 5], [0, 9], [0, 9]), 1)
  assert.equal(worst([0, 9], [0.1, 5], [0.1, 6], [0, 50]), 2)
  assert.equal(worst(), undefined)
})

test('when runs only estimate then the worst is the one whose estimates are furthest apart', () => {
  const summary = new Summary()
  for (const [run, greatest] of [10, 12, 11].entries())
    summary.add(outcome({ run, traffic: 0, reports: { mean: { least: 10, greatest, after: 5 } } }))
  assert.equal(summary.worst, 1)
})
