import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Records } from '../../../src/simulation/queue/records.ts'
import { TimeOrder } from '../../../src/simulation/queue/time-order.ts'

function assertSorted(times: readonly number[], order = new TimeOrder()): void {
  const events = new Records<undefined>()
  for (const it of times) events.add(it, 0, 0, undefined)
  order.sort(events)
  const right = times.map((_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b)
  assert.deepEqual([...order.order.subarray(0, times.length)], right)
}

test('when events are sorted then they are in order of time, and of one time as they came', () => {
  const time = fc.oneof(fc.double({ min: 5, max: 5.015625, noNaN: true }), fc.constantFrom(5, 5.01, 5.001))
  const order = new TimeOrder()
  fc.assert(
    fc.property(fc.array(time, { maxLength: 500 }), (times) => assertSorted(times, order)),
    { seed: 1, numRuns: 300 },
  )
})

test('when nearly all of many fall into one bucket then they are sorted, too', () => {
  const crowd = Array.from({ length: 20_000 }, (_, i) => 1 + ((i * 7919) % 20_000) * 1e-12)
  assertSorted([...crowd, 2, ...crowd])
})
