import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Fate,
  FaultHook,
  MAX_UNDER_WAY,
  type NetworkCosts,
} from '../../../src/daemon/transport/fault-hook.ts'
import { ManualClock } from '../manual-clock.ts'

/** Carries one message that suffers this. */
function carry(fate: Fate | undefined, costs?: (clock: ManualClock) => NetworkCosts) {
  const told: string[] = []
  const clock = new ManualClock()
  const carrier = new FaultHook(fate && { fate: () => fate, costs: costs?.(clock) }, clock)
  const once = (): void =>
    carrier.carry(
      { to: 'x:1', what: 'gossip', bytes: 100 },
      () => told.push('came'),
      (why, isCut) => told.push(`${why}${isCut ? ', cut' : ''}`),
    )
  once()
  return { told, once, carrier, clock }
}

const fates: [fate: Fate | undefined, told: string[]][] = [
  [undefined, ['came']],
  [{ isCut: false, delays: [0] }, ['came']],
  [{ isCut: false, delays: [0, 0] }, ['came', 'came']],
  [{ isCut: false, delays: [] }, ['the network lost it']],
  [{ isCut: true, delays: [] }, ['the way is cut, cut']],
]
for (const [fate, told] of fates) {
  test(`when the network does ${JSON.stringify(fate)} then it is told: ${told}`, () =>
    assert.deepEqual(carry(fate).told, told))
}

test('when a message is delayed then it comes later', () => {
  const { told, clock } = carry({ isCut: false, delays: [1, 20] })
  assert.deepEqual(told, [])
  clock.pass(19)
  assert.deepEqual(told, ['came'])
  clock.pass(1)
  assert.deepEqual(told, ['came', 'came'])
})

test('when its node stops then what is under way does not come', () => {
  const { told, carrier, clock } = carry({ isCut: false, delays: [1] })
  carrier.stop()
  clock.pass(20)
  assert.deepEqual(told, [])
})

test('when too much is under way then more is lost, until some has come', () => {
  const { told, once, clock } = carry({ isCut: false, delays: [1] })
  for (let i = 1; i < MAX_UNDER_WAY; i++) once()
  assert.deepEqual(told, [])
  once()
  assert.deepEqual(told.splice(0), ['too much is under way'])
  clock.pass(1)
  assert.equal(told.splice(0).length, MAX_UNDER_WAY)
  once()
  assert.deepEqual(told, [])
  clock.pass(1)
  assert.equal(told.length, 1)
})

/** Up and down, each with time of its own, in ms; what is told as it is handled. */
function costing(up: number, down: number, handling: number, stopped: () => void = () => {}) {
  return (clock: ManualClock): NetworkCosts => ({
    leave: (_to, bytes, left) => void clock.after(up * bytes, () => left(up * bytes)),
    arrive: (_to, bytes, took, arrived) => void clock.after(down * bytes - took, arrived),
    handling: () => handling,
    stop: stopped,
  })
}

test('when it costs to send then a message leaves, is under way, comes in and is handled, one after the other', () => {
  const { told, clock } = carry({ isCut: false, delays: [5, 10] }, costing(1, 1.5, 3))
  // 100 ms up, 5 and 10 on the way, 50 more down, and 3.
  clock.pass(157.9)
  assert.deepEqual(told, [])
  clock.pass(0.2)
  assert.deepEqual(told, ['came'])
  clock.pass(5)
  assert.deepEqual(told, ['came', 'came'])
})

test('when a message is lost then it has left all the same, and is told to be lost once', () => {
  const { told, clock } = carry({ isCut: false, delays: [] }, costing(1, 1, 0))
  assert.deepEqual(told, ['the network lost it'])
  assert.equal(clock.waiting, 1)
  clock.pass(1000)
  assert.deepEqual(told, ['the network lost it'])
})

test('when a way is cut then nothing leaves', () => {
  const { told, clock } = carry({ isCut: true, delays: [] }, costing(1, 1, 0))
  assert.deepEqual(told, ['the way is cut, cut'])
  assert.equal(clock.waiting, 0)
})

test('when its node stops then what is on links does not come, and they are told', () => {
  for (const ms of [50, 102, 120]) {
    let stops = 0
    const { told, carrier, clock } = carry(
      { isCut: false, delays: [5] },
      costing(1, 1.5, 3, () => (stops += 1)),
    )
    clock.pass(ms)
    carrier.stop()
    clock.pass(1000)
    assert.deepEqual([told, stops], [[], 1])
  }
})

test('when too much waits on links then more is lost', () => {
  const { told, once, clock } = carry({ isCut: false, delays: [1] }, costing(1, 1, 0))
  for (let i = 1; i < MAX_UNDER_WAY; i++) once()
  assert.deepEqual(told, [])
  once()
  assert.deepEqual(told.splice(0), ['too much is under way'])
  clock.pass(1000)
  assert.equal(told.length, MAX_UNDER_WAY)
})
