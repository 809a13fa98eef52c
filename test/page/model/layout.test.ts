import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Connectivity } from '../../../src/network/connectivity.ts'
import { apart, places, RING } from '../../../src/page/model/layout.ts'
import type { Network } from '../../../src/page/wire.ts'

for (const count of [1, 2, 10, RING, RING + 1, 300, 1000]) {
  test(`when ${count} nodes are laid out then all are in the circle, and none covers another`, () => {
    const all = places(count)
    assert.equal(all.length, count)
    for (const { x, y } of all) assert.ok(Math.hypot(x, y) <= 1 + 1e-9)
    let nearest = 2
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1)) nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y))
    assert.ok(nearest > Math.min(0.1, 1.2 / Math.sqrt(count)), `${nearest}`)
  })
}

test('when groups are cut off from each other then they stand apart, and those in none stay', () => {
  const before = places(10)
  const after = apart(before, [
    [0, 1, 2, 3],
    [5, 6, 7, 8],
  ])
  assert.deepEqual([after[4], after[9]], [before[4], before[9]])
  const gap = (at: typeof before): number => Math.hypot(at[1]!.x - at[6]!.x, at[1]!.y - at[6]!.y)
  assert.ok(gap(after) > gap(before) + 0.2)
})

test('when nothing is cut then nothing moves', () => {
  assert.deepEqual(apart(places(10), null), places(10))
})

const calm: Network = {
  kind: 'network',
  groups: null,
  opened: [],
  cuts: [],
  loss: 0,
  duplicate: 0,
  latency: null,
}
const ways: [string, Partial<Network>, boolean, boolean][] = [
  ['nothing is cut', {}, true, true],
  ['one way is cut', { cuts: [{ from: [0, 5], to: [1] }] }, false, true],
  ['they are in two groups', { groups: [[0], [1]] }, false, false],
  ['they are in one group', { groups: [[0, 1], [2]] }, true, true],
  ['both are in no group', { groups: [[2]] }, true, true],
  ['one is in no group', { groups: [[0, 2]] }, false, false],
  [
    'one way between groups was opened',
    { groups: [[0], [1]], opened: [{ from: [0], to: [1] }] },
    true,
    false,
  ],
]
for (const [what, change, there, back] of ways) {
  test(`when ${what} then it is known which ways are open`, () => {
    const network = new Connectivity({ ...calm, ...change })
    assert.deepEqual([!network.isCut(0, 1), !network.isCut(1, 0)], [there, back])
  })
}
