import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionOf, wins } from '../../src/gossip/value.ts'

const duels = [
  ['the newer timestamp', { value: 'a', timestamp: 2 }, { value: 'b', timestamp: 1 }],
  ['any value of a newer timestamp', { value: '', timestamp: 1 }, { value: 'zzz', timestamp: 0 }],
  ['of one timestamp the greater text', { value: 'b', timestamp: 1 }, { value: 'a', timestamp: 1 }],
  ['of one timestamp the longer text', { value: 'aa', timestamp: 1 }, { value: 'a', timestamp: 1 }],
  ['of one timestamp small letters', { value: 'a', timestamp: 1 }, { value: 'B', timestamp: 1 }],
  ['by code units, not by alphabet', { value: 'é', timestamp: 1 }, { value: 'z', timestamp: 1 }],
  ['by code units, not by code points', { value: '\uffff', timestamp: 1 }, { value: '😀', timestamp: 1 }],
  ['of one timestamp the deletion', { value: null, timestamp: 1 }, { value: '\uffff', timestamp: 1 }],
  ['any deletion of a newer timestamp', { value: null, timestamp: 1 }, { value: 'a', timestamp: 0 }],
  ['any value newer than a deletion', { value: '', timestamp: 2 }, { value: null, timestamp: 1 }],
] as const

for (const [what, winner, loser] of duels) {
  test(`when two values meet then this one wins, and never the other: ${what}`, () => {
    assert.equal(wins(winner, loser), true)
    assert.equal(wins(loser, winner), false)
  })
}

test('when a value meets itself then neither wins', () => {
  for (const value of ['a', null]) assert.equal(wins({ value, timestamp: 1 }, { value, timestamp: 1 }), false)
})

test('when two values differ in text or timestamp then their versions differ', () => {
  const values = ['', 'a', 'b', 'ab', 'ba'].flatMap((value) =>
    [0, 1, 12].map((timestamp) => ({ value, timestamp })),
  )
  assert.equal(new Set(values.map(versionOf)).size, values.length)
})

test('when a value is deleted then its version is that of no text', () => {
  const deleted = versionOf({ value: null, timestamp: 7 })
  assert.notEqual(deleted, versionOf({ value: null, timestamp: 8 }))
  for (const text of ['', 'null', 'deleted', '\0'])
    assert.notEqual(deleted, versionOf({ value: text, timestamp: 7 }))
})

/** Pairs that a sum of 32 bits (FNV-1a), or UTF-8, can't tell apart. */
const pairs = [
  ['costarring', 'liquid'],
  ['declinate', 'macallums'],
  ['\ud800', '\udbff'],
  ['a\udc00', 'a\ufffd'],
  ['', '\u0000'],
  ['ab', '\u6162'],
]
for (const [one, other] of pairs) {
  test(`when two values of one ms are ${JSON.stringify(one)} and ${JSON.stringify(other)} then their versions differ`, () => {
    assert.notEqual(versionOf({ value: one!, timestamp: 1 }), versionOf({ value: other!, timestamp: 1 }))
  })
}

test('when 100,000 short values are of one ms then no two of them have one version', () => {
  const versions = Array.from({ length: 100_000 }, (_, i) =>
    versionOf({ value: `v${i.toString(16)}`, timestamp: 1 }),
  )
  assert.equal(new Set(versions).size, versions.length)
})
