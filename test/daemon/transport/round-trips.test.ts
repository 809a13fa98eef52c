import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RoundTrips } from '../../../src/daemon/transport/round-trips.ts'
import { at } from '../../gossip/build.ts'

const A = at('a')
const B = at('b')

function trips(max = 10) {
  const clock = { ms: 0 }
  return { clock, it: new RoundTrips(max, () => clock.ms) }
}

function answers(it: RoundTrips, clock: { ms: number }, ms: number, peer = A): void {
  it.asked(peer)
  clock.ms += ms
  it.answered(peer)
}

test('when a peer has never answered then nothing is known of it', () => {
  const { it } = trips()
  it.asked(A)
  assert.equal(it.of(A), undefined)
  it.answered(B)
  assert.equal(it.of(B), undefined, 'what nobody asked for is no answer')
})

test('when a peer answers then the first counts whole and each later one an eighth', () => {
  const { it, clock } = trips()
  answers(it, clock, 80)
  assert.equal(it.of(A), 80)
  answers(it, clock, 160)
  assert.equal(it.of(A), 90)
  for (let i = 0; i < 100; i++) answers(it, clock, 20)
  assert.ok(Math.abs(it.of(A)! - 20) < 0.01)
})

test('when the connection had to be opened first then that time does not count', () => {
  const { it, clock } = trips()
  it.asked(A)
  clock.ms += 1000
  it.opened(A)
  clock.ms += 30
  it.answered(A)
  assert.equal(it.of(A), 30)
})

test('when a peer is asked again before it answers then it counts from the first question', () => {
  const { it, clock } = trips()
  it.asked(A)
  clock.ms += 10
  it.asked(A)
  clock.ms += 10
  it.answered(A)
  assert.equal(it.of(A), 20)
})

test('when a peer was lost then what was asked before is not taken for slow', () => {
  const { it, clock } = trips()
  answers(it, clock, 10)
  it.asked(A)
  it.lost(A)
  clock.ms += 60_000
  answers(it, clock, 10)
  assert.equal(it.of(A), 10)
})

test('when there are more peers than are remembered then the one asked longest ago is forgotten', () => {
  const { it, clock } = trips(2)
  for (const name of ['a', 'b', 'a', 'c']) answers(it, clock, 10, at(name))
  assert.deepEqual(
    [A, B, at('c')].map((peer) => it.of(peer)),
    [10, undefined, 10],
  )
})
