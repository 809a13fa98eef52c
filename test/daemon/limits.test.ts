import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS, describeLimits, LIMITS, limitsWith, parseLimit } from '../../src/daemon/limits.ts'

test('when a limit is named then its number is read in its unit', () => {
  assert.deepEqual(parseLimit('maxPeers=10'), ['maxPeers', 10])
  assert.deepEqual(parseLimit('maxLine=128KiB'), ['maxLine', 131_072])
  assert.deepEqual(parseLimit('maxBuffered=1MiB'), ['maxBuffered', 1_048_576])
  assert.deepEqual(parseLimit('idle=2m'), ['idle', 120_000])
  assert.deepEqual(parseLimit('lineTime=500'), ['lineTime', 500])
})

const wrong: [text: string, says: RegExp][] = [
  ['maxPeers', /"maxPeers" is not name=value/],
  ['=5', /not name=value/],
  ['maxPers=5', /no limit "maxPers"; there are: maxLine, .*barred/],
  ['constructor=5', /no limit "constructor"/],
  ['maxPeers=0', /maxPeers must be a whole number from 1 to 100000 \(each\)/],
  ['maxPeers=1.5', /maxPeers must be/],
  ['maxPeers=1KiB', /maxPeers must be/],
  ['maxPeers=-1', /maxPeers must be/],
  ['maxLine=1', /maxLine must be .*bytes/],
  ['idle=soon', /idle must be .*ms/],
  ['idle=9999h', /idle must be/],
]
for (const [text, says] of wrong) {
  test(`when a limit is ${text} then it is refused in one line`, () => {
    assert.throws(
      () => parseLimit(text),
      (error: Error) => says.test(error.message) && !error.message.includes('\n'),
    )
  })
}

test('when no limit is changed then they fit together, and each is within its own bounds', () => {
  assert.deepEqual(limitsWith([]), DEFAULT_LIMITS)
  for (const [name, { default: it, min, max }] of Object.entries(LIMITS)) {
    assert.ok(it >= min && it <= max, name)
  }
})

test('when a value would not fit into a line with its peers then that is refused in one line', () => {
  assert.throws(() => limitsWith([['maxValue', 65_000]]), /^Error: a value of maxValue .* more than maxLine/)
  assert.throws(() => limitsWith([['maxLine', 32_768]]), /more than maxLine/)
  assert.equal(
    limitsWith([
      ['maxValue', 65_000],
      ['maxLine', 131_072],
    ]).maxValue,
    65_000,
  )
})

test('when limits contradict each other then that is refused in one line', () => {
  assert.throws(() => limitsWith([['idle', 60_000]]), /idleLink .* must be less than idle/)
  assert.throws(() => limitsWith([['maxConnections', 256]]), /reserved .* must be less than maxConnections/)
})

test('when limits are described then each has a line with its default, its unit and what it bounds', () => {
  const lines = describeLimits().split('\n')
  assert.equal(lines.length, Object.keys(LIMITS).length)
  assert.match(lines[0]!, /maxLine +65536 bytes +a line that comes in/)
})
