import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseEdges } from '../../../src/network/topology/edges.ts'
import { nameOfTopology, parseTopology } from '../../../src/network/topology/topology.ts'

const BARE = ['full', 'real', 'line', 'ring', 'grid', 'torus', 'grid3d', 'imperfect-grid', 'imperfect-grid3d']

for (const kind of BARE) {
  test(`when ${kind} is written then it is that topology, without parameters`, () => {
    assert.deepEqual(parseTopology(kind), { kind })
  })
}

const parsed = [
  { text: 'k-out:3', topology: { kind: 'k-out', k: 3 } },
  { text: 'tree:2', topology: { kind: 'tree', k: 2 } },
  { text: 'tree:10000000', topology: { kind: 'tree', k: 10_000_000 } },
  { text: 'small-world:6,0.1', topology: { kind: 'small-world', k: 6, p: 0.1 } },
  { text: 'small-world:2,0', topology: { kind: 'small-world', k: 2, p: 0 } },
  { text: 'small-world:2,1', topology: { kind: 'small-world', k: 2, p: 1 } },
  { text: 'scale-free:4', topology: { kind: 'scale-free', m: 4 } },
]
for (const { text, topology } of parsed) {
  test(`when ${text} is written then it has these parameters`, () => {
    assert.deepEqual(parseTopology(text), topology)
  })
}

const count = fc.integer({ min: 1, max: 10_000_000 })
const words = fc.oneof(
  fc.constantFrom(...BARE),
  count.map((k) => `k-out:${k}`),
  count.map((k) => `tree:${k}`),
  count.map((m) => `scale-free:${m}`),
  fc
    .tuple(fc.integer({ min: 1, max: 5_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([half, p]) => `small-world:${2 * half},${p}`),
)

test('when a topology is named then the name is what was written', () => {
  fc.assert(
    fc.property(words, (text) => {
      assert.equal(nameOfTopology(parseTopology(text)), text)
    }),
  )
})

test('when a topology is a list of edges then it is named as the list is', () => {
  assert.equal(nameOfTopology(parseEdges('0 1', 'a.txt')), 'a.txt')
})

const ALL = [...BARE, 'k-out:K', 'tree:K', 'small-world:K,P', 'scale-free:M, or a file of edges'].join(' ')
const K = 'K must be a whole number from 1 to 10000000'
const P = 'P must be a probability from 0 to 1'
const EVEN = 'K must be even, for half of them are on each side'
const wrong = [
  { text: 'moebius', error: `no topology is named "moebius": it must be one of ${ALL}` },
  { text: '', error: `no topology is named "": it must be one of ${ALL}` },
  { text: 'Ring', error: `no topology is named "Ring": it must be one of ${ALL}` },
  { text: 'edges', error: `no topology is named "edges": it must be one of ${ALL}` },
  { text: 'a\nb', error: `no topology is named "a\\nb": it must be one of ${ALL}` },
  { text: 'a'.repeat(99), error: `no topology is named "${'a'.repeat(40)}...": it must be one of ${ALL}` },
  { text: 'line:3', error: 'topology "line:3" must be written as line' },
  { text: 'k-out', error: 'topology "k-out" must be written as k-out:K' },
  { text: 'k-out:1,2', error: 'topology "k-out:1,2" must be written as k-out:K' },
  { text: 'k-out:', error: `topology "k-out:", k-out:K: ${K}` },
  { text: 'k-out:0', error: `topology "k-out:0", k-out:K: ${K}` },
  { text: 'k-out:10000001', error: `topology "k-out:10000001", k-out:K: ${K}` },
  { text: 'k-out: 3', error: `topology "k-out: 3", k-out:K: ${K}` },
  { text: 'tree:-1', error: `topology "tree:-1", tree:K: ${K}` },
  { text: 'tree:1.5', error: `topology "tree:1.5", tree:K: ${K}` },
  { text: 'tree:2:3', error: `topology "tree:2:3", tree:K: ${K}` },
  { text: 'small-world:4', error: 'topology "small-world:4" must be written as small-world:K,P' },
  { text: 'small-world:3,0', error: `topology "small-world:3,0", small-world:K,P: ${EVEN}` },
  { text: 'small-world:0,0', error: `topology "small-world:0,0", small-world:K,P: ${K}` },
  { text: 'small-world:4,1.1', error: `topology "small-world:4,1.1", small-world:K,P: ${P}` },
  { text: 'small-world:4,-0', error: `topology "small-world:4,-0", small-world:K,P: ${P}` },
  { text: 'small-world:x,y', error: `topology "small-world:x,y", small-world:K,P: ${K}; ${P}` },
  {
    text: 'scale-free:m',
    error: 'topology "scale-free:m", scale-free:M: M must be a whole number from 1 to 10000000',
  },
]
for (const { text, error } of wrong) {
  test(`when ${JSON.stringify(text.slice(0, 20))} is written then one line says what is allowed`, () => {
    assert.throws(() => parseTopology(text), new Error(error))
  })
}
