import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NodeDice } from '../../../src/simulation/nodes/dice.ts'
import { nodeStreams, RandomStream } from '../../../src/simulation/random.ts'

const NODES = 20

test('when nodes throw in any order then each throws what its own stream does', () => {
  for (const [seed, run] of [
    [1, 0],
    [2 ** 53 - 1, 999_999],
  ] as const) {
    const dice = new NodeDice(NODES, seed, run)
    const next = nodeStreams(seed, run, 'nodes')
    const streams = Array.from({ length: NODES }, () => new RandomStream(next()))
    for (let i = 0; i < 5000; i++) {
      const node = (i * i + i) % NODES
      assert.equal(dice.random(node), streams[node]!.random(), `throw ${i}, of node ${node}`)
    }
  }
})
