import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LineLimiter } from '../../../src/daemon/log/line-limiter.ts'
import { until } from '../until.ts'

test('when lines of a kind are too many then the rest is summed up, and after a while there are more', async () => {
  const limiter = new LineLimiter(3, 200)
  const more: string[] = []
  const told = (text: string) => limiter.admits(text, (it) => void more.push(it))
  const found = Array.from({ length: 10 }, (_, i) => told(`found 127.0.0.1:${i + 1}`))
  assert.deepEqual(found.slice(0, 4), [true, true, true, false])
  assert.ok(told('took a newer value from a client'), 'another kind has its own')
  await until('it is summed up', () => more.length > 0)
  assert.deepEqual(more, ['... 7 more of this kind in the last 0.2 s: found *'])
  assert.ok(told('found [::1]:7000'))
})

test('when strangers make up kinds then all of these share one', () => {
  const limiter = new LineLimiter(3, 60_000)
  const words = 'abcdefghij'.split('')
  const texts = words.flatMap((a) => words.map((b) => `says ${a}${b}`))
  const told = texts.filter((text) => limiter.admits(text, () => {}))
  assert.equal(told.length, 64 + 3)
})
