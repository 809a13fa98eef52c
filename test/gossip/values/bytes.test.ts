import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codeUnits, utf8Bytes } from '../../../src/gossip/values/bytes.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom('a', 'ä', '你', '😀', '\ud800', '\udc00', '\uffff')).map((it) => it.join('')),
)

test('when a text is measured then it is as many bytes as it has in UTF-8, halves of characters too', () => {
  fc.assert(
    fc.property(text, (it) => assert.equal(utf8Bytes(it), Buffer.byteLength(it))),
    { numRuns: 1000 },
  )
})

test('when two texts differ then their code units do', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      assert.equal(Buffer.compare(codeUnits(one), codeUnits(other)) === 0, one === other)
    }),
    { numRuns: 1000 },
  )
})
