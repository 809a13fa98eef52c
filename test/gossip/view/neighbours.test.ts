import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Address } from '../../../src/gossip/strategy.ts'
import { NeighbourView } from '../../../src/gossip/view/neighbours.ts'
import { addressOf, numberOf } from '../../../src/gossip/view/node-number.ts'
import { chiSquare, chiSquareLimit, tally } from '../chi-square.ts'
import { dice } from '../dice.ts'

const NEIGHBOURS = Int32Array.of(3, 0, 12, 7, 999_999)
const NUMBERS = [...NEIGHBOURS]

function numbers(addresses: readonly Address[]): number[] {
  return addresses.map(numberOf)
}

test('when a node picks one neighbour many times then each comes equally often, and nobody else', () => {
  const view = new NeighbourView(NEIGHBOURS)
  const random = dice(1)
  const counts = tally(NUMBERS.map(String), 20_000, () => numbers(view.pick(1, [], random)).join())
  assert.ok(chiSquare(counts) < chiSquareLimit(counts.length), String(counts))
})

test('when a node picks two neighbours of those not excepted then each pair comes equally often', () => {
  const view = new NeighbourView(NEIGHBOURS)
  const random = dice(2)
  const pairs = ['0 3', '0 999999', '3 999999']
  for (const except of [
    [addressOf(12), addressOf(7)],
    new Set([addressOf(12), addressOf(7), addressOf(4)]),
  ]) {
    const counts = tally(pairs, 20_000, () =>
      numbers(view.pick(2, except, random))
        .sort((a, b) => a - b)
        .join(' '),
    )
    assert.ok(chiSquare(counts) < chiSquareLimit(counts.length), String(counts))
  }
})

test('when a node picks then neighbours only, none twice, none excepted, and as many as there are', () => {
  const some = fc.uniqueArray(fc.nat(20), { maxLength: 15 })
  fc.assert(
    fc.property(some, some, fc.nat(15), fc.integer(), (neighbours, except, k, seed) => {
      const view = new NeighbourView(Int32Array.from(neighbours))
      const picked = numbers(view.pick(k, except.map(addressOf), dice(seed)))
      const allowed = neighbours.filter((it) => !except.includes(it))
      assert.equal(new Set(picked).size, picked.length)
      assert.ok(picked.every((it) => allowed.includes(it)))
      assert.equal(picked.length, Math.min(k, allowed.length))
    }),
  )
})

test('when the view is asked for its peers then it names and counts them, in a copy', () => {
  const view = new NeighbourView(NEIGHBOURS)
  view.list().fill(addressOf(4))
  assert.deepEqual(numbers(view.list()), NUMBERS)
  assert.equal(view.size, 5)
})

test('when a node has no neighbours then it picks nobody', () => {
  const view = new NeighbourView([])
  assert.deepEqual([view.pick(3, [], dice(1)), view.list(), view.size], [[], [], 0])
})

test('when peers speak, fail or time passes then nobody is new and nobody is gone', () => {
  const view = new NeighbourView(NEIGHBOURS)
  view.period()
  assert.deepEqual(
    [view.heard(), view.reached()],
    [
      { up: [], gone: [] },
      { up: [], gone: [] },
    ],
  )
  assert.equal(view.failed(), true)
  assert.deepEqual(numbers(view.list()), NUMBERS)
})
