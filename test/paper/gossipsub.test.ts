/**
 * What was published of gossipsub: by its specifications (libp2p, pubsub/gossipsub v1.0 to v1.2 and the draft of v2.0), and
 * by those who simulated it. All of it without anti-entropy, which is ours; a period is the heartbeat of 1 s.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../src/gossip/message.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import { loadRegions } from '../../src/loader/regions.ts'
import type { RunResult } from '../../src/measure/result.ts'
import { parseBandwidth } from '../../src/network/cost/bandwidth.ts'
import { parseSize } from '../../src/network/cost/size.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { World } from '../../src/simulation/world.ts'
import gossipsub from '../../src/strategy/gossipsub.ts'
import silent from '../../src/strategy/silent.ts'
import { at, value } from '../gossip/build.ts'
import { dice } from '../gossip/dice.ts'
import { type Given, settings } from '../simulation/settings.ts'
import { place } from '../strategy/recording-host.ts'
import { mean } from './runs.ts'

const PERIOD = 1000
const NODES = 1000
const SEEDS = [1, 2, 3]
const AS_SPECIFIED = { antiEntropy: 0 }
const NO_GOSSIP = { dLazy: 0, gossipFactor: 0 }
/** More than the three in which a value is told of. */
const PERIODS = 10

/** A cluster some heartbeats after its start. */
function begin(options: object, given: Given): World {
  const all = { nodes: NODES, period: PERIOD, ...given }
  const world = new World(settings(gossipsub, { ...AS_SPECIFIED, ...options }, all))
  world.startAll()
  pass(world, 3)
  return world
}

function pass(world: World, periods: number): void {
  world.time.run(() => false, world.time.now + periods * PERIOD)
}

/** Node i goes by i + 1. */
const addressOf = (i: number) => at(i + 1)

function meshes(world: World): ReadonlySet<Address>[] {
  return Array.from({ length: world.settings.nodes }, (_, i) => {
    const { mesh } = world.node(i).state as { mesh: ReadonlySet<Address> }
    return new Set(mesh)
  })
}

for (const seed of SEEDS) {
  test(`v1.0: links are mutual, from D_low to D_high a node, and a value costs each what it has but one; seed ${seed}`, (t) => {
    const world = begin(NO_GOSSIP, { seed })
    const all = meshes(world)
    for (const [i, mesh] of all.entries()) {
      assert.ok(mesh.size >= 4 && mesh.size <= 12, `node ${i} has ${mesh.size}`)
      for (const peer of mesh) assert.ok(all[Number(peer) - 1]!.has(addressOf(i)), `${i} and ${peer}`)
    }
    world.propagate(0, 'value')
    pass(world, PERIODS)
    assert.equal(world.infected, NODES)
    const payloads = world.record.figures(world.infected, world.live).traffic
    const degree = mean(all.map(({ size }) => size))
    t.diagnostic(`degree ${degree}, payloads a delivery ${payloads}`)
    // Each sends to all but whom it has it from, the first to all.
    assert.ok(Math.abs(payloads - (degree - 1 + 1 / NODES)) < 1e-9)
    // 6.29 in an abstract simulator of 1,000 nodes by the protocol's author (a gist that we could not read again, so its D_low
    // is not known to us: 4 gives 6.2, Go's 5 gives 6.5); "5 to 6" in the one of jvm-libp2p (hackmd.io/@nashatyrev/SJ0Si4HRS).
    assert.ok(Math.abs(payloads / 6.29 - 1) < 0.05, `${payloads}`)
  })
}

test('v1.1: in the three heartbeats 0.578 of the other peers hear of a value from one node', (t) => {
  const heard = Array.from({ length: 20 }, (_, seed) => {
    const { node, host } = place(gossipsub, { peers: 400, options: AS_SPECIFIED, random: dice(seed) })
    node.period()
    node.receive(at('p0'), value('a', 7))
    host.sent()
    for (let i = 0; i < PERIODS; i++) node.period()
    const told = host.sent().filter(({ message }) => (message as Message).type === 'ihave')
    return new Set(told.map(({ to }) => to)).size / (400 - 6)
  })
  t.diagnostic(`${mean(heard)}`)
  // Four standard errors, were each peer told or not by itself.
  assert.ok(Math.abs(mean(heard) - (1 - 0.75 ** 3)) < 4 * Math.sqrt((0.578 * 0.422) / (20 * 394)))
})

test('v1.0: when a third of all messages are lost then gossip brings all values to all, and without it some are left out', (t) => {
  const left = [{}, NO_GOSSIP].map((options) => {
    const places = SEEDS.map((seed) => {
      const world = begin(options, { seed, loss: 0.33, topology: { kind: 'k-out', k: 40 } })
      for (let i = 0; i < 20; i++) world.node(50 * i).receive(null, { ...value(`${i}`, 7), key: `key ${i}` })
      pass(world, PERIODS)
      return 20 * NODES - meshes(world).reduce((sum, _, i) => sum + world.node(i).values().length, 0)
    })
    return places
  })
  t.diagnostic(`of 20,000 places left out with gossip ${left[0]}, without ${left[1]}`)
  assert.deepEqual(left[0], [0, 0, 0])
  assert.ok(Math.min(...left[1]!) > 0)
})

test('jvm-libp2p: with 20 peers a node and 80% that tell nobody the others still get a value, by gossip; with 90% they do not', (t) => {
  // hackmd.io/@nashatyrev/SJ0Si4HRS: 5,000 to 10,000 nodes, 1 to 50 ms; "the upper bound of bad nodes is 80%", and gossiping
  // begins to work in an extreme environment only; its shares are in pictures. Ours: 1,000 nodes, of which at 80% e^-4 = 1.8%
  // of the good ones know bad ones only.
  const reached = (bad: number, options = {}): number[] =>
    SEEDS.map((seed) => {
      const [good, others] = [
        protocol('good', gossipsub, { ...AS_SPECIFIED, ...options }),
        protocol('bad', silent, {}),
      ]
      const given = {
        nodes: NODES,
        seed,
        period: PERIOD,
        latency: { kind: 'uniform', from: 1, to: 50 },
      } as const
      const world = new World({
        ...settings(gossipsub, {}, { ...given, topology: { kind: 'small-world', k: 20, p: 1 } }),
        population: [
          { protocol: good, weight: 1 - bad },
          { protocol: others, weight: bad },
        ],
      })
      world.startAll()
      pass(world, 5)
      world.propagate(0, 'value')
      pass(world, PERIODS)
      const honest = upTo(NODES).filter((i) => world.node(i).state !== undefined)
      return honest.filter((i) => world.node(i).get() !== null).length / honest.length
    })
  const shares = {
    half: reached(0.5),
    most: reached(0.8),
    without: reached(0.8, NO_GOSSIP),
    more: reached(0.9),
  }
  t.diagnostic(JSON.stringify(shares))
  assert.deepEqual(shares.half, [1, 1, 1])
  assert.ok(Math.min(...shares.most) > 0.95)
  assert.ok(Math.max(...shares.without) < 0.9)
  assert.ok(mean(shares.more) < 0.9)
})

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Ethereum's mesh, as both of the following have it. */
const ETHEREUM = { ...AS_SPECIFIED, d: 8, dLow: 6, dHigh: 12 }

test('v1.2: IDONTWANT saves a fifth of the bytes at 500 KB, none at 1 KB, and no time', (t) => {
  // vac.dev/rlog/gsub-idontwant-perf-eval: 2,000 nodes, 50 to 150 Mbit and 40 to 130 ms in five steps, ten values 4 s apart:
  // 18 to 21% saved at 500 KB, up to 21% at all, times unchanged; that of 1 KB is in pictures. Ours: 500 nodes (2,000 gave 20.6%
  // and -5.5%), 100 Mbit, 40 to 130 ms for each message.
  const first = { at: 0, do: 'propagate', node: 0, value: 'first' } as const
  const run = (size: string, idontwant: boolean): RunResult => {
    const stream = upTo(10).map(
      (i) => ({ at: 20_000 + 4000 * i, do: 'propagate', node: 50 * i, key: `${i}`, value: `${i}` }) as const,
    )
    const network = {
      latency: { kind: 'uniform', from: 40, to: 130 },
      bandwidth: parseBandwidth('100Mbit'),
    } as const
    const given = {
      nodes: 500,
      period: PERIOD,
      size: parseSize(size),
      scenario: [first, ...stream],
      ...network,
    }
    return simulate(settings(gossipsub, { ...ETHEREUM, gossipFactor: 0.05, idontwant }, given)).result
  }
  const [small, large] = ['1KB', '500KB'].map((size) => {
    const [without, with_] = [run(size, false), run(size, true)]
    for (const { residue } of [without, with_]) assert.equal(residue, 0)
    return { saved: 1 - with_.bytes / without.bytes, time: with_.tLast / without.tLast }
  })
  t.diagnostic(JSON.stringify({ small, large }))
  assert.ok(large!.saved > 0.17 && large!.saved < 0.23, `${large!.saved}`)
  assert.ok(small!.saved < 0.01, `${small!.saved}`)
  for (const { time } of [small!, large!]) assert.ok(Math.abs(time - 1) < 0.1, `${time}`)
})

test('v2.0: at 1 KB pushing needs a fourth to a third of the time of announcing, at 128 KB about the same; few come twice', (t) => {
  // ethresear.ch/t/21893: 1,000 nodes, 20% with 1 Gbit, also the publisher, 80% with 50 Mbit, latencies by geography, time-out
  // 1 s, heartbeats of 0.7 s, announcing 1.5 s. At 1 KB D_announce = 0 takes "roughly a fourth of the time to reach the whole
  // network", at 128 KB "the latency is equivalent"; duplicates there 4.515 and 0.192. Ours: all with 50 Mbit, latencies between
  // regions of a cloud; a way and back more on each hop makes a third.
  const regions = loadRegions('ibm-cloud')
  const scenario = [0, 30_000].map(
    (at) => ({ at, do: 'propagate', node: 0, key: `${at}`, value: 'value' }) as const,
  )
  const run = (dAnnounce: number, size: string): RunResult[] =>
    upTo(3).map((run) => {
      const period = dAnnounce === 0 ? 700 : 1500
      const options = { ...ETHEREUM, gossipFactor: 0, idontwant: true, dAnnounce, timeout: 1000 / period }
      const network = { regions, bandwidth: parseBandwidth('50Mbit'), size: parseSize(size) }
      return simulate(settings(gossipsub, options, { nodes: NODES, run, period, scenario, ...network }))
        .result
    })
  const figures = ['1KB', '128KB'].map((size) => {
    const [pushed, announced] = [run(0, size), run(8, size)]
    for (const { residue } of [...pushed, ...announced]) assert.equal(residue, 0)
    const ratio = (of: 'tLast' | 'tAverage') =>
      mean(pushed.map((it) => it[of])) / mean(announced.map((it) => it[of]))
    const twice = [pushed, announced].map((it) => mean(it.map(({ duplicates }) => duplicates)))
    return { last: ratio('tLast'), average: ratio('tAverage'), twice }
  })
  t.diagnostic(JSON.stringify(figures))
  const [small, large] = figures
  assert.ok(small!.last > 0.2 && small!.last < 0.4)
  assert.ok(large!.average > 0.8 && large!.average < 1.2)
  assert.ok(large!.twice[0]! > 4 && large!.twice[1]! < 0.3)
})
