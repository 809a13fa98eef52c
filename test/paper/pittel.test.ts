/** Pittel 1987, "On spreading a rumor", theorem: push reaches all n in log2 n + ln n + O(1) rounds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pushUntilAll } from './push-until-all.ts'
import { mean } from './runs.ts'

/**
 * The O(1) scatters by 1.2 rounds from run to run (the few last nodes wait for luck), so a mean of 12 runs is
 * known to 0.35 and one of 2 runs to 0.85; single runs were seen from -1 to 5.
 */
const CASES = [
  { log2n: 10, runs: 12 },
  { log2n: 11, runs: 12 },
  { log2n: 12, runs: 12 },
  { log2n: 13, runs: 12 },
  { log2n: 14, runs: 12 },
  { log2n: 15, runs: 2 },
  { log2n: 16, runs: 2 },
  { log2n: 17, runs: 1 },
]

test('Pittel 1987: when everyone pushes then all know after log2 n + ln n + O(1) rounds', (t) => {
  const excess = CASES.map(({ log2n, runs }) => {
    const nodes = 2 ** log2n
    const all = Array.from({ length: runs }, (_, run) => pushUntilAll(nodes, run))
    return { log2n, more: mean(all.map(({ tLast }) => tLast - log2n - Math.log(nodes))) }
  })
  for (const { log2n, more } of excess) {
    t.diagnostic(`n = 2^${log2n}: log2 n + ln n ${more < 0 ? '-' : '+'} ${Math.abs(more).toFixed(2)}`)
    assert.ok(more >= -2 && more <= 5, `n = 2^${log2n}: ${more} rounds more than log2 n + ln n`)
  }
  // It does not grow: half a ln n more would be 0.35 a doubling; chance makes 0.1.
  const slope = slopeOf(excess.map(({ log2n, more }) => [log2n, more]))
  t.diagnostic(`a doubling of n adds ${slope.toFixed(2)} to it`)
  assert.ok(Math.abs(slope) <= 0.3, `it grows by ${slope} with each doubling of n`)
})

/** Of the straight line with the least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const x = mean(points.map(([it]) => it))
  const y = mean(points.map(([, it]) => it))
  const products = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0)
  return products / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
}
