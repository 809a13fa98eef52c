import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { graphOf } from '../../../src/network/topology/build.ts'
import { leftOut, parseEdges } from '../../../src/network/topology/edges.ts'
import { nameAt, placeOf } from '../../../src/network/topology/node-names.ts'
import { dice } from '../../gossip/dice.ts'
import { rows } from './graphs.ts'

const read: { what: string; text: string; names?: (string | number)[]; edges: number[]; left?: string }[] = [
  {
    what: 'comments, blank lines and any divider',
    text: '# a network\n% another\n\n0 1\r\n1\t2\n2,3 # the last but one\n  3 , 4  \n \t \n5   0 \t',
    edges: [0, 1, 1, 2, 2, 3, 3, 4, 5, 0],
  },
  { what: 'numbers from 1 on', text: '1 2\n2 3\n3 1', names: [1, 2, 3], edges: [0, 1, 1, 2, 2, 0] },
  {
    what: 'gaps',
    text: '40 7\n7 1000000000\n7 999999999',
    names: ['7', '40', '999999999', '1000000000'],
    edges: [1, 0, 0, 3, 0, 2],
  },
  {
    what: 'large numbers',
    text: '9007199254740993 9007199254740992',
    names: ['9007199254740992', '9007199254740993'],
    edges: [1, 0],
  },
  {
    what: 'words',
    text: 'bob ann\nann 10\n9 bob',
    names: ['9', '10', 'ann', 'bob'],
    edges: [3, 2, 2, 1, 0, 3],
  },
  { what: 'a name that is a number with zeros', text: '007 7', names: ['7', '007'], edges: [1, 0] },
  {
    what: 'addresses',
    text: '10.0.0.1:7000 [::1]:7001',
    names: ['10.0.0.1:7000', '[::1]:7001'],
    edges: [0, 1],
  },
  {
    what: 'nodes linked to themselves, and to nobody else',
    text: '1 1\n2 3\n4 4\n4 4',
    names: [1, 2, 3, 4],
    edges: [1, 2],
    left: 'a.txt: 4 nodes, 1 edges; left out: 3 of a node to itself',
  },
  {
    what: 'edges that are there twice',
    text: '0 1\n1 0\n0 1\n1 2\n2 2',
    edges: [0, 1, 1, 0, 0, 1, 1, 2],
    left: 'a.txt: 3 nodes, 2 edges; left out: 1 of a node to itself, 2 that are there before',
  },
  {
    what: 'no end of the last line, and old ends',
    text: '1 2\r\n2 3\r\n',
    names: [1, 2, 3],
    edges: [0, 1, 1, 2],
  },
]
for (const { what, text, names, edges, left } of read) {
  test(`when a list of edges has ${what} then the nodes are those of the file`, () => {
    const topology = parseEdges(text, 'a.txt')
    assert.deepEqual([...topology.edges], edges)
    assert.deepEqual(topology.names && [...topology.names], names)
    assert.equal(topology.nodes, names?.length ?? Math.max(...edges) + 1)
    assert.equal(leftOut(topology), left)
  })
}

test('when many edges are written, of any names and in any order, then the same graph is read', () => {
  const name = fc.oneof(fc.nat(30).map(String), fc.stringMatching(/^[a-z][\w.:-]{0,30}$/))
  const edge = fc.tuple(name, name)
  fc.assert(
    fc.property(
      fc.array(edge, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(' ', '\t', ',', ' , '),
      fc.integer({ min: 1, max: 9 }),
      (some, divider, size) => {
        // Words that begin it among numbers only are taken for a header.
        const edges = [['0', '1'] as [string, string], ...some, ['0', '1'] as [string, string]]
        const text = `# edges\n${edges.map((it) => it.join(divider)).join('\n')}`
        const parts = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!
        const topology = parseEdges(parts, 'a.txt')
        const all = new Set(edges.flat())
        assert.equal(topology.nodes, all.size)
        const names = topology.names ?? Int32Array.from({ length: all.size }, (_, i) => i)
        for (const it of all) assert.equal(nameAt(names, placeOf(names, it)!), it)
        const written = new Set(edges.filter(([a, b]) => a !== b).map((it) => [...it].sort().join(' ')))
        const graph = graphOf(topology, topology.nodes, dice(1))!
        const found = new Set<string>()
        rows(graph).forEach((row, from) => {
          for (const to of row) found.add([nameAt(names, from), nameAt(names, to)].sort().join(' '))
        })
        assert.deepEqual([...found].sort(), [...written].sort())
        const again = parseEdges(
          [...edges]
            .reverse()
            .map((it) => it.join(' '))
            .join('\n'),
          'a.txt',
        )
        assert.deepEqual(again.names, topology.names)
      },
    ),
  )
})

const FORM = 'must be two nodes, such as 0 17 or ann bob, divided by spaces, a tab or a comma'
const wrong = [
  { text: '0', error: `a.txt:1: "0" ${FORM}` },
  { text: '0 1\n\n# three\n0 1 2', error: `a.txt:4: "0 1 2" ${FORM}` },
  { text: '0 1\n0,,1', error: `a.txt:2: "0,,1" ${FORM}` },
  { text: '0;1', error: `a.txt:1: "0;1" ${FORM}` },
  { text: '{"at": 1', error: `a.txt:1: "{\\"at\\": 1" ${FORM}` },
  { text: '0 # 1', error: `a.txt:1: "0" ${FORM}` },
  { text: `${'9'.repeat(400)} 1`, error: `a.txt:1: "${'9'.repeat(40)}..." ${FORM}` },
  { text: 'x'.repeat(200_000), error: `a.txt:1: "${'x'.repeat(40)}..." ${FORM}` },
  { text: '0 1\n1 2\n2 3\n# too many\n3 4', error: 'a.txt:5: there are more than 3 edges' },
  { text: '', error: 'a.txt holds no edge' },
  { text: '# only\n\n% comments\n', error: 'a.txt holds no edge' },
  {
    text: '# a\nsource target\nann bob',
    error: 'a.txt:2: "source target" looks like a header: put a # before it',
  },
  {
    text: 'FromNodeId\tToNodeId\n1\t2',
    error: 'a.txt:1: "FromNodeId\\tToNodeId" looks like a header: put a # before it',
  },
  {
    text: 'caller,callee\n1,2\n2,3',
    error: 'a.txt:1: "caller,callee" looks like a header: put a # before it',
  },
]
for (const { text, error } of wrong) {
  test(`when a list of edges is ${JSON.stringify(text.slice(0, 40))} then an error names the line`, () => {
    assert.throws(() => parseEdges(text, 'a.txt', 3), new Error(error))
  })
}

test('when words look like columns but are nodes of other edges, too, then they are nodes', () => {
  assert.equal(parseEdges('source target\ntarget ann', 'a.txt').nodes, 3)
  assert.equal(parseEdges('ann bob', 'a.txt').nodes, 2)
})

test('when a graph has edges then each counts both ways, and once where it is there twice', () => {
  const topology = parseEdges('5 7\n7 5\n5 7\n7 9', 'a.txt')
  assert.deepEqual(rows(graphOf(topology, 3, dice(1))!), [[1], [0, 2], [1]])
})

test('when there are more or fewer nodes than the file has then the error says how many there are', () => {
  const topology = parseEdges('0 1\n9 2', 'a.txt')
  assert.equal(graphOf(topology, 4, dice(1))!.links, 4)
  for (const nodes of [3, 5])
    assert.throws(
      () => graphOf(topology, nodes, dice(1)),
      new Error(`topology a.txt can't have ${nodes} nodes: it needs 4, the nodes of that file`),
    )
})
