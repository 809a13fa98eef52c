import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type ClusterOptions, type GossipEvent, measure, startCluster } from '../../src/library/index.ts'
import { until } from '../daemon/until.ts'
import { mine } from './strategies.ts'

async function start(t: TestContext, options?: ClusterOptions) {
  const cluster = await startCluster(options)
  t.after(() => cluster.stop())
  return cluster
}

test('when a cluster is started with nothing then ten nodes on 127.0.0.1 know each other before long', async (t) => {
  const cluster = await start(t)
  assert.equal(cluster.nodes.length, 10)
  assert.equal(new Set(cluster.nodes.map((it) => it.address)).size, 10)
  await until('they know each other', () => cluster.isComplete())
  assert.equal((await cluster.nodes[3]!.status()).strategy, 'push')
})

test('when a scenario is played then its figures are those of the events', async (t) => {
  const events: GossipEvent[] = []
  const onEvent = (event: GossipEvent): void => void events.push(event)
  const cluster = await start(t, { nodes: 6, strategy: 'push-pull', period: 100, absent: '5-', onEvent })
  const result = await cluster.play(
    [
      { at: 0, do: 'propagate', node: 0, value: 'first' },
      { at: '100ms', do: 'restart', nodes: '1-2', state: 'kept' },
      { at: 200, do: 'join', nodes: 5 },
      { at: 400, do: 'propagate', node: 3, value: 'second' },
    ],
    '30s',
  )
  assert.deepEqual([result.infected, result.live, result.value, result.faults], [6, 6, 'second', 2])
  const { timestamp, ...figures } = measure(events).at(-1)!
  assert.equal(timestamp, result.timestamp)
  for (const [name, value] of Object.entries(figures)) assert.deepEqual(value, result[name as never], name)
})

test('when it costs to send then values take their time, and links are counted', async (t) => {
  const costs = { bandwidth: '200kbit', regions: 'ibm-cloud', processing: 5 }
  const cluster = await start(t, { nodes: 4, period: 200, ...costs })
  const result = await cluster.play([{ at: 0, do: 'propagate', node: 0, value: 'x'.repeat(1000) }], '30s')
  // Node 0 is in Toronto, 46 ms from the next of the others, in Frankfurt; a timer may ring 1 ms early.
  assert.ok(result.infected === 4 && result.tAverage >= 46 + 5 - 2, `${result.tAverage}`)
  assert.ok(result.upMax! >= result.upMean! && result.upMean! > 0 && result.downMean! > 0)
})

test('when actions are done one by one then each has happened, and what can not be done is said', async (t) => {
  const cluster = await start(t, { nodes: 4, strategy: { ...mine, name: 'mine' }, period: 100 })
  await until('they know each other', () => cluster.isComplete())
  await cluster.do({ do: 'kill', nodes: [1] })
  assert.equal(cluster.nodes[1]!.state, 'dead')
  await assert.rejects(() => cluster.nodes[1]!.status(), /node 1 does not run/)
  await assert.rejects(() => cluster.do({ do: 'pause', nodes: [1] }), /node 1 is dead/)
  await cluster.do({ do: 'partition', groups: [[0], '2-'] })
  await cluster.do({ do: 'propagate', node: 0, value: 'alone' })
  await cluster.do({ do: 'heal' })
  await cluster.do({ do: 'restart', nodes: [1] })
  await until('all have it', async () => {
    const all = await Promise.all(cluster.nodes.map((it) => it.status()))
    return all.every((it) => it.value === 'alone' && it.strategy === 'mine')
  })
  await assert.rejects(() => cluster.do({ do: 'kil' } as never), /kil/)
  await assert.rejects(() => cluster.do({ do: 'kill', nodes: [7] }), /no node 7/)
})

test('when something is wrong then that is said in one line', async (t) => {
  await assert.rejects(() => startCluster({ nodes: 0 }), /^Error: startCluster: nodes: .*1 to 1000/)
  await assert.rejects(() => startCluster({ node: 3 } as never), /there is no node; there are: nodes, absent/)
  await assert.rejects(() => startCluster({ bandwidth: 'much' }), /bandwidth: "much" must be UP or UP\/DOWN/)
  await assert.rejects(() => startCluster({ strategy: 'nonsense' }), /no strategy "nonsense"/)
  const cluster = await start(t, { nodes: 2, period: 100 })
  await assert.rejects(() => cluster.play('nonsense'), /no scenario "nonsense"/)
  await assert.rejects(() => cluster.play([], 'soon'), /play: until: /)
  cluster.stop()
  cluster.stop()
  await assert.rejects(() => cluster.play([]), /play: the cluster was stopped/)
})
