import assert from 'node:assert/strict'
import { test } from 'node:test'
import { held, timestampOf, versionOf, wins } from '../../src/gossip/value.ts'

const duels = [
  ['the newer timestamp', { value: 'a', timestamp: 2 }, { value: 'b', timestamp: 1 }],
  ['any value of a newer timestamp', { value: '', timestamp: 1 }, { value: 'zzz', timestamp: 0 }],
  ['of one timestamp the greater text', { value: 'b', timestamp: 1 }, { value: 'a', timestamp: 1 }],
  ['of one timestamp the longer text', { value: 'aa', timestamp: 1 }, { value: 'a', timestamp: 1 }],
  ['of one timestamp small letters', { value: 'a', timestamp: 1 }, { value: 'B', timestamp: 1 }],
  ['by code units, not by alphabet', { value: 'é', timestamp: 1 }, { value: 'z', timestamp: 1 }],
  ['by code units, not by code points', { value: '\uffff', timestamp: 1 }, { value: '😀', timestamp: 1 }],
] as const

for (const [what, winner, loser] of duels) {
  test(`when two values meet then this one wins, and never the other: ${what}`, () => {
    assert.equal(wins(winner, loser), true)
    assert.equal(wins(loser, winner), false)
  })
}

test('when a value meets itself then neither wins', () => {
  assert.equal(wins({ value: 'a', timestamp: 1 }, { value: 'a', timestamp: 1 }), false)
})

test('when two values differ in text or timestamp then their versions differ', () => {
  const values = ['', 'a', 'b', 'ab', 'ba'].flatMap((value) =>
    [0, 1, 12].map((timestamp) => ({ value, timestamp })),
  )
  assert.equal(new Set(values.map(versionOf)).size, values.length)
})

test('when a value is held then it keeps text and timestamp, and its version is that of the pair', () => {
  const value = { value: 'a', timestamp: 7 }
  assert.deepEqual(held(value), { ...value, version: versionOf(value) })
})

for (const timestamp of [0, 1, 1_764_000_000_000, Number.MAX_SAFE_INTEGER]) {
  test(`when a version was made from timestamp ${timestamp} then that is read back from it`, () => {
    assert.equal(timestampOf(versionOf({ value: 'ä😀', timestamp })), timestamp)
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
  '1-abcdefgh',
]
for (const version of [...junk, 'x-ab', '9007199254740992-ab', '12345678901234567-ab']) {
  test(`when a stranger made up the version ${JSON.stringify(version)} then it has no timestamp`, () => {
    assert.equal(timestampOf(version), undefined)
  })
}
