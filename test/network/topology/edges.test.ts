import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { graphOf } from '../../../src/network/topology/build.ts'
import { parseEdges } from '../../../src/network/topology/edges.ts'
import { dice } from '../../gossip/dice.ts'
import { rows } from './graphs.ts'

test('when edges are divided by spaces, tabs or a comma, among comments and blank lines, then all are read', () => {
  const text = '# a network\n\n0 1\r\n1\t2\n2,3 # the last but one\n  3 , 4  \n \t \n5   0\n10000000 007'
  assert.deepEqual(parseEdges(text, 'a.txt'), {
    kind: 'edges',
    name: 'a.txt',
    edges: Int32Array.of(0, 1, 1, 2, 2, 3, 3, 4, 5, 0, 10_000_000, 7),
  })
})

test('when many edges are written then the same are read', () => {
  const edge = fc.uniqueArray(fc.nat(10_000_000), { minLength: 2, maxLength: 2 })
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 200 }), fc.constantFrom(' ', '\t', ','), (edges, divider) => {
      const text = edges.map((it) => it.join(divider)).join('\n')
      const read = parseEdges(text, 'a.txt')
      assert.ok(read.kind === 'edges')
      assert.deepEqual([...read.edges], edges.flat())
    }),
  )
})

const FORM = 'must be two numbers of nodes, such as 0 17, divided by spaces, a tab or a comma'
const wrong = [
  { text: '0', error: `a.txt:1: ${FORM}` },
  { text: '0 1\n\n# three\n0 1 2', error: `a.txt:4: ${FORM}` },
  { text: '0 1\n0,,1', error: `a.txt:2: ${FORM}` },
  { text: '0;1', error: `a.txt:1: ${FORM}` },
  { text: '-1 0', error: `a.txt:1: ${FORM}` },
  { text: '0.5 1', error: `a.txt:1: ${FORM}` },
  { text: '0x1 2', error: `a.txt:1: ${FORM}` },
  { text: 'source target', error: `a.txt:1: ${FORM}` },
  { text: '0 # 1', error: `a.txt:1: ${FORM}` },
  { text: '0 1\n7 7', error: 'a.txt:2: node 7 is linked to itself, must be two different nodes' },
  { text: '0 10000001', error: "a.txt:1: a node's number must be from 0 to 10000000" },
  { text: `${'9'.repeat(400)} 1`, error: "a.txt:1: a node's number must be from 0 to 10000000" },
  { text: '0 1\n1 2\n2 3\n# too many\n3 4', error: 'a.txt:5: must be at most 3 edges' },
]
for (const { text, error } of wrong) {
  test(`when a list of edges is ${JSON.stringify(text.slice(0, 40))} then an error names the line`, () => {
    assert.throws(() => parseEdges(text, 'a.txt', 3), new Error(error))
  })
}

test('when a graph has edges then each counts both ways, and once where it is there twice', () => {
  const topology = parseEdges('0 1\n1 0\n0 1\n1 3', 'a.txt')
  assert.deepEqual(rows(graphOf(topology, 5, dice(1))!), [[1], [0, 3], [], [1], []])
})

test('when the list has a node that the graph has not then the error says how many it needs', () => {
  const topology = parseEdges('0 1\n9 2', 'a.txt')
  assert.equal(graphOf(topology, 10, dice(1))!.links, 4)
  assert.throws(
    () => graphOf(topology, 9, dice(1)),
    new Error("topology a.txt can't have 9 nodes: it needs at least 10 nodes"),
  )
})
