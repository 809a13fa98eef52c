import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chiSquare, chiSquareLimit, tally } from '../../gossip/chi-square.ts'
import { degrees, graph, reached, rows } from './graphs.ts'

/** What a node knows besides its neighbours in the grid. */
function shortcuts(topology: string, nodes: number, seed: number): number[][] {
  const grid = rows(graph(topology.replace('imperfect-', ''), nodes))
  return rows(graph(topology, nodes, seed)).map((row, node) => row.filter((it) => !grid[node]!.includes(it)))
}

for (const topology of ['imperfect-grid', 'imperfect-grid3d']) {
  test(`when ${topology} is built then each node has the grid's neighbours and one more, if anyone is left`, () => {
    for (let nodes = 1; nodes <= 130; nodes++) {
      const grid = graph(topology.replace('imperfect-', ''), nodes)
      const it = graph(topology, nodes, nodes)
      const extra = shortcuts(topology, nodes, nodes)
      assert.deepEqual(
        extra.map(({ length }) => length),
        degrees(grid).map((degree) => (degree < nodes - 1 ? 1 : 0)),
      )
      assert.deepEqual(
        degrees(it),
        degrees(grid).map((degree) => Math.min(degree + 1, nodes - 1)),
      )
      assert.equal(reached(it), nodes)
    }
  })
}

test('when shortcuts are drawn many times then each node that is no neighbour comes equally often', () => {
  let seed = 0
  const others = ['2', '4', '5', '6', '7', '8']
  const counts = tally(others, 10_000, () => shortcuts('imperfect-grid', 9, seed++)[0]!.join())
  assert.ok(chiSquare(counts) < chiSquareLimit(others.length), String(counts))
})

test('when shortcuts are there then most go one way', () => {
  const extra = shortcuts('imperfect-grid', 10_000, 1)
  const mutual = extra.filter(([other], node) => extra[other!]!.includes(node)).length
  assert.ok(mutual < 20, `${mutual} of 10,000, where about one is to be expected`)
})
