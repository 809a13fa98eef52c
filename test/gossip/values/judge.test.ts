import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Value } from '../../../src/gossip/value.ts'
import { entryOf, heldOf } from '../../../src/gossip/values/held.ts'
import { NOTHING } from '../../../src/gossip/values/holdings.ts'
import { isExpired, isWanted, judge, reasonOf, type ValueLimits } from '../../../src/gossip/values/judge.ts'
import { nameOf } from '../build.ts'

const CLOCK = 1_000_000
const LIMITS: ValueLimits = { maxClockDrift: 1000, maxKeys: 2, maxHeld: 12, ttl: 50_000, tombstones: 10_000 }
const of = (key: string, value: string | null, timestamp: number): Value => ({ key, value, timestamp })

/** Two keys, of 5 and 4 bytes, key and text. */
const HELD = [of('a', 'mmmm', CLOCK - 100), of('b', 'nnn', CLOCK - 100)]
const holdings = HELD.reduce((all, it) => all.with(entryOf(heldOf(it), 1, undefined), 0), NOTHING)

const cases = [
  ['the very same', HELD[0]!, 'same', false],
  ['a newer one', of('a', 'x', CLOCK), 'newer', true],
  ['an older one', of('a', 'x', CLOCK - 101), 'older', false],
  ['a greater text of the same ms', of('a', 'mmmn', CLOCK - 100), 'newer', true],
  ['a smaller text of the same ms', of('a', 'mmml', CLOCK - 100), 'older', true],
  ['a deletion of the same ms', of('a', null, CLOCK - 100), 'newer', true],
  ['the latest that is allowed', of('a', 'x', CLOCK + 1000), 'newer', true],
  ['one of the far future', of('a', 'x', CLOCK + 1001), 'ahead', false],
  ['one of the far future, of another key', of('c', 'x', CLOCK + 1001), 'ahead', false],
  ['a deletion of the far future', of('a', null, CLOCK + 1001), 'ahead', false],
  ['one as old as its life', of('a', 'x', CLOCK - 50_000), 'expired', false],
  ['one a little younger', of('a', 'x', CLOCK - 49_999), 'older', false],
  ['a deletion as old as its life', of('c', null, CLOCK - 10_000), 'expired', undefined],
  ['another key', of('c', '', CLOCK), 'full', false],
  ['a longer text, as long as fits', of('a', 'x'.repeat(7), CLOCK), 'newer', true],
  ['a longer text than fits', of('a', 'x'.repeat(8), CLOCK), 'full', true],
  ['a text of as many characters, but more bytes', of('a', 'ä'.repeat(4), CLOCK), 'full', true],
] as const

for (const [what, it, judgement, wanted] of cases) {
  test(`when two keys are held and ${what} comes then it is ${judgement}`, () => {
    assert.equal(judge(heldOf(it), holdings, LIMITS, CLOCK), judgement)
  })
  if (wanted === undefined) continue
  test(`when two keys are held and the name of ${what} comes then it is ${wanted ? '' : 'not '}wanted`, () => {
    assert.equal(isWanted(nameOf(it), holdings, LIMITS, CLOCK), wanted)
  })
}

test('when two values of one ms meet then both are wanted by name, and one is taken', () => {
  const [low, high] = [of('a', 'l', 1), of('a', 'm', 1)]
  const holding = (it: Value) => NOTHING.with(entryOf(heldOf(it), 1, undefined), 0)
  const limits = { ...LIMITS, ttl: Number.POSITIVE_INFINITY }
  assert.ok(isWanted(nameOf(low), holding(high), limits, CLOCK))
  assert.ok(isWanted(nameOf(high), holding(low), limits, CLOCK))
  assert.deepEqual(
    [judge(heldOf(low), holding(high), limits, CLOCK), judge(heldOf(high), holding(low), limits, CLOCK)],
    ['older', 'newer'],
  )
})

test('when nothing is held then there is room for one key, if any', () => {
  const it = heldOf(of('a', 'x', CLOCK))
  assert.equal(judge(it, NOTHING, LIMITS, CLOCK), 'newer')
  assert.equal(judge(it, NOTHING, { ...LIMITS, maxKeys: 0 }, CLOCK), 'full')
  assert.equal(judge(it, NOTHING, { ...LIMITS, maxHeld: 1 }, CLOCK), 'full')
})

test('when a deletion is kept for longer than values live then it lives as long as they', () => {
  const limits = { ...LIMITS, ttl: 100, tombstones: 1000 }
  assert.equal(isExpired(of('a', null, CLOCK - 100), limits, CLOCK), true)
  assert.equal(isExpired(of('a', null, CLOCK - 99), limits, CLOCK), false)
})

test('when values are forgotten at no time then none is too old', () => {
  const limits = { ...LIMITS, ttl: Number.POSITIVE_INFINITY }
  assert.equal(isExpired(of('a', 'x', 0), limits, Number.MAX_SAFE_INTEGER), false)
  assert.equal(isExpired(of('a', null, 0), limits, Number.MAX_SAFE_INTEGER), true)
})

for (const [refusal, says] of [
  ['ahead', /1000 ms ahead of this node's clock/],
  ['expired', /50000 ms \(--ttl\), deletions after 10000 ms \(--tombstones\)/],
  ['full', /2 keys and 12 bytes .*maxKeys, maxHeld/],
] as const) {
  test(`when a value is refused as ${refusal} then its reason is one line with the bounds`, () => {
    const reason = reasonOf(refusal, LIMITS)
    assert.match(reason, says)
    assert.ok(!reason.includes('\n'))
  })
}
