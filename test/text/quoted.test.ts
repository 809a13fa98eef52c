import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quoted } from '../../src/text/quoted.ts'

const cases: [given: unknown, shown: string][] = [
  ['explode', '"explode"'],
  ['', '""'],
  ['a "b"', '"a \\"b\\""'],
  ['two\nlines', '"two\\nlines"'],
  ['\u202e\x9b', '"\\u{202e}\\u{9b}"'],
  ['x'.repeat(50), `"${'x'.repeat(40)}..."`],
  [1.5, '1.5'],
  [-0, '0'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [10n, '10n'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [[], 'an empty list'],
  [[1, 2], 'a list of 2'],
  [{ a: 1 }, 'an object'],
  [() => 1, 'a function'],
  [Symbol('a'), 'a symbol'],
]
for (const [given, shown] of cases)
  test(`when ${shown} was given then that is quoted`, () => assert.equal(quoted(given), shown))
