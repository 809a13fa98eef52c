import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { LocalCluster } from '../../../src/cluster/local-cluster.ts'
import { ClusterSource } from '../../../src/page/server/cluster-source.ts'
import { servePage } from '../../../src/page/server/server.ts'
import type { Network } from '../../../src/page/wire.ts'
import { parseScenario, WORDS } from '../../../src/scenario/scenario.ts'
import { allHold, allKnowEachOther, startCluster } from '../../cluster/many.ts'
import { act, get, Visitor } from '../visitor.ts'

async function start(t: TestContext, nodes: number) {
  let source: ClusterSource | undefined
  const cluster: Cluster = await startCluster(t, nodes, { listener: (event) => source?.see(event) })
  await allKnowEachOther(cluster)
  source = new ClusterSource(new LocalCluster(cluster), { title: `${nodes} nodes`, period: 50 })
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => {
    server.stop()
    source.stop()
  })
  const visitor = await Visitor.open(t, server.url)
  await visitor.hears('how things are', () => visitor.of('network').length > 0)
  return { cluster, url: server.url, visitor }
}

const QUIET: Network = {
  kind: 'network',
  groups: null,
  opened: [],
  cuts: [],
  loss: 0,
  duplicate: 0,
  latency: null,
}

test('when a browser comes then it is told what there is and what it can do', async (t) => {
  const { cluster, visitor } = await start(t, 3)
  const [hello, nodes, network] = visitor.told
  assert.deepEqual(hello, { kind: 'hello', source: 'cluster', can: WORDS, title: '3 nodes', period: 50 })
  assert.ok(nodes?.kind === 'nodes')
  const told = nodes.nodes.map((it) => [
    it.number,
    it.address,
    it.state,
    it.strategy,
    it.value,
    it.interested,
    it.peers,
  ])
  assert.deepEqual(
    told,
    cluster.members.map((it) => [it.number, it.address, 'runs', 'push', null, false, 2]),
  )
  assert.deepEqual(network, QUIET)
})

test('when a value is propagated then its events come in order of time, and the rows show it', async (t) => {
  const { cluster, url, visitor } = await start(t, 4)
  const answer = await act(url, { do: 'propagate', node: 2, value: 'x'.repeat(300) })
  assert.equal(answer.done, true)
  await allHold(cluster, 'x'.repeat(300))
  await visitor.hears('all took it', () => {
    const took = visitor.events.filter((it) => it.event === 'updated').map((it) => it.node)
    return new Set(took).size === 4
  })
  const times = visitor.events.map((it) => it.at)
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  )
  await visitor.hears('rows', () => visitor.rows.every((it) => it.timestamp !== null))
  assert.ok(visitor.rows.every((it) => it.value === `${'x'.repeat(255)}…` && it.interested === true))
  assert.equal(visitor.of('events').at(-1)!.dropped, 0)
})

test('when nodes are killed, restarted, paused and resumed at the page then it is so, and shown', async (t) => {
  const { cluster, url, visitor } = await start(t, 3)
  const shows = (state: string): Promise<void> =>
    visitor.hears(`node 1 is ${state}`, () => visitor.rows[1]?.state === state)
  for (const [action, state] of [
    [{ do: 'pause', nodes: 1 }, 'paused'],
    [{ do: 'resume', nodes: 1 }, 'runs'],
    [{ do: 'kill', nodes: 1 }, 'dead'],
    [{ do: 'restart', nodes: 1, state: 'kept' }, 'runs'],
  ] as const) {
    assert.equal((await act(url, action)).done, true)
    assert.equal(cluster.members[1]!.state, state)
    await shows(state)
  }
  assert.equal(visitor.rows[1]!.strategy, 'push')
  const { address } = cluster.members[1]!
  await visitor.hears('all that became of it', () => visitor.events.some((it) => it.event === 'started'))
  assert.deepEqual(
    visitor.events.filter((it) => it.node === address && !it.event.startsWith('peer-')).map((it) => it.event),
    ['paused', 'resumed', 'stopped', 'started'],
  )
})

test('when links are cut and healed at the page then it is so, and shown', async (t) => {
  const { cluster, url, visitor } = await start(t, 4)
  const shows = (what: Partial<Network>): Promise<void> =>
    visitor.hears(JSON.stringify(what), () => {
      const { kind, ...network } = { ...QUIET, ...visitor.of('network').at(-1) }
      return Object.entries(what).every(
        ([key, it]) => JSON.stringify(network[key as keyof typeof network]) === JSON.stringify(it),
      )
    })
  await act(url, { do: 'cut', from: 0, to: 1 })
  await act(url, { do: 'cut', from: 1, to: 0 })
  assert.ok(cluster.network.isCut(0, 1) && cluster.network.isCut(1, 0))
  await shows({
    cuts: [
      { from: [0], to: [1] },
      { from: [1], to: [0] },
    ],
  })
  await act(url, { do: 'heal', from: 0, to: 1 })
  assert.ok(!cluster.network.isBroken)
  await shows({ cuts: [] })
  await act(url, { do: 'partition', groups: 'halves' })
  await act(url, { do: 'heal', from: 0, to: 3 })
  await shows({
    groups: [
      [0, 1],
      [2, 3],
    ],
    opened: [
      { from: [0], to: [3] },
      { from: [3], to: [0] },
    ],
  })
  await act(url, { do: 'network', loss: 0.25, latency: '1..10' })
  await shows({ loss: 0.25, latency: '1..10' })
  await act(url, { do: 'heal' })
  await shows({ groups: null, opened: [] })
})

test('when what was done is saved then it is a scenario that can be played; what was refused is not in it', async (t) => {
  const { url } = await start(t, 3)
  assert.deepEqual(JSON.parse((await get(url, '/scenario')).body), [])
  await act(url, { do: 'propagate', node: 0, value: 'x', at: '5h' })
  for (const bad of [{ do: 'heal' }, { do: 'fly' }, {}, [], null, 'kill', { do: 'kill', nodes: 9 }]) {
    const { done, error } = await act(url, bad)
    assert.equal(done, false)
    assert.match(error!, /^[^\n]+$/)
  }
  await act(url, { do: 'kill', nodes: [1] })
  const steps = JSON.parse((await get(url, '/scenario')).body)
  assert.deepEqual(
    steps.map(({ at, ...step }: { at: number }) => step),
    [
      { do: 'propagate', node: 0, value: 'x' },
      { do: 'kill', nodes: [1] },
    ],
  )
  assert.equal(steps[0].at, 0)
  assert.equal(parseScenario(steps, { nodes: 3, rounds: false }).length, 2)
})

test('when values are handed in and deleted under keys at the page then it is so, and shown', async (t) => {
  const { cluster, url, visitor } = await start(t, 3)
  assert.equal((await act(url, { do: 'propagate', node: 0, key: 'colour', value: 'blue' })).done, true)
  await visitor.hears('all hold it', () => visitor.rows.every((it) => it.values === 1))
  assert.ok(visitor.rows.every((it) => it.value === null && it.timestamp === null))
  const deletion = { do: 'propagate', node: 1, key: 'colour', delete: true }
  assert.deepEqual(await act(url, deletion), { done: true, words: 'delete "colour" from node 1' })
  await visitor.hears('all have deleted it', () => visitor.rows.every((it) => it.values === 0))
  await visitor.hears('each told it', () => {
    const deleted = visitor.events.filter((it) => it.event === 'updated' && it.value === null)
    return new Set(deleted.map((it) => it.node)).size === 3
  })
  assert.ok(cluster.members.every((it) => (it.heldOf('colour')?.value ?? null) === null))
  const both = await act(url, { ...deletion, value: 'x' })
  assert.deepEqual(both.done, false)
  const steps = JSON.parse((await get(url, '/scenario')).body)
  assert.equal(steps.length, 2)
  assert.equal(parseScenario(steps, { nodes: 3, rounds: false }).length, 2)
})

test('when another client was faster with a later timestamp then the page still propagates', async (t) => {
  const { cluster, url } = await start(t, 2)
  cluster.live[1]!.propose('ahead', Date.now() + 30_000)
  await allHold(cluster, 'ahead')
  assert.deepEqual((await act(url, { do: 'propagate', node: 0, value: 'x' })).done, true)
  await allHold(cluster, 'x')
})

test('when a browser comes after a value has spread then it is told all of it, and what follows once', async (t) => {
  const { cluster, url, visitor } = await start(t, 4)
  await act(url, { do: 'cut', from: 0, to: 1 })
  await act(url, { do: 'propagate', node: 0, value: 'x' })
  await allHold(cluster, 'x')
  await visitor.hears('all took it', () => visitor.events.filter((it) => it.event === 'updated').length === 4)
  const late = await Visitor.open(t, url)
  await late.hears('how things are', () => late.of('network').length > 0)
  const [hello, past, nodes] = late.told
  assert.deepEqual([hello?.kind, past?.kind, nodes?.kind], ['hello', 'past', 'nodes'])
  assert.ok(past?.kind === 'past')
  assert.deepEqual(past.live.toSorted(), cluster.members.map((it) => it.address).sort())
  assert.deepEqual(past.network?.cuts, [{ from: '0', to: '1' }])
  assert.deepEqual([past.down, past.counted], [[], []])
  await act(url, { do: 'propagate', node: 1, value: 'y' })
  await allHold(cluster, 'y')
  const took = (of: Visitor, value: string) =>
    [...of.of('past').flatMap((it) => it.events), ...of.events].filter(
      (it) => it.event === 'updated' && it.value === value,
    )
  await late.hears('the next value', () => took(late, 'y').length === 4)
  await visitor.hears('the next value', () => took(visitor, 'y').length === 4)
  assert.deepEqual(took(late, 'x'), took(visitor, 'x'))
  const all = [...late.of('past').flatMap((it) => it.events), ...late.events]
  assert.equal(new Set(all.map((it) => JSON.stringify(it))).size, all.length)
})

test('when a node joins or dies then all who look are told whom each may pick, those who come later, too', async (t) => {
  const { cluster, url, visitor } = await start(t, 3)
  const all = [0, 1, 2].map((number) => ({
    ...{ number, others: 0 },
    peers: ['1-2', '0, 2', '0-1'][number],
  }))
  assert.deepEqual(visitor.of('peers').at(-1)?.nodes, all)
  const other = await Visitor.open(t, url)
  await other.hears('how things are', () => other.of('peers').length > 0)
  assert.deepEqual(other.of('peers')[0]!.nodes, all)
  cluster.kill(cluster.members[2]!)
  const two = [
    { number: 0, peers: '1', others: 0 },
    { number: 1, peers: '0', others: 0 },
  ]
  for (const it of [visitor, other, await Visitor.open(t, url)])
    await it.hears('the two', () => isDeepStrictEqual(it.of('peers').at(-1)?.nodes, two))
})
