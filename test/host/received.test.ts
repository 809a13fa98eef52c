/** What a strategy does to what it received comes to the same on real and on simulated nodes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { noted, startNode } from '../daemon/node.ts'
import { until } from '../daemon/until.ts'

const mine = [0]
const said: number[] = []
/** It writes to what it received, and says what was in it before. */
const writer = strategy({
  summary: 'Writes to what it received.',
  messages: { gossip: { seen: z.array(z.number()), more: z.any() } },
  onNewer: (node) => {
    node.send(node.peers, 'gossip', { seen: mine, more: { list: mine } })
    mine.push(1)
  },
  onMessage: {
    gossip(_node, _from, { seen, more }) {
      said.push(seen.length, more.list.length)
      seen.push(1)
    },
  },
})
const sentence =
  /strategy writer, onMessage\.gossip: Cannot add property 1, object is not extensible: what was received can't be changed/

test('when a simulated node writes to what it received then that is a fault', () => {
  said.length = 0
  mine.length = 1
  const settings = { nodes: 4, seed: 1, run: 0, period: 1000, latency: { kind: 'constant', ms: 1 } } as const
  const network = { loss: 0, duplicate: 0, crash: 0, rounds: false, topology: { kind: 'full' } } as const
  const population = only(protocol('writer', writer))
  assert.throws(() => simulate({ population, ...settings, ...network, until: 5000 }), sentence)
  assert.deepEqual(said, [1, 1])
})

test('when a real node writes to what it received then that is the same fault', async (t) => {
  said.length = 0
  mine.length = 1
  const { log, lines } = noted('error')
  const first = await startNode(t, { protocol: protocol('writer', writer), log })
  const second = await startNode(t, {
    protocol: protocol('writer', writer),
    log,
    join: [{ host: '127.0.0.1', port: Number(first.address.split(':').at(-1)) }],
  })
  await until('they know each other', () => first.knows(second.address) && second.knows(first.address))
  first.propose('a', 1)
  await until('it is told', () => lines.length > 0)
  assert.match(lines.join(), sentence)
  assert.deepEqual(said.slice(0, 2), [1, 1])
})
