import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphOf } from '../../../src/network/topology/build.ts'
import { parseTopology } from '../../../src/network/topology/topology.ts'
import { dice } from '../../gossip/dice.ts'
import { graph, rows } from './graphs.ts'

const DRAWN = ['imperfect-grid', 'imperfect-grid3d', 'k-out:3', 'small-world:4,0.5', 'scale-free:2']
const FIXED = ['line', 'ring', 'grid', 'grid3d', 'torus', 'tree:2']

for (const topology of ['full', 'real']) {
  test(`when the topology is ${topology} then there is no graph`, () => {
    assert.equal(graphOf(parseTopology(topology), 10, dice(1)), undefined)
  })
}

for (const topology of DRAWN) {
  test(`when ${topology} is built twice from the same dice then it is the same, from other dice another`, () => {
    assert.deepEqual(rows(graph(topology, 100, 7)), rows(graph(topology, 100, 7)))
    assert.notDeepEqual(rows(graph(topology, 100, 7)), rows(graph(topology, 100, 8)))
  })
}

for (const topology of FIXED) {
  test(`when ${topology} is built then no dice are thrown`, () => {
    const none = () => assert.fail('threw the dice')
    assert.equal(graphOf(parseTopology(topology), 100, none)!.nodes, 100)
  })
}

for (const topology of ['line', 'grid', 'grid3d', 'imperfect-grid', 'imperfect-grid3d', 'tree:3']) {
  test(`when ${topology} has one node then it knows nobody`, () => {
    assert.deepEqual(rows(graph(topology, 1)), [[]])
  })
}

const least = [
  { topology: 'line', nodes: 1, need: 'at least 1 node' },
  { topology: 'ring', nodes: 3, need: 'at least 3 nodes' },
  { topology: 'torus', nodes: 9, need: 'rows and columns of at least 3 each, as with 9 nodes' },
  { topology: 'k-out:1', nodes: 2, need: 'at least 2 nodes' },
  { topology: 'k-out:5', nodes: 6, need: 'at least 6 nodes' },
  { topology: 'small-world:2,1', nodes: 3, need: 'at least 3 nodes' },
  { topology: 'small-world:4,1', nodes: 5, need: 'at least 5 nodes' },
  { topology: 'scale-free:1', nodes: 2, need: 'at least 2 nodes' },
  { topology: 'scale-free:4', nodes: 5, need: 'at least 5 nodes' },
]
for (const { topology, nodes, need } of least) {
  test(`when ${topology} has ${nodes} nodes then it can be built, and with one less an error says what it needs`, () => {
    assert.equal(graph(topology, nodes).nodes, nodes)
    assert.throws(
      () => graph(topology, nodes - 1),
      new Error(`topology ${topology} can't have ${nodes - 1} nodes: it needs ${need}`),
    )
  })
}

test('when a torus is asked of a count without rows and columns then the error says which counts are near', () => {
  const error =
    "topology torus can't have 10 nodes: it needs rows and columns of at least 3 each, as with 9 or 12 nodes"
  assert.throws(() => graph('torus', 10), new Error(error))
})

const most = [
  { topology: 'k-out:1000', nodes: 100_000 },
  { topology: 'small-world:1000,0', nodes: 100_000 },
  { topology: 'scale-free:1000', nodes: 50_000 },
]
for (const { topology, nodes } of most) {
  test(`when ${topology} would have too many links then the error says how many nodes it can have`, () => {
    const error = `topology ${topology} can't have ${nodes + 1} nodes: it needs at most ${nodes} nodes, or it has more than 100000000 links`
    assert.throws(() => graph(topology, nodes + 1), new Error(error))
  })
}
