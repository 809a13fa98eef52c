import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LocalCluster } from '../../src/cluster/local-cluster.ts'
import { perform } from '../../src/scenario/perform-step.ts'
import { type Action, parseScenario } from '../../src/scenario/scenario.ts'
import { allHold, allKnowEachOther, pushAndSilent, startCluster } from './many.ts'

async function stageOf(t: Parameters<typeof startCluster>[0], nodes: number, absent?: ReadonlySet<number>) {
  const cluster = await startCluster(t, nodes, { absent })
  await allKnowEachOther(cluster)
  const stage = new LocalCluster(cluster)
  const done = async (step: object): Promise<number> => {
    const [parsed] = parseScenario([{ at: 0, ...step }], { nodes, rounds: false })
    const faults = perform(stage, parsed!)
    await stage.settled()
    return faults
  }
  return { cluster, stage, done }
}

for (const state of ['kept', 'lost'] as const satisfies Extract<Action, { do: 'restart' }>['state'][]) {
  test(`when a node restarts with its state ${state} then it ${state === 'kept' ? 'holds its value' : 'holds nothing'}, and hears of a newer one`, async (t) => {
    const { cluster, stage, done } = await stageOf(t, 4)
    await done({ do: 'propagate', node: 0, value: 'x' })
    await allHold(cluster, 'x')
    // Nothing reaches it that it did not keep.
    await done({ do: 'partition', groups: [[2]] })
    assert.equal(await done({ do: 'restart', nodes: 2, state }), 1)
    assert.equal(stage.stateOf(2), 'runs')
    assert.equal(cluster.members[2]!.held?.value, state === 'kept' ? 'x' : undefined)
    assert.equal(cluster.members[2]!.held?.timestamp, state === 'kept' ? stage.value!.timestamp : undefined)
    await done({ do: 'heal' })
    await done({ do: 'propagate', node: 1, value: 'y' })
    await allHold(cluster, 'y')
  })
}

test('when a node was killed with a value then a later restart may keep it', async (t) => {
  const { cluster, stage, done } = await stageOf(t, 2)
  await done({ do: 'propagate', node: 0, value: 'x' })
  await allHold(cluster, 'x')
  const { port } = cluster.members[1]!
  assert.equal(await done({ do: 'kill', nodes: 'all' }), 2)
  assert.equal(stage.stateOf(1), 'dead')
  assert.equal(await done({ do: 'restart', nodes: 1, state: 'kept' }), 0)
  assert.equal(cluster.members[1]!.held?.value, 'x')
  assert.equal(cluster.members[1]!.port, port)
})

test('when all restart at once then they find each other again', async (t) => {
  const { cluster, done } = await stageOf(t, 5)
  await done({ do: 'propagate', node: 0, value: 'x' })
  await allHold(cluster, 'x')
  assert.equal(await done({ do: 'restart', nodes: 'all', state: 'kept' }), 5)
  assert.equal(cluster.live.length, 5)
  await allKnowEachOther(cluster)
  await allHold(cluster, 'x')
})

test('when nodes are absent at first then they join later, and get the value', async (t) => {
  const { cluster, stage, done } = await stageOf(t, 4, new Set([0, 3]))
  assert.deepEqual(
    [0, 1, 2, 3].map((it) => stage.stateOf(it)),
    ['absent', 'runs', 'runs', 'absent'],
  )
  await done({ do: 'propagate', node: 1, value: 'x' })
  assert.equal(await done({ do: 'join', nodes: [0, 3] }), 0)
  assert.equal(cluster.live.length, 4)
  await allKnowEachOther(cluster)
  await allHold(cluster, 'x')
})

test('when values follow each other within a millisecond then the last one wins', async (t) => {
  const { cluster, done } = await stageOf(t, 3)
  for (const value of ['z', 'y', 'x']) await done({ do: 'propagate', node: 1, value })
  await allHold(cluster, 'x')
})

test('when a node is paused then it runs again after resume', async (t) => {
  const { cluster, stage, done } = await stageOf(t, 3)
  assert.equal(await done({ do: 'pause', nodes: 1 }), 1)
  assert.equal(stage.stateOf(1), 'paused')
  await done({ do: 'propagate', node: 0, value: 'x' })
  await done({ do: 'resume', nodes: 1 })
  await allHold(cluster, 'x')
})

test('when protocols are mixed then each node runs its own, node 0 the first named', async (t) => {
  const cluster = await startCluster(t, 8, { population: pushAndSilent(1, 3) })
  const names = cluster.live.map((it) => it.status().strategy)
  assert.equal(names[0], 'push')
  assert.deepEqual(names.toSorted(), ['push', 'push', ...Array.from({ length: 6 }, () => 'silent')])
})
