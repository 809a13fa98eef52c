import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type NodesText, numbersOf } from '../../src/scenario/nodes.ts'

const good: [text: NodesText, numbers: number[]][] = [
  [3, [3]],
  ['3', [3]],
  ['2-4', [2, 3, 4]],
  ['4-4', [4]],
  ['7-', [7, 8, 9]],
  ['9-', [9]],
  ['all', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [
    [5, 1, '0-2'],
    [0, 1, 2, 5],
  ],
  [[], []],
]
for (const [text, numbers] of good) {
  test(`when nodes of ten are given as ${JSON.stringify(text)} then they are ${numbers}`, () =>
    assert.deepEqual(numbersOf(text, 10), numbers))
}

const bad: [text: NodesText, says: RegExp][] = [
  [10, /no node 10: 10 nodes are 0 to 9/],
  ['8-12', /no node 12/],
  ['10-', /no node 10/],
  ['4-2', /"4-2" names no node/],
  [[1, 99999999], /no node 99999999/],
]
for (const [text, says] of bad) {
  test(`when nodes of ten are given as ${JSON.stringify(text)} then it is refused`, () =>
    assert.throws(() => numbersOf(text, 10), says))
}
