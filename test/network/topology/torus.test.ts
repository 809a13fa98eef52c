import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextTo, sidesOf } from '../../../src/network/topology/torus.ts'
import { assertLinks, graph, reached } from './graphs.ts'

const shapes = [
  { nodes: 9, sides: [3, 3] },
  { nodes: 12, sides: [3, 4] },
  { nodes: 16, sides: [4, 4] },
  { nodes: 33, sides: [3, 11] },
  { nodes: 36, sides: [6, 6] },
  { nodes: 48, sides: [6, 8] },
  { nodes: 100_000, sides: [250, 400] },
]
for (const { nodes, sides } of shapes) {
  test(`when a torus has ${nodes} nodes then it is ${sides.join(' x ')}, as near to a square as can be`, () => {
    assert.deepEqual(sidesOf(nodes), sides)
  })
}

test('when a torus has up to 130 nodes then those are linked that are one step apart, round the edges too', () => {
  for (let nodes = 9; nodes <= 130; nodes++) {
    const sides = sidesOf(nodes)
    if (sides === undefined) continue
    const [rows, columns] = sides
    const apart = (a: number, b: number, size: number) =>
      Math.min((a - b + size) % size, (b - a + size) % size)
    const it = graph('torus', nodes)
    assertLinks(
      it,
      (a, b) =>
        apart(Math.floor(a / columns), Math.floor(b / columns), rows) +
          apart(a % columns, b % columns, columns) ===
        1,
    )
    assert.equal(reached(it), nodes)
  }
})

test('when no rows and columns of 3 or more make a count then there are no sides', () => {
  const none = Array.from({ length: 30 }, (_, i) => i + 1).filter((it) => sidesOf(it) === undefined)
  assert.deepEqual(none, [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 17, 19, 22, 23, 26, 29])
})

const nearby = [
  { nodes: 1, counts: [9] },
  { nodes: 8, counts: [9] },
  { nodes: 10, counts: [9, 12] },
  { nodes: 14, counts: [12, 15] },
  { nodes: 1_000_003, counts: [1_000_002, 1_000_004] },
]
for (const { nodes, counts } of nearby) {
  test(`when a torus can't have ${nodes} nodes then it could have ${counts.join(' or ')}`, () => {
    assert.deepEqual(nextTo(nodes), counts)
  })
}
