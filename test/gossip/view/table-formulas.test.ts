import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAlive, nextPause } from '../../../src/gossip/view/table.ts'

const lives = [
  { grewAt: 0, now: 0, expiry: 6000, alive: true },
  { grewAt: 0, now: 5999, expiry: 6000, alive: true },
  { grewAt: 0, now: 6000, expiry: 6000, alive: false },
  { grewAt: 0, now: 60_000, expiry: 6000, alive: false },
  { grewAt: 50_000, now: 55_999, expiry: 6000, alive: true },
  { grewAt: 50_000, now: 56_000, expiry: 6000, alive: false },
]
for (const { grewAt, now, expiry, alive } of lives) {
  test(`when a heartbeat grew at ${grewAt} and it is ${now} then the peer is ${alive ? 'alive' : 'gone'}`, () => {
    assert.equal(isAlive(grewAt, now, expiry), alive)
  })
}

const pauses = [
  { tries: 1, pause: 1000 },
  { tries: 2, pause: 2000 },
  { tries: 3, pause: 4000 },
  { tries: 6, pause: 32_000 },
  { tries: 7, pause: 60_000 },
  { tries: 5000, pause: 60_000 },
]
for (const { tries, pause } of pauses) {
  test(`when a peer failed ${tries} times in a row then it is passed over for ${pause} ms`, () => {
    assert.equal(nextPause(tries), pause)
  })
}
