import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handIns, type Load, lengthOf, loadOf } from '../../src/scenario/load.ts'

const LOAD: Load = { values: 6, rate: 4, keys: 'new', publishers: 'all', name: 'load' }

function handedIn(given: Partial<Load>, nodes: number) {
  return [...handIns({ ...LOAD, ...given }, nodes)].map(({ to, ...it }) => ({ ...it, to: [...to] }))
}

test('when a load is handed in then its values come at even times, each under a key of its own', () => {
  const all = handedIn({}, 100)
  assert.deepEqual(
    all.map(({ after, key, value }) => [after, key, value]),
    [0, 250, 500, 750, 1000, 1250].map((after, i) => [after, `load-${i + 1}`, `value ${i + 1}`]),
  )
  assert.equal(lengthOf(LOAD), 1250)
})

test('when it has some keys then they are used in turn', () => {
  assert.deepEqual(
    handedIn({ keys: 4 }, 100).map(({ key }) => key),
    [1, 2, 3, 4, 1, 2].map((it) => `load-${it}`),
  )
})

for (const [publishers, nodes, first] of [
  ['all', 3, [0, 1, 2, 0, 1, 2]],
  ['all', 12, [0, 2, 4, 6, 8, 10]],
  [2, 10, [0, 5, 0, 5, 0, 5]],
  [1, 10, [0, 0, 0, 0, 0, 0]],
] as const)
  test(`when ${publishers} of ${nodes} nodes publish then they lie evenly among them, and each value may go to any`, () => {
    const all = handedIn({ publishers }, nodes)
    assert.deepEqual(
      all.map(({ to }) => to[0]),
      first,
    )
    for (const { to } of all) assert.deepEqual(to.toSorted(), [...new Set(first)].toSorted())
  })

test('when there is one value then that is no load', () => {
  assert.equal(loadOf({}, 10), undefined)
  assert.equal(loadOf({ values: 1, rate: 5 }, 10), undefined)
  assert.deepEqual(loadOf({ values: 2 }, 10), {
    ...{ values: 2, rate: 20, keys: 'new', publishers: 'all', name: 'load' },
  })
})
