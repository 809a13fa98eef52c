import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { smallWorld } from '../../../src/network/topology/small-world.ts'
import { script } from '../../gossip/dice.ts'
import { assertLinks, degrees, graph, reached, rows } from './graphs.ts'

/** How far apart on the ring. */
function apart(a: number, b: number, nodes: number): number {
  const steps = Math.abs(a - b)
  return Math.min(steps, nodes - steps)
}

test('when nothing is rewired then each node is linked to the K/2 nearest on each side', () => {
  for (const [nodes, k] of [
    [3, 2],
    [5, 4],
    [6, 4],
    [20, 2],
    [20, 18],
    [101, 10],
  ] as const)
    assertLinks(graph(`small-world:${k},0`, nodes), (a, b) => apart(a, b, nodes) <= k / 2)
})

test('when links are rewired then there are as many, both ways, and each node has at least K/2', () => {
  const size = fc.integer({ min: 3, max: 60 })
  fc.assert(
    fc.property(
      size,
      fc.nat(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer(),
      (nodes, some, p, seed) => {
        const k = 2 * (1 + (some % Math.floor((nodes - 1) / 2)))
        const it = graph(`small-world:${k},${p}`, nodes, seed)
        assert.equal(it.links, nodes * k)
        assert.ok(degrees(it).every((degree) => degree >= k / 2))
        const links = rows(it)
        assertLinks(it, (a, b) => links[b]!.includes(a))
      },
    ),
  )
})

for (const p of [0.05, 0.3, 1]) {
  test(`when links are rewired with probability ${p} then that share is not between near ones any more`, () => {
    const [nodes, k] = [20_000, 6]
    const links = (nodes * k) / 2
    const it = graph(`small-world:${k},${p}`, nodes)
    const far = rows(it).flatMap((row, a) => row.filter((b) => b > a && apart(a, b, nodes) > k / 2)).length
    // A rewired link ends near its node by chance in less than k of n cases.
    const slack = 5 * Math.sqrt(links * p * (1 - p)) + 2 * links * p * (k / nodes) + 10
    assert.ok(Math.abs(far - links * p) <= slack, `${far} of ${links}`)
    assert.equal(reached(it), nodes)
  })
}

/** The ring of 7 in which, of all links, that from 0 to 1 is rewired, with these nodes drawn for it. */
function rewired(...drawn: number[]): number[][] {
  const draws = drawn.map((node) => (node + 0.5) / 7)
  const keep = new Array<number>(6).fill(0.9)
  return rows(smallWorld(7, 2, 0.5, script(0.1, ...draws, ...keep)))
}

for (const node of [2, 3, 4, 5]) {
  test(`when a link of 0 is rewired and ${node} is drawn, which 0 is not linked to, then it leads there`, () => {
    const links = rewired(node)
    assert.deepEqual(new Set(links[0]), new Set([node, 6]))
    assert.ok(links[node]!.includes(0))
    assert.deepEqual(links[1], [2])
  })
}

for (const node of [0, 1, 6]) {
  test(`when a link of 0 is rewired and ${node} is drawn, itself or linked to it, then it is drawn again`, () => {
    assert.deepEqual(rewired(node, node, 3), rewired(3))
  })
}

test('when a node is linked to all others, from the first on or since others were led to it, then it keeps its links', () => {
  assertLinks(graph('small-world:4,1', 5), () => true)
  for (let seed = 0; seed < 200; seed++) assert.equal(graph('small-world:4,1', 6, seed).links, 24)
})

test('when every link is rewired at random then the degrees spread as the sum of K/2 and a Poisson number', () => {
  const all = degrees(graph('small-world:10,1', 20_000))
  const mean = all.reduce((a, b) => a + b) / all.length
  const variance = all.reduce((sum, it) => sum + (it - mean) ** 2, 0) / all.length
  assert.equal(mean, 10)
  assert.ok(Math.min(...all) >= 5)
  // Barrat, Weigt 2000: of the other K/2 the number is Poisson with mean and variance K/2 as p goes to 1.
  assert.ok(Math.abs(variance - 5) < 0.3, String(variance))
})
