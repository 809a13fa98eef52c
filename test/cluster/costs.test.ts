/** What it costs to send between the real nodes of one process: nothing comes earlier than links and distances allow. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LocalCluster } from '../../src/cluster/local-cluster.ts'
import { refuseForProcesses } from '../../src/cluster/processes.ts'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { strategy } from '../../src/gossip/strategy.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { parseBandwidth } from '../../src/network/cost/bandwidth.ts'
import { parseRegions } from '../../src/network/regions/regions.ts'
import { parseScenario } from '../../src/scenario/scenario.ts'
import { until } from '../daemon/until.ts'
import { allHold, allKnowEachOther, startCluster } from './many.ts'

/** Timers count in whole ms, and may ring by one too early. */
const ROUNDED_MS = 1.5

/** Whoever a client tells tells all the others, once. */
const fromTheFirst = only(
  protocol(
    'from-the-first',
    strategy({
      summary: 'tested',
      onNewer(node, _item, from) {
        if (from === null) node.sendValue(node.peers)
      },
    }),
    {},
  ),
)

type Costs = Parameters<typeof startCluster>[2]

async function told(t: Parameters<typeof startCluster>[0], nodes: number, costs: Costs) {
  const events: GossipEvent[] = []
  const cluster = await startCluster(t, nodes, {
    ...{ population: fromTheFirst, period: 1000, listener: (it) => events.push(it) },
    ...costs,
  })
  await allKnowEachOther(cluster)
  const local = new LocalCluster(cluster)
  const spread = async (value: string) => {
    events.length = 0
    local.propagate(0, value, '')
    await allHold(cluster, value)
    const sent = events.filter((it) => it.event === 'sent' && it.type === 'value')
    const took = events
      .filter((it) => it.event === 'received' && it.type === 'value' && it.peer !== undefined)
      .map((it) => it.at - sent[0]!.at)
    return { sent, took: took.sort((a, b) => a - b) }
  }
  return { cluster, local, events, spread }
}

test('when links have a rate then messages leave one after the other, and links are counted', async (t) => {
  const kbit = 100
  const { cluster, spread } = await told(t, 6, { bandwidth: parseBandwidth(`${kbit}kbit`) })
  cluster.network.links!.begin()
  const { sent, took } = await spread('x'.repeat(2000))
  assert.equal(took.length, 5)
  let bits = 0
  for (const [i, it] of took.entries()) {
    bits += sent[i]!.bytes! * 8
    assert.ok(it >= bits / kbit - ROUNDED_MS, `${it} ms for ${bits} bits`)
  }
  const { upMean, upMax, downMean, downMax } = cluster.network.links!.figures
  assert.ok(upMax > upMean && upMean > 0 && downMax >= downMean && downMean > 0)
  assert.ok(upMax <= (kbit * 1000) / 8 + sent[0]!.bytes! / 0.1, `${upMax}`)
})

test('when nodes are in regions then messages take at least what these are apart', async (t) => {
  const regions = parseRegions(
    {
      regions: [{ name: 'here' }, { name: 'there' }],
      ms: [
        [0, 60],
        [20, 0],
      ],
    },
    'two',
  )
  const { cluster, events, spread } = await told(t, 4, { regions })
  await spread('from here')
  const numberOf = (address?: string) => cluster.network.numberOf(address ?? '')!
  const came = (from: number, to: number) =>
    events.find((it) => it.event === 'received' && numberOf(it.peer) === from && numberOf(it.node) === to)!
      .at -
    events.find((it) => it.event === 'sent' && numberOf(it.node) === from && numberOf(it.peer) === to)!.at
  for (const there of [2, 3]) assert.ok(came(0, there) >= 60 - ROUNDED_MS, `${came(0, there)}`)
})

test('when nodes need time for each message then none is handled before', async (t) => {
  const { cluster, local, spread } = await told(t, 4, { processing: { kind: 'constant', ms: 40 } })
  for (const it of (await spread('as fast as usual')).took) assert.ok(it >= 40 - ROUNDED_MS, `${it}`)
  local.slow([1, 2, 3], 3)
  for (const it of (await spread('slow')).took) assert.ok(it >= 120 - ROUNDED_MS, `${it}`)
  assert.deepEqual(cluster.network.slowness.told, [{ nodes: '1-3', factor: 3 }])
})

test('when a node is slow then it has hardly any periods; fast again it has them as the others', async (t) => {
  const { cluster, local, events } = await told(t, 3, { period: 30, population: undefined })
  const ofPeriods = (node: number) =>
    events.filter((it) => it.event === 'sent' && it.node === cluster.members[node]!.address).length
  local.propagate(0, 'value', '')
  await allHold(cluster, 'value')
  local.slow([1], 1000)
  assert.ok(events.some((it) => it.event === 'network' && it.network?.slow?.[0]?.factor === 1000))
  // Its period of before may still come.
  events.length = 0
  await until('the others had twenty periods', () => ofPeriods(0) >= 40 && ofPeriods(2) >= 40)
  assert.ok(ofPeriods(1) <= 4, `${ofPeriods(1)}`)
  local.slow([1], 1)
  events.length = 0
  await until('it has ten', () => ofPeriods(1) >= 20)
})

test('when a node ends while links are full then nothing keeps it, nor the others', async (t) => {
  const { cluster, spread } = await told(t, 4, { bandwidth: parseBandwidth('1Mbit') })
  await spread('before')
  cluster.network.links!.begin()
  for (let i = 0; i < 50; i++) cluster.live[0]!.propose(`${i}${'x'.repeat(5000)}`, Date.now() + i)
  cluster.kill(cluster.members[0]!)
  await cluster.start(cluster.members[0]!)
  await allKnowEachOther(cluster)
  assert.equal((await spread('after')).took.length, 3)
})

test('when nodes have processes of their own then a scenario that slows them down is refused before it begins', () => {
  const scenario = parseScenario([{ at: 5, do: 'slow', nodes: 0, factor: 2 }], { nodes: 3, rounds: false })
  assert.throws(() => refuseForProcesses(scenario, undefined), {
    message: 'scenario, slow at 5: processes can not be slowed down; leave --processes out for that',
  })
})
