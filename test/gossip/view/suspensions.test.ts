import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pauseAfter, Suspensions } from '../../../src/gossip/view/suspensions.ts'
import { at } from '../build.ts'

for (const { times, pause } of [
  { times: 1, pause: 1000 },
  { times: 2, pause: 2000 },
  { times: 3, pause: 4000 },
  { times: 6, pause: 32_000 },
  { times: 7, pause: 60_000 },
  { times: 5000, pause: 60_000 },
]) {
  test(`when a peer failed ${times} times in a row then it is passed over for ${pause} ms`, () => {
    assert.equal(pauseAfter(times), pause)
  })
}

test('when a peer fails then it is passed over until its pause is over, and failed until it is reached', () => {
  let now = 100
  const it = new Suspensions(() => now)
  assert.equal(it.add(at('b')), true)
  now = 1099
  assert.ok(it.isOn(at('b')))
  now = 1100
  assert.ok(!it.isOn(at('b')) && it.has(at('b')))
  assert.equal(it.add(at('b')), false)
  now = 3099
  assert.ok(it.isOn(at('b')))
  assert.equal(it.end(at('b')), true)
  assert.ok(!it.has(at('b')) && it.size === 0 && !it.end(at('b')))
})
