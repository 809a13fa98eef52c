import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MAX_KEY_BYTES, versionOf } from '../../../src/gossip/value.ts'
import { isName, nameOf, partsOf } from '../../../src/gossip/values/name.ts'

const version = versionOf({ value: 'ä😀', timestamp: 1_764_000_000_000 })
const keys = [
  '',
  'k',
  '/',
  'a/b/c',
  '/etc/passwd',
  '1-ab',
  '1-ab/k',
  'a\nb',
  '\n',
  '\r\u2028\0',
  ' ',
  '\ud800',
  '\udc00\ud800',
  '😀'.repeat(MAX_KEY_BYTES / 4),
  'x'.repeat(MAX_KEY_BYTES),
  'ä'.repeat(MAX_KEY_BYTES / 2),
]

for (const key of keys) {
  test(`when a value's key is ${JSON.stringify(key.slice(0, 20))} (${key.length} characters) then its name says so`, () => {
    const name = nameOf(version, key)
    assert.ok(isName(name))
    assert.deepEqual(partsOf(name), { key, timestamp: 1_764_000_000_000, isDeletion: false })
  })
}

test('when values differ in key, text, or timestamp then their names do, and each is read back', () => {
  const key = fc.oneof(fc.constantFrom(...keys), fc.string({ unit: 'binary', maxLength: 60 }))
  const value = fc.oneof(fc.constant(null), fc.string({ unit: 'binary', maxLength: 10 }))
  const one = fc.record({ key, value, timestamp: fc.nat() })
  fc.assert(
    fc.property(one, one, (a, b) => {
      const [first, second] = [a, b].map((it) => nameOf(versionOf(it), it.key))
      assert.deepEqual(partsOf(first!), { key: a.key, timestamp: a.timestamp, isDeletion: a.value === null })
      const isEqual = a.key === b.key && a.value === b.value && a.timestamp === b.timestamp
      assert.equal(first === second, isEqual)
    }),
    { numRuns: 500 },
  )
})

for (const timestamp of [0, 1, Number.MAX_SAFE_INTEGER]) {
  test(`when a name was made from timestamp ${timestamp} then that is read back from it`, () => {
    assert.equal(partsOf(nameOf(versionOf({ value: 'a', timestamp }), 'k'))?.timestamp, timestamp)
  })
}

const junk = [
  '',
  '-',
  '12',
  '12-',
  '-ab',
  '-1-ab',
  '1.5-ab',
  '1e3-ab',
  ' 1-ab',
  '1-ab ',
  '1-AB',
  '1-ab\n',
  '1-abcdefghijklmnopqrstuvwxyz',
  'x-ab',
  '12345678901234567-ab',
  '1-ab/',
  '/k',
  `1-ab/${'x'.repeat(300)}`,
]
for (const name of junk) {
  test(`when a stranger made up the name ${JSON.stringify(name.slice(0, 30))} then it is none`, () => {
    assert.equal(isName(name), false)
    assert.equal(partsOf(name), undefined)
  })
}

test('when the timestamp of a name is no number that is exact then it says nothing', () => {
  assert.equal(partsOf('9007199254740992-ab'), undefined)
})

for (const it of [undefined, null, 7, {}, [], ['1-ab']]) {
  test(`when a name is ${JSON.stringify(it)} then it is none`, () => {
    assert.equal(isName(it), false)
  })
}
