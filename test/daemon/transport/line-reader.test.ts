import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LineError, LineReader } from '../../../src/daemon/transport/line-reader.ts'

function read(chunks: readonly (string | Buffer)[], maxBytes = 1000): string[] {
  const reader = new LineReader(maxBytes)
  return chunks.flatMap((chunk) => [...reader.read(Buffer.from(chunk as string))])
}

test('lines come out whole, in order, and the last only with its end', () => {
  assert.deepEqual(read(['one\ntwo\nthr']), ['one', 'two'])
  assert.deepEqual(read(['one\ntwo\nthr', 'ee\n']), ['one', 'two', 'three'])
})

test('a text cut at any byte gives the same lines, within a character too', () => {
  const text = Buffer.from('{"a":1}\nż€𝄞\n\nend\n')
  for (let at = 0; at <= text.length; at++) {
    assert.deepEqual(
      read([text.subarray(0, at), text.subarray(at)]),
      ['{"a":1}', 'ż€𝄞', '', 'end'],
      `cut at ${at}`,
    )
  }
})

test('a text that comes byte by byte gives the same lines', () => {
  const bytes = [...Buffer.from('ż€𝄞\nx\n')].map((byte) => Buffer.from([byte]))
  assert.deepEqual(read(bytes), ['ż€𝄞', 'x'])
})

test('blank lines are told as lines that say nothing', () => {
  assert.deepEqual(read(['\n\n  \n\r\nx\n\n']), ['', '', '', '', 'x', ''])
})

test('any chunking of any lines gives these lines', () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((it) => !it.includes('\n') && it.trim() !== '')
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(40)), (lines, sizes) => {
      let rest = Buffer.from(lines.map((it) => `${it}\n`).join(''))
      const chunks: Buffer[] = []
      for (const size of sizes) {
        chunks.push(rest.subarray(0, size))
        rest = rest.subarray(size)
      }
      assert.deepEqual(read([...chunks, rest], 100_000), lines)
    }),
  )
})

test('a line of the most bytes passes, one more is a fault', () => {
  assert.deepEqual(read(['12345\n'], 5), ['12345'])
  assert.throws(() => read(['123456\n'], 5), new LineError('line longer than 5 bytes'))
})

test('the bound counts bytes, not characters', () => {
  assert.throws(() => read(['€€\n'], 5), LineError)
})

test('a line too long is a fault before its end has come, however small the chunks', () => {
  assert.throws(() => read(['123', '456'], 5), LineError)
})

test('what came before a line too long is still read', () => {
  const reader = new LineReader(5)
  const lines = reader.read(Buffer.from('one\n123456\n'))
  assert.equal(lines.next().value, 'one')
  assert.throws(() => lines.next(), LineError)
})

test('bytes that are not UTF-8 are a fault', () => {
  for (const bytes of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
    assert.throws(() => read([Buffer.from([...bytes, 0x0a])]), new LineError('line is not UTF-8'))
  }
})

test('when a long line comes byte by byte then it is whole, and its bytes are not kept apart', () => {
  const line = 'ż'.repeat(2000)
  const bytes = [...Buffer.from(`${line}\n`)].map((byte) => Buffer.from([byte]))
  assert.deepEqual(read(bytes, 10_000), [line])
})

test('of lines that come together those before one at fault are told first', () => {
  for (const [fault, maxBytes] of [
    [Buffer.from([0xff]), 1000],
    [Buffer.from('123456789'), 8],
  ] as const) {
    const reader = new LineReader(maxBytes)
    const told: string[] = []
    const chunk = Buffer.concat([Buffer.from('one\ntwo\nthree\n'), fault, Buffer.from('\nfour\n')])
    assert.throws(() => {
      for (const line of reader.read(chunk)) told.push(line)
    }, LineError)
    assert.deepEqual(told, ['one', 'two', 'three'])
  }
})
