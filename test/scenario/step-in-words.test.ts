import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseScenario } from '../../src/scenario/scenario.ts'
import { inWords } from '../../src/scenario/step-in-words.ts'

const said: [step: object, words: string][] = [
  [{ do: 'propagate', node: 3, value: 'x' }, 'propagate "x" from node 3'],
  [{ do: 'propagate', node: 3, value: 'x', key: 'a' }, 'propagate "x" under "a" from node 3'],
  [{ do: 'propagate', node: 3, key: 'a', delete: true }, 'delete "a" from node 3'],
  [{ do: 'propagate', node: 3, delete: true }, 'delete the value from node 3'],
  [
    { do: 'partition', groups: ['0-2', [5, 7, 8]] },
    'partition: only nodes of one group reach each other: 0-2 | 5, 7-8',
  ],
  [{ do: 'cut', from: 0, to: '1-' }, 'cut: nothing gets from node 0 to nodes 1-9'],
  [
    { do: 'load', values: 200, keys: 10, publishers: 1 },
    'load: 200 values, 20/s, under 10 keys in turn, from one node',
  ],
  [
    { do: 'load', values: 9, rate: 2.5, publishers: 3, size: '1KiB' },
    'load: 9 values, 2.5/s, each under a key of its own, from 3 nodes, of 1KiB each',
  ],
  [{ do: 'heal' }, 'heal: all ways are open again'],
  [{ do: 'heal', from: 1, to: '2-3' }, 'heal: the ways between node 1 and nodes 2-3 are open again'],
  [{ do: 'kill', nodes: [1, 3] }, 'kill nodes 1, 3'],
  [{ do: 'restart', nodes: 4, state: 'kept' }, 'restart node 4, state kept'],
  [
    { do: 'slow', nodes: '1-3', factor: 2.5 },
    'slow: from now on everything takes 2.5 times as long on nodes 1-3',
  ],
  [{ do: 'slow', nodes: 4, factor: 1 }, 'slow: node 4 as fast again as at first'],
  [
    { do: 'network', loss: 0.3, duplicate: 0.01, latency: '1..9' },
    'network: from now on 30% of the messages are lost, 1% come twice, each takes 1 to 9 ms',
  ],
]

for (const [step, words] of said) {
  test(`when ${JSON.stringify(step)} is done then it says: ${words}`, () => {
    const [parsed] = parseScenario([{ at: 0, ...step }], { nodes: 10, rounds: false })
    assert.equal(inWords(parsed!), words)
  })
}
