import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsedVisibly, visible } from '../../../src/page/model/visible-text.ts'

const HIDDEN = [
  ['\u0000', '\\u{0}'],
  ['\n', '\\u{a}'],
  ['\u001b', '\\u{1b}'],
  ['\u007f', '\\u{7f}'],
  ['\u0080', '\\u{80}'],
  ['\u009b', '\\u{9b}'],
  ['\u00ad', '\\u{ad}'],
  ['\u061c', '\\u{61c}'],
  ['\u200b', '\\u{200b}'],
  ['\u200e', '\\u{200e}'],
  ['\u200f', '\\u{200f}'],
  ['\u2028', '\\u{2028}'],
  ['\u202a', '\\u{202a}'],
  ['\u202e', '\\u{202e}'],
  ['\u2066', '\\u{2066}'],
  ['\u2069', '\\u{2069}'],
  ['\ufeff', '\\u{feff}'],
  ['\u{e0041}', '\\u{e0041}'],
  ['\ud800', '\\u{d800}'],
  ['a\u200db', 'a\u200db'],
  [' \u200d ', ' \\u{200d} '],
] as const

for (const [text, shown] of HIDDEN) {
  test(`when a text holds what ${shown} shows then it is shown so`, () => {
    assert.equal(visible(`x${text}y`), `x${shown}y`)
    assert.deepEqual(parsedVisibly(JSON.stringify({ a: [`x${text}y`] })), { a: [`x${shown}y`] })
  })
}

test('when a text has only what shows then it stays as it is', () => {
  for (const text of [
    'asdf',
    'Grüße',
    'שלום',
    'नमस्ते',
    '日本',
    'می‌خواهم',
    '👩‍👩‍👧',
    '❤️‍🔥',
    '👍🏽',
    '"\\',
    '\\u{202e}',
  ])
    assert.equal(visible(text), text)
})

test('when anything at all is told then no text of it holds what is hidden', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const told = parsedVisibly<{ text: string }>(JSON.stringify({ text }))
      assert.doesNotMatch(told.text, /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u)
    }),
  )
})
