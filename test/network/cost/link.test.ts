/** A link carries what it is given in its order, and never more than its rate. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Link } from '../../../src/network/cost/link.ts'
import { ManualClock } from '../../daemon/manual-clock.ts'

const MBIT = 1e6
/** Ms that floating-point numbers may be off. */
const NEAR = 1e-6

function started(rate: number, slowness = () => 1) {
  const clock = new ManualClock()
  const at = (time: number, act: () => void) => clock.after(Math.max(0, time - clock.now()), act)
  const link = new Link(rate, { now: () => clock.now(), at }, slowness)
  const passed: { readonly name: number; readonly at: number }[] = []
  const enter = (name: number, bytes: number, took = 0): void =>
    link.enter(
      bytes,
      () => passed.push({ name, at: clock.now() }),
      () => passed.push({ name: -name, at: clock.now() }),
      took,
    )
  return { clock, link, passed, enter }
}

function assertTimes(passed: readonly { readonly at: number }[], times: readonly number[]): void {
  assert.equal(passed.length, times.length)
  for (const [i, { at }] of passed.entries())
    assert.ok(Math.abs(at - times[i]!) < NEAR, `${at}, not ${times[i]}`)
}

test('when eight messages of 128 KiB leave over 20 Mbit then each takes 52.4288 ms, one after the other', () => {
  const { clock, passed, enter } = started(20 * MBIT)
  for (let i = 1; i <= 8; i++) enter(i, 131_072)
  clock.pass(1000)
  assertTimes(
    passed,
    [1, 2, 3, 4, 5, 6, 7, 8].map((it) => it * 52.4288),
  )
})

test('when a link was idle then the next message begins as it comes', () => {
  const { clock, passed, enter } = started(8 * MBIT)
  enter(1, 1000)
  clock.pass(10)
  enter(2, 2000)
  enter(3, 1000)
  clock.pass(10)
  assertTimes(passed, [1, 12, 13])
})

test('when a message streamed in over a link as fast then a free link holds it up no longer; a slower one does', () => {
  for (const [rate, due] of [
    [8 * MBIT, 4],
    [16 * MBIT, 4],
    [4 * MBIT, 8],
  ] as const) {
    const { clock, passed, enter } = started(rate)
    clock.pass(4)
    enter(1, 4000, 4)
    clock.pass(10)
    assertTimes(passed, [due])
  }
})

test('when two streams come in at once then they share the link', () => {
  const { clock, passed, enter } = started(8 * MBIT)
  clock.pass(4)
  enter(1, 4000, 4)
  enter(2, 4000, 4)
  clock.pass(10)
  assertTimes(passed, [4, 8])
})

test('when its node is slow then what begins takes that much longer, what has begun does not', () => {
  let slowness = 1
  const { clock, passed, enter } = started(8 * MBIT, () => slowness)
  for (let i = 1; i <= 4; i++) enter(i, 1000)
  clock.pass(1.5)
  slowness = 3
  clock.pass(1)
  assertTimes(passed, [1, 2])
  clock.pass(10)
  assertTimes(passed, [1, 2, 5, 8])
})

test('when it is cleared then nothing more passes, what waited is told, and it is free at once', () => {
  const { clock, link, passed, enter } = started(8 * MBIT)
  for (let i = 1; i <= 3; i++) enter(i, 1000)
  clock.pass(1.5)
  link.clear()
  assert.equal(link.size, 0)
  assert.equal(clock.waiting, 0)
  assert.deepEqual(
    passed.map((it) => it.name),
    [1, -2, -3],
  )
  enter(4, 1000)
  clock.pass(10)
  assertTimes(passed.slice(3), [2.5])
})

test('when what passes sets off more then it queues behind what waits', () => {
  const { clock, link, passed, enter } = started(8 * MBIT)
  link.enter(1000, () => enter(3, 1000))
  enter(2, 1000)
  clock.pass(10)
  assert.deepEqual(
    passed.map((it) => it.name),
    [2, 3],
  )
  assertTimes(passed, [2, 3])
})

const message = fc.record({
  pause: fc.nat(50),
  bytes: fc.integer({ min: 1, max: 200_000 }),
  took: fc.nat(30),
})

test('whatever comes: all pass in their order, and between any two moments no more than the rate allows', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 60 }), fc.integer({ min: 1, max: 100 }), (messages, mbit) => {
      const { clock, passed, enter } = started(mbit * MBIT)
      for (const [i, { pause, bytes, took }] of messages.entries()) {
        clock.pass(pause)
        // A message can't have been coming in since before the one that came before it.
        enter(i + 1, bytes, Math.min(took, pause))
      }
      clock.pass(1e9)
      assert.deepEqual(
        passed.map((it) => it.name),
        messages.map((_, i) => i + 1),
      )
      for (let first = 0; first < passed.length; first++) {
        let bits = 0
        for (let last = first + 1; last < passed.length; last++) {
          bits += messages[last]!.bytes * 8
          const ms = passed[last]!.at - passed[first]!.at
          assert.ok(bits <= mbit * 1000 * ms + NEAR * mbit * 1000, `${bits} bits in ${ms} ms`)
        }
      }
    }),
  )
})
