import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Decoder } from '../../src/text/decode.ts'

/** In parts of so many bytes. */
function decoded(bytes: Uint8Array, size = bytes.length || 1): string {
  const decoder = new Decoder()
  let text = ''
  for (let from = 0; from < bytes.length; from += size)
    text += decoder.push(bytes.subarray(from, from + size))
  return text + decoder.end()
}

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16()

test('when a text is saved as people save it, and comes in parts of any size, then it is that text', () => {
  const ways: ((text: string) => Buffer)[] = [
    (text) => Buffer.from(text),
    (text) => Buffer.from(`\ufeff${text}`),
    (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    (text) => swapped(Buffer.from(`\ufeff${text}`, 'utf16le')),
  ]
  const text = fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .filter((it) => !it.includes('\0') && !it.startsWith('\ufeff') && !/^(BZh|PK|%PDF)/.test(it))
  fc.assert(
    fc.property(text, fc.constantFrom(...ways), fc.integer({ min: 1, max: 7 }), (it, way, size) => {
      assert.equal(decoded(way(it), size), it)
    }),
  )
})

const LATIN = Buffer.from('gut\nschön\n', 'latin1')
const wrong: { what: string; bytes: Uint8Array; says: string; line?: number }[] = [
  { what: 'compressed', bytes: gzipSync('[]'), says: 'is compressed (gzip): unpack it first' },
  { what: 'a zip', bytes: Buffer.from('PK\x03\x04rest'), says: 'is compressed (zip): unpack it first' },
  {
    what: 'zstd',
    bytes: Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1]),
    says: 'is compressed (zstd): unpack it first',
  },
  {
    what: 'xz',
    bytes: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]),
    says: 'is compressed (xz): unpack it first',
  },
  { what: 'bzip2', bytes: Buffer.from('BZh91AY'), says: 'is compressed (bzip2): unpack it first' },
  { what: 'a PDF', bytes: Buffer.from('%PDF-1.7'), says: 'is a PDF, not text' },
  {
    what: 'a program',
    bytes: Buffer.from('\x7fELF\x02\x01\0\0'),
    says: 'is not text: it holds bytes that are 0',
  },
  {
    what: 'UTF-32',
    bytes: Buffer.from([0xff, 0xfe, 0, 0, 0x5b, 0, 0, 0]),
    says: 'is UTF-32: save it as UTF-8',
  },
  {
    what: 'UTF-16 without its mark',
    bytes: Buffer.from('[{}]', 'utf16le'),
    says: 'looks like UTF-16 without a byte order mark: save it as UTF-8',
  },
  {
    what: 'half of a character of UTF-16',
    bytes: Buffer.concat([Buffer.from('\ufeffab', 'utf16le'), Buffer.from([0x41])]),
    says: 'ends within a character of UTF-16',
    line: 1,
  },
  { what: 'Latin-1', bytes: LATIN, says: 'is not UTF-8: save it as UTF-8', line: 2 },
  {
    what: 'cut within a character',
    bytes: Buffer.from('a\nb\n\u20ac').subarray(0, 6),
    says: 'is not UTF-8: save it as UTF-8',
    line: 3,
  },
  {
    what: 'bytes that begin no character',
    bytes: Buffer.from([0x61, 0x62, 0x63, 0x0a, 0xff, 0x0a]),
    says: 'is not UTF-8: save it as UTF-8',
    line: 2,
  },
]
for (const { what, bytes, says, line } of wrong)
  for (const size of [1, 3, 1000])
    test(`when a file is ${what}, in parts of ${size}, then that is said`, () =>
      assert.throws(() => decoded(bytes, size), { message: says, line }))

test('when one byte of many lines is wrong then its line is named, wherever the parts end', () => {
  const lines = Array.from({ length: 9 }, (_, i) => `line ${i} äöü€`)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 40 }), (bad, size) => {
      const all = lines.map((it, i) =>
        Buffer.concat([Buffer.from(it), Buffer.from(i === bad ? [0xfe, 0x0a] : [0x0a])]),
      )
      assert.throws(() => decoded(Buffer.concat(all), size), { line: bad + 1 })
    }),
  )
})
