import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeStreams, PURPOSES, RandomStream, randomStream } from '../../src/simulation/random.ts'
import { chiSquare, chiSquareLimit } from '../gossip/chi-square.ts'

const BINS = 16
type Purpose = keyof typeof PURPOSES
const purposes = Object.keys(PURPOSES) as Purpose[]

interface Stream {
  random(): number
}

function throws(stream: Stream, count: number): number[] {
  return Array.from({ length: count }, () => stream.random())
}

/** Streams of the nodes 0, 1, 2... */
function nodes(seed: number, run: number, count: number): Stream[] {
  const streams = nodeStreams(seed, run, 'nodes')
  const next = () => new RandomStream(streams())
  return Array.from({ length: count }, () => next())
}

function assertEven(numbers: readonly number[], what: string): void {
  const counts = new Array<number>(BINS).fill(0)
  for (const it of numbers) counts[Math.floor(it * BINS)]! += 1
  assert.ok(chiSquare(counts) < chiSquareLimit(BINS), `${what}: ${counts}`)
}

/** Pairs that have nothing to do with each other fill a square evenly. */
function assertUnrelated(a: readonly number[], b: readonly number[], what: string): void {
  const counts = new Array<number>(64).fill(0)
  for (const [i, it] of a.entries()) counts[Math.floor(it * 8) * 8 + Math.floor(b[i]! * 8)]! += 1
  assert.ok(chiSquare(counts) < chiSquareLimit(64), `${what}: ${counts}`)
}

test('when seed, run and purpose are the same then so is the stream', () => {
  assert.deepEqual(throws(randomStream(7, 3, 'network'), 100), throws(randomStream(7, 3, 'network'), 100))
})

test('when purpose, run or seed differ, in low or high bits, then so does the stream', () => {
  const seeds = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1]
  const streams = seeds.flatMap((seed) =>
    [0, 1, 2, 999_999].flatMap((run) => [
      ...purposes.map((purpose) => randomStream(seed, run, purpose)),
      ...nodes(seed, run, 3),
    ]),
  )
  const first = streams.map((it) => throws(it, 3).join())
  assert.equal(new Set(first).size, streams.length)
})

test('when there are more nodes then each stream that was there before stays', () => {
  const few = nodes(5, 1, 3).map((it) => throws(it, 10))
  const many = nodes(5, 1, 300).map((it) => throws(it, 10))
  assert.deepEqual(many.slice(0, 3), few)
})

test('when a node throws more often then the streams of the others stay', () => {
  const streams = nodeStreams(5, 1, 'nodes')
  const next = () => new RandomStream(streams())
  throws(next(), 1000)
  assert.deepEqual(throws(next(), 10), throws(nodes(5, 1, 2)[1]!, 10))
})

for (const purpose of purposes) {
  test(`when many are thrown for ${purpose} then all of [0, 1) comes alike, and the next is unrelated`, () => {
    const numbers = throws(randomStream(1, 0, purpose), 64_001)
    assert.ok(numbers.every((it) => it >= 0 && it < 1))
    assertEven(numbers, purpose)
    assertUnrelated(numbers.slice(0, -1), numbers.slice(1), `${purpose}, one after the other`)
  })
}

test('when seeds, runs or nodes are neighbours then their first throws are even and unrelated', () => {
  const count = 6400
  const upTo = Array.from({ length: count }, (_, i) => i)
  const firsts = {
    seeds: upTo.map((seed) => randomStream(seed, 0, 'network').random()),
    'high bits of seeds': upTo.map((it) => randomStream(it * 2 ** 32, 0, 'network').random()),
    runs: upTo.map((run) => randomStream(1, run, 'network').random()),
    nodes: nodes(1, 0, count).map((it) => it.random()),
    "runs' first nodes": upTo.map((run) => nodes(1, run, 1)[0]!.random()),
  }
  for (const [what, numbers] of Object.entries(firsts)) {
    assertEven(numbers, what)
    assertUnrelated(numbers.slice(0, -1), numbers.slice(1), what)
  }
})

test('when two purposes of one seed are compared then they are unrelated', () => {
  const seeds = Array.from({ length: 6400 }, (_, i) => i)
  const first = (purpose: Purpose) => seeds.map((seed) => randomStream(seed, 0, purpose).random())
  for (const [i, a] of purposes.entries())
    for (const b of purposes.slice(i + 1)) assertUnrelated(first(a), first(b), `${a}, ${b}`)
})
