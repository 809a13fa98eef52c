import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sideOf } from '../../../src/network/topology/lattice.ts'
import { assertLinks, degrees, graph, histogram, reached } from './graphs.ts'

const SMALL = Array.from({ length: 130 }, (_, i) => i + 1)

/** Steps along the axes from one to the other, in a box with that side. */
function distance(a: number, b: number, side: number): number {
  const along = (step: number) => Math.abs((Math.floor(a / step) % side) - (Math.floor(b / step) % side))
  const beyond = side ** 2
  return along(1) + along(side) + Math.abs(Math.floor(a / beyond) - Math.floor(b / beyond))
}

/** The smallest with room, by trying. */
function smallestSide(nodes: number, dimensions: number): number {
  let side = 1
  while (side ** dimensions < nodes) side++
  return side
}

const definitions = [
  { topology: 'line', from: 1, isLinked: (a: number, b: number) => Math.abs(a - b) === 1 },
  {
    topology: 'ring',
    from: 3,
    isLinked: (a: number, b: number, n: number) => [1, n - 1].includes(Math.abs(a - b)),
  },
  {
    topology: 'grid',
    from: 1,
    isLinked: (a: number, b: number, n: number) => distance(a, b, smallestSide(n, 2)) === 1,
  },
  {
    topology: 'grid3d',
    from: 1,
    isLinked: (a: number, b: number, n: number) => distance(a, b, smallestSide(n, 3)) === 1,
  },
  ...[1, 2, 3, 7].map((k) => ({
    topology: `tree:${k}`,
    from: 1,
    isLinked: (a: number, b: number) => {
      const [parent, child] = [Math.min(a, b), Math.max(a, b)]
      return child >= k * parent + 1 && child <= k * parent + k
    },
  })),
]
for (const { topology, from, isLinked } of definitions) {
  test(`when ${topology} has up to 130 nodes then exactly those are linked that should be, and all are connected`, () => {
    for (const nodes of SMALL.filter((it) => it >= from)) {
      const it = graph(topology, nodes)
      assertLinks(it, (a, b) => isLinked(a, b, nodes))
      assert.equal(reached(it, nodes - 1), nodes)
    }
  })
}

const large = [
  { topology: 'line', nodes: 10_000, counts: { 1: 2, 2: 9998 } },
  { topology: 'ring', nodes: 10_000, counts: { 2: 10_000 } },
  { topology: 'grid', nodes: 10_000, counts: { 2: 4, 3: 4 * 98, 4: 98 ** 2 } },
  { topology: 'torus', nodes: 10_000, counts: { 4: 10_000 } },
  { topology: 'grid3d', nodes: 8000, counts: { 3: 8, 4: 12 * 18, 5: 6 * 18 ** 2, 6: 18 ** 3 } },
  { topology: 'tree:3', nodes: 1093, counts: { 1: 729, 3: 1, 4: 363 } },
]
for (const { topology, nodes, counts } of large) {
  test(`when ${topology} has ${nodes} nodes then so many have each degree, and all are connected`, () => {
    const it = graph(topology, nodes)
    assert.deepEqual(histogram(degrees(it)), counts)
    assert.equal(reached(it), nodes)
  })
}

test('when nodes are as many as a square or a cube has, or one more, then the side is exact', () => {
  for (const dimensions of [2, 3] as const) {
    for (let side = 1; side ** dimensions < 1e7; side++) {
      assert.equal(sideOf(side ** dimensions, dimensions), side)
      assert.equal(sideOf(side ** dimensions + 1, dimensions), side + 1)
    }
  }
})
