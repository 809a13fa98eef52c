import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chiSquare, chiSquareLimit, tally } from '../../gossip/chi-square.ts'
import { degrees, graph, reached, rows } from './graphs.ts'

test('when each node knows K others then they are K different ones, never itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.integer(), (nodes, some, seed) => {
      const k = 1 + (some % (nodes - 1))
      const it = graph(`k-out:${k}`, nodes, seed)
      assert.ok(degrees(it).every((degree) => degree === k))
      rows(it).forEach((row, node) => {
        assert.equal(new Set(row).size, k)
        assert.ok(row.every((other) => other !== node && other >= 0 && other < nodes))
      })
    }),
  )
})

for (const node of [0, 3, 6]) {
  test(`when node ${node} of 7 draws two others many times then each pair comes equally often`, () => {
    const others = [0, 1, 2, 3, 4, 5, 6].filter((it) => it !== node)
    const pairs = others.flatMap((a) => others.filter((b) => b > a).map((b) => `${a},${b}`))
    let seed = 0
    const counts = tally(pairs, 15_000, () => rows(graph('k-out:2', 7, seed++))[node]!.join())
    assert.ok(chiSquare(counts) < chiSquareLimit(pairs.length), String(counts))
  })
}

test('when two nodes draw an other each then what one draws says nothing about the other', () => {
  const both = ['1', '2', '3'].flatMap((a) => ['0', '2', '3'].map((b) => `${a} ${b}`))
  let seed = 0
  const counts = tally(both, 15_000, () =>
    rows(graph('k-out:1', 4, seed++))
      .slice(0, 2)
      .join(' '),
  )
  assert.ok(chiSquare(counts) < chiSquareLimit(both.length), String(counts))
})

test('when ten thousand nodes know 20 others each then all are known about equally often', () => {
  const known = new Array<number>(10_000).fill(0)
  for (const other of rows(graph('k-out:20', 10_000)).flat()) known[other]! += 1
  assert.ok(chiSquare(known) < chiSquareLimit(known.length))
})

test('when each node knows one other then not all can be reached, and with twenty they can', () => {
  // Along single links one comes into a circle after about sqrt(pi n / 2) of n nodes: 40 of 1000 (Harris 1960).
  const ones = Array.from({ length: 100 }, (_, seed) => reached(graph('k-out:1', 1000, seed)))
  assert.ok(Math.max(...ones) < 200, String(ones))
  const mean = ones.reduce((a, b) => a + b) / ones.length
  assert.ok(mean > 29 && mean < 50, `${mean}, where 40 is to be expected, with a standard error of 2`)
  assert.equal(reached(graph('k-out:20', 1000)), 1000)
})
