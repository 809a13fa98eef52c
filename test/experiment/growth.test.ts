import assert from 'node:assert/strict'
import { test } from 'node:test'
import { growthOf } from '../../src/experiment/check/observe/growth.ts'
import { dice } from '../gossip/dice.ts'

const series = (of: (i: number) => number): number[] => Array.from({ length: 300 }, (_, i) => of(i))
const random = dice(1)
const noise = (around: number): number => around * (0.5 + random())

const growing: Readonly<Record<string, (i: number) => number>> = {
  'one more each time': (i) => 3 + i,
  'one more every hundred times': (i) => 3 + Math.floor(i / 60),
  'a little more each time': (i) => 100 + i / 20,
  'more, with chance': (i) => noise(5 + i / 10),
  'with the square': (i) => i * i,
  'with the square root': (i) => Math.sqrt(i),
  'by 3% each time': (i) => 1.03 ** i,
}
for (const [what, of] of Object.entries(growing)) {
  test(`when a series grows by ${what} then it goes on growing`, () => {
    const growth = growthOf(series(of))
    assert.ok(growth !== undefined && growth.from < growth.to && growth.slope > 0)
  })
}

const bounded: Readonly<Record<string, (i: number) => number>> = {
  nothing: () => 0,
  'the same': () => 7,
  chance: () => noise(5),
  'rare bursts': () => (random() < 0.02 ? 200 : 0),
  'a limit that is reached': (i) => Math.min(i, 150),
  'digits of a number': (i) => 70 + String(i).length,
  'the logarithm': (i) => Math.log(1 + i),
  'less and less': (i) => 1000 - i,
  'up and down': (i) => 10 + 5 * Math.sin(i / 20),
}
for (const [what, of] of Object.entries(bounded)) {
  test(`when a series is ${what} then it does not go on growing`, () => {
    assert.equal(growthOf(series(of)), undefined)
  })
}

test('when there is too little of a series then nothing is said', () => {
  assert.equal(growthOf([1, 2, 3, 4, 5, 6, 7, 8]), undefined)
})
