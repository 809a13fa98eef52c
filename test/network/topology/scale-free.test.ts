import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scaleFree } from '../../../src/network/topology/scale-free.ts'
import { chiSquareLimit } from '../../gossip/chi-square.ts'
import { script } from '../../gossip/dice.ts'
import { assertLinks, degrees, graph, histogram, reached, rows } from './graphs.ts'

test('when a graph grew then each node is linked to M older ones, the first M + 1 to each other, both ways', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.integer(), (nodes, some, seed) => {
      const m = 1 + (some % (nodes - 1))
      const it = graph(`scale-free:${m}`, nodes, seed)
      const links = rows(it)
      links.forEach((row, node) => {
        assert.equal(row.filter((other) => other < node).length, Math.min(node, m))
      })
      assertLinks(it, (a, b) => links[b]!.includes(a))
      assert.equal(it.links, m * (m + 1) + 2 * m * (nodes - m - 1))
      assert.equal(reached(it, nodes - 1), nodes)
    }),
  )
})

test('when the fourth of the nodes comes then each of the others is as likely as it has links', () => {
  const chosen: number[] = []
  // 0 and 1 are linked; with the first throw 2 comes to one of them, with the second 3 to one of all.
  for (const first of [0.25, 0.75]) {
    for (const second of [0.125, 0.375, 0.625, 0.875]) {
      const links = rows(scaleFree(4, 1, script(first, second)))
      const target = links[3]![0]!
      chosen.push(links[target]!.length - 1)
    }
  }
  // Four times of eight the one with two links, and four times one of those with one.
  assert.deepEqual(histogram(chosen), { 1: 4, 2: 4 })
})

test('when a node is drawn to which the new one is linked already then another is drawn', () => {
  // 0, 1 and 2 are linked to each other by the pairs 1 0, 2 0, 2 1.
  const [zero, one] = [1.5 / 6, 0.5 / 6]
  assert.deepEqual(rows(scaleFree(4, 2, script(zero, zero, 3.5 / 6, one)))[3], [0, 1])
})

for (const m of [1, 2, 4]) {
  test(`when ${m} links come with each node then the degrees have the known distribution, with its long tail`, () => {
    const nodes = 100_000
    const counts = histogram(degrees(graph(`scale-free:${m}`, nodes)))
    const last = 12 * m
    let sum = 0
    let rest = nodes
    for (let k = m; k < last; k++) {
      const expected = (nodes * 2 * m * (m + 1)) / (k * (k + 1) * (k + 2))
      sum += ((counts[k] ?? 0) - expected) ** 2 / expected
      rest -= counts[k] ?? 0
    }
    const tail = (nodes * m * (m + 1)) / (last * (last + 1))
    sum += (rest - tail) ** 2 / tail
    const kinds = last - m + 1
    assert.ok(sum < chiSquareLimit(kinds), `chi-square ${sum} of ${kinds} kinds`)
    // Without preference the largest degree would be about M log2(n), 17 M; with it, it grows as M sqrt(n), 316 M.
    assert.ok(Math.max(...Object.keys(counts).map(Number)) > 100 * m)
  })
}
