import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Drawing, Line, Points } from '../../../src/page/browser/chart/drawing.ts'
import { halves, joined, niceCeiling, steps, valueAt } from '../../../src/page/browser/chart/points.ts'

function drawing(max: number | null, ...all: Points[]): Drawing {
  const look = { colour: 'ink', opacity: 1, width: 1, said: String }
  const lines = all.map((points, i): Line => ({ name: `line ${i}`, points, ...look }))
  const x = { name: 'time', min: 0, max, isRuled: true, tick: String, said: String }
  return { x, left: { ticks: [0, 1], tick: String }, lines }
}

const somePoints = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.option(fc.integer({ min: 0, max: 9 }))), {
    maxLength: 40,
  })
  .map((all) => all.sort(([a], [b]) => a - b))

test('when lines have points at other times then each keeps its own, and gaps stay gaps', () => {
  const both = drawing(
    9,
    [
      [0, 1],
      [2, null],
      [4, 3],
    ],
    [[3, 5]],
  )
  assert.deepEqual(joined(both), [
    [0, 2, 3, 4, 9],
    [1, null, undefined, 3, undefined],
    [undefined, undefined, 5, undefined, undefined],
  ])
})

test('when nothing is known then there are two ends all the same', () => {
  assert.deepEqual(joined(drawing(null)), [[0, 1]])
})

test('when lines are joined then each time is there once, rising, and the last point of a time counts', () => {
  fc.assert(
    fc.property(fc.array(somePoints, { maxLength: 4 }), (all) => {
      const [xs, ...columns] = joined(drawing(30, ...all)) as [number[], ...(number | null | undefined)[][]]
      assert.deepEqual(
        xs,
        [...new Set([0, 30, ...all.flat().map(([x]) => x)])].sort((a, b) => a - b),
      )
      for (const [i, points] of all.entries()) {
        const last = new Map(points)
        assert.deepEqual(
          columns[i],
          xs.map((x) => last.get(x)),
        )
      }
    }),
  )
})

test('when a value is asked for then it is that of the last point so far', () => {
  fc.assert(
    fc.property(somePoints, fc.double({ min: -1, max: 31, noNaN: true }), (points, x) => {
      assert.equal(valueAt(points, x), points.findLast(([at]) => at <= x)?.[1])
    }),
  )
})

const ceilings = [
  [0.0031, 0.004],
  [1, 1],
  [1127, 2000],
  [2156, 2500],
  [8.1, 10],
] as const
for (const [number, nice] of ceilings) {
  test(`when ${number} is rounded up then it is ${nice}`, () => assert.equal(niceCeiling(number), nice))
}

test('when a scale has two parts then they hold the number, and nothing too', () => {
  assert.deepEqual(halves(450), [0, 250, 500])
  assert.deepEqual(halves(37), [0, 20, 40])
  assert.deepEqual(halves(0), [0, 1, 2])
})

test('when an axis has nice ends then ticks are at both of them', () => {
  for (const end of [1, 2, 2.5, 4, 5, 8].flatMap((it) => [it / 100, it, it * 1000])) {
    const all = steps(0, end)
    assert.ok(all.length >= 4, `${end}: ${all}`)
    for (const step of all) {
      const count = end / step
      assert.ok(Math.abs(count - Math.round(count)) < 1e-6, `${end} by ${step}`)
    }
  }
  assert.ok(steps(1.2, 14.7).includes(5), 'where they are not then they are what they may be')
})
