import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { GraphBuilder, graphOfPairs } from '../../../src/network/topology/graph-builder.ts'
import { degrees, rows } from './graphs.ts'

const NODES = 12
const node = fc.nat(NODES - 1)
const some = fc.array(fc.record({ a: node, b: node, isBoth: fc.boolean() }), { maxLength: 300 })

test('when links are collected then each node has its neighbours, none twice and never itself', () => {
  fc.assert(
    fc.property(some, (given) => {
      const links = new GraphBuilder(NODES)
      const expected = Array.from({ length: NODES }, () => new Set<number>())
      for (const { a, b, isBoth } of given) {
        if (isBoth) links.linkBoth(a, b)
        else links.link(a, b)
        if (a === b) continue
        expected[a]!.add(b)
        if (isBoth) expected[b]!.add(a)
      }
      const graph = links.graph()
      assert.deepEqual(
        rows(graph),
        expected.map((it) => [...it].sort((a, b) => a - b)),
      )
      assert.deepEqual(
        degrees(graph),
        expected.map((it) => it.size),
      )
      assert.equal(graph.nodes, NODES)
      assert.equal(
        graph.links,
        expected.reduce((sum, it) => sum + it.size, 0),
      )
    }),
  )
})

test('when nodes are searched from one then those are found to which links lead step by step', () => {
  fc.assert(
    fc.property(some, node, (given, from) => {
      const links = new GraphBuilder(NODES)
      for (const { a, b } of given.slice(0, NODES)) links.link(a, b)
      const graph = links.graph()
      // Warshall's closure, which looks at every node between every two.
      const leads = rows(graph).map((row, a) =>
        Array.from({ length: NODES }, (_, b) => a === b || row.includes(b)),
      )
      for (let between = 0; between < NODES; between++)
        for (const row of leads)
          if (row[between])
            leads[between]!.forEach((it, b) => {
              row[b] ||= it
            })
      assert.deepEqual([...graph.reachable(from)], leads[from]!.map(Number))
    }),
  )
})

test('when links go one way then what is behind them can not be reached', () => {
  const links = new GraphBuilder(4)
  links.link(0, 1)
  links.link(1, 2)
  links.linkBoth(2, 3)
  assert.deepEqual(
    [0, 1, 2, 3].map((from) => [...links.graph().reachable(from)].join('')),
    ['1111', '0111', '0011', '0011'],
  )
})

test('when more is linked after a graph was made then the next graph has it and the first has not', () => {
  const links = new GraphBuilder(3)
  links.linkBoth(0, 1)
  const first = links.graph()
  links.link(2, 0)
  assert.deepEqual(
    [rows(first), rows(links.graph())],
    [
      [[1], [0], []],
      [[1], [0], [0]],
    ],
  )
})

for (const pair of [
  [0, 3],
  [3, 0],
  [-1, 0],
  [0, -1],
]) {
  test(`when ${pair.join(' and ')} are linked among three nodes then that is an error`, () => {
    assert.throws(() => graphOfPairs(3, Int32Array.from(pair)), RangeError)
    assert.throws(() => graphOfPairs(3, new Int32Array(), Int32Array.from(pair)), RangeError)
  })
}
