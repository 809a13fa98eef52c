/** The clock of a slow node: what waits by it takes longer, for as long as it is slow. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slowed } from '../../src/daemon/clock.ts'
import { ManualClock } from './manual-clock.ts'

function slow(factor: number) {
  const clock = new ManualClock()
  const now = { factor }
  const rung: number[] = []
  return { clock, now, rung, its: slowed(clock, () => now.factor), ring: () => void rung.push(clock.now()) }
}

for (const [factor, ms, rings] of [
  [1, 70, 70],
  [1, 5000, 5000],
  [3, 20, 60],
  [3, 1000, 3000],
  [7, 33, 231],
] as const) {
  test(`when a clock is ${factor} times as slow then ${ms} ms take ${rings}`, () => {
    const { clock, rung, its, ring } = slow(factor)
    its.after(ms, ring)
    clock.pass(10_000)
    assert.equal(rung.length, 1)
    assert.ok(Math.abs(rung[0]! - rings) < 1e-6, `${rung[0]}`)
  })
}

test('when it is fast again then what waits does so no longer than it would have from there on', () => {
  const { clock, now, rung, its, ring } = slow(10)
  its.after(1000, ring)
  clock.pass(5000)
  now.factor = 1
  clock.pass(700)
  // Half of it is over; it finds that out within 100 ms.
  assert.equal(rung.length, 1)
  assert.ok(rung[0]! >= 5500 && rung[0]! <= 5600, `${rung[0]}`)
})

test('when what waits is called off then it does not ring, at whatever moment', () => {
  for (const ms of [0, 50, 150, 990]) {
    const { clock, rung, its, ring } = slow(10)
    const callOff = its.after(100, ring)
    clock.pass(ms)
    callOff()
    clock.pass(10_000)
    assert.deepEqual(rung, [])
    assert.equal(clock.waiting, 0)
  }
})

test('when a clock is slow then its time goes on as before', () => {
  const { clock, its } = slow(10)
  clock.pass(5)
  assert.deepEqual([its.now(), its.wall(), its.origin], [5, 5, 0])
})
