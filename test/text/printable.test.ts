import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { printable, printableJson, printableLines, printableOnceRead } from '../../src/text/printable.ts'

/** Each kind that does something to a terminal, or to how its text is read. */
const UNSAFE = [
  '\0',
  '\t',
  '\n',
  '\r',
  '\x1b',
  '\x7f',
  '\x80',
  '\x9b',
  '\u061c',
  '\u200e',
  '\u200f',
  '\u2028',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
]
const isSafe = (text: string): boolean =>
  [...text].every((it) => !/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(it))
const text = fc
  .array(fc.oneof(fc.constantFrom(...UNSAFE, '\\', '"', '\\u001b'), fc.string()), { maxLength: 9 })
  .map((it) => it.join(''))

for (const it of UNSAFE) {
  const code = it.charCodeAt(0).toString(16)
  test(`when a text holds U+${code} then it is shown as its number`, () => {
    assert.equal(printable(`a${it}b`), `a\\u{${code}}b`)
    assert.equal(printableLines(`a${it}b`), it === '\n' ? 'a\nb' : `a\\u{${code}}b`)
  })
}

test('when a text is one of any language, emoji included, then it stays', () => {
  for (const it of ['Grüße', 'שלום', 'नमस्ते', '👩‍👩‍👧', 'a "b" \\c']) assert.equal(printable(it), it)
})

test('when any text is made printable then it is safe', () => {
  fc.assert(fc.property(text, (it) => assert.ok(isSafe(printable(it)))))
})

test('when any JSON is made printable then it is safe, and the same', () => {
  fc.assert(
    fc.property(text, (it) => {
      const json = printableJson(JSON.stringify({ it }))
      assert.ok(isSafe(json))
      assert.deepEqual(JSON.parse(json), { it })
    }),
  )
})

test('when JSON is read first then its texts are what they would be printed as, but for ends of lines', () => {
  fc.assert(
    fc.property(text, (it) => {
      assert.deepEqual(JSON.parse(printableOnceRead(`${JSON.stringify({ it })}\n`)), {
        it: printableLines(it),
      })
    }),
  )
})
