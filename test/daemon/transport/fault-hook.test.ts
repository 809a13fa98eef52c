import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fate, FaultHook, MAX_UNDER_WAY } from '../../../src/daemon/transport/fault-hook.ts'
import { ManualClock } from '../manual-clock.ts'

/** Carries one message that suffers this. */
function carry(fate: Fate | undefined) {
  const told: string[] = []
  const clock = new ManualClock()
  const carrier = new FaultHook(fate && { fate: () => fate }, clock)
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
