import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deal, nameOfPopulation, type Population } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import push from '../../src/strategy/push.ts'
import silent from '../../src/strategy/silent.ts'
import { dice } from './dice.ts'

const kinds = [protocol('push', push), protocol('silent', silent)]

function population(...weights: number[]): Population {
  const [first, ...others] = weights.map((weight, i) => ({ protocol: kinds[i % 2]!, weight }))
  return [first!, ...others]
}

function counts(dealt: Uint8Array, kinds: number): number[] {
  return Array.from({ length: kinds }, (_, i) => dealt.filter((it) => it === i).length)
}

const shares: [weights: number[], nodes: number, counts: number[]][] = [
  [[1], 10, [10]],
  [[50, 50], 10, [5, 5]],
  [[1, 3], 100, [25, 75]],
  [[0.5, 0.25, 0.25], 8, [4, 2, 2]],
  [[1, 1, 1], 10, [3, 4, 3]],
  [[1, 1], 1, [1, 0]],
]
for (const [weights, nodes, right] of shares) {
  test(`when ${nodes} nodes are dealt by ${weights} then each gets its share: ${right}`, () => {
    assert.deepEqual(counts(deal(population(...weights), nodes, dice(1)), weights.length), right)
  })
}

test('when there is one protocol then nothing is drawn', () => {
  const never = (): number => assert.fail('it drew')
  assert.deepEqual([...deal(population(7), 5, never)], [0, 0, 0, 0, 0])
})

test('when nodes are dealt by any weights then node 0 runs the first, and shares are right to one node', () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = dice(seed)
    const weights = Array.from({ length: 2 + Math.floor(random() * 5) }, () => 0.01 + random() * 10)
    const nodes = 1 + Math.floor(random() * 200)
    const dealt = deal(population(...weights), nodes, random)
    const total = weights.reduce((a, b) => a + b)
    assert.equal(dealt.length, nodes)
    assert.equal(dealt[0], 0, `seed ${seed}`)
    // Rounding moves a border by half a node at either end, and node 0 may be the only one of the first.
    for (const [i, count] of counts(dealt, weights.length).entries())
      assert.ok(Math.abs(count - (nodes * weights[i]!) / total) <= 2, `seed ${seed}: ${count} of kind ${i}`)
  }
})

test('when nodes are dealt again and again then every place but the first is equally likely', () => {
  const random = dice(1)
  const often = new Array(10).fill(0)
  for (let i = 0; i < 20_000; i++) {
    for (const [node, kind] of deal(population(5, 5), 10, random).entries()) often[node] += kind
  }
  assert.equal(often[0], 0)
  // 5 of 9 places; 20,000 deals know a share to 0.0035, 5 of these.
  for (const it of often.slice(1)) assert.ok(Math.abs(it / 20_000 - 5 / 9) < 0.0176, String(often))
})

test('when a population is named then a single protocol goes without its weight', () => {
  assert.equal(nameOfPopulation(population(3)), 'push')
  assert.equal(nameOfPopulation(population(50, 0.5)), 'push:50,silent:0.5')
})
