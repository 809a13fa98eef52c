/** What it costs to send in a simulated network: to the ms, as it follows from bytes, rates and distances. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { strategy } from '../../src/gossip/strategy.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { parseBandwidth } from '../../src/network/cost/bandwidth.ts'
import { parseSize } from '../../src/network/cost/size.ts'
import { parseRegions } from '../../src/network/regions/regions.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { World } from '../../src/simulation/world.ts'
import flood from '../../src/strategy/flood.ts'
import push from '../../src/strategy/push.ts'
import { type Given, settings } from './settings.ts'

/** Ms that floating-point numbers may be off. */
const NEAR = 1e-6
const AT_ONCE = { kind: 'constant', ms: 0 } as const
const SIZE = parseSize('128KiB')
/** Of 128 KiB over 20 Mbit. */
const TAKES_MS = 52.4288
const two = {
  regions: [{ name: 'here' }, { name: 'there' }],
  ms: [
    [1, 50],
    [70, 2],
  ],
}
const REGIONS = parseRegions(two, 'two')

/** Whoever hears of it first hears it from node 0: the others tell nobody. */
const fromTheFirst = strategy({
  summary: 'tested',
  onNewer(node, _item, from) {
    if (from === null) node.sendValue(node.peers)
  },
})

function traced(of: unknown, given: Given) {
  const events: GossipEvent[] = []
  const { result } = simulate(
    settings(of, {}, { latency: AT_ONCE, ...given, trace: (it) => events.push(it) }),
  )
  const received = events.filter((it) => it.event === 'received' && it.peer !== undefined)
  return { result, events, received }
}

function assertNear(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length)
  for (const [i, it] of actual.entries())
    assert.ok(Math.abs(it - expected[i]!) < NEAR, `${it}, not ${expected[i]}`)
}

const times = (events: readonly GossipEvent[]) => events.map((it) => it.at)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

test('when 128 KiB go to 8 peers over 20 Mbit then they take 8 x 52.4288 ms to leave', () => {
  const given = { nodes: 9, size: SIZE, bandwidth: parseBandwidth('20Mbit') }
  const { result, received } = traced(fromTheFirst, given)
  assertNear(
    times(received),
    upTo(8).map((it) => it * TAKES_MS),
  )
  assertNear([result.tLast, result.tAverage], [8 * TAKES_MS, 4.5 * TAKES_MS])
  assert.equal(result.bytes, 8 * 131_072)
  // What one link carries all the time, beside eight that never do.
  assertNear([result.upMax!, result.upMean!], [20e6 / 8, 20e6 / 8 / 9])
  assertNear([result.downMax!, result.downMean!], [20e6 / 64, 20e6 / 72])
})

test('when there is a latency, too, then it comes after the up link', () => {
  const given = {
    nodes: 4,
    size: SIZE,
    bandwidth: parseBandwidth('20Mbit'),
    latency: { kind: 'constant', ms: 30 },
  }
  const { received } = traced(fromTheFirst, given as Given)
  assertNear(
    times(received),
    upTo(3).map((it) => it * TAKES_MS + 30),
  )
})

test('when a down link is slower than the up link then messages come in at its pace', () => {
  const talks = strategy({
    summary: 'tested',
    onNewer(node, _item, from) {
      if (from === null) for (let i = 0; i < 3; i++) node.sendValue(node.peers)
    },
  })
  const { received } = traced(talks, { nodes: 2, size: SIZE, bandwidth: parseBandwidth('20Mbit/10Mbit') })
  assertNear(times(received), [2 * TAKES_MS, 4 * TAKES_MS, 6 * TAKES_MS])
})

test('when two streams go through one node then they share its up link', () => {
  const scenario = [
    { at: 0, do: 'propagate', node: 0, value: 'one' },
    { at: 10, do: 'propagate', node: 0, value: 'two' },
  ] as const
  const { received } = traced(fromTheFirst, {
    ...{ nodes: 5, size: SIZE, bandwidth: parseBandwidth('20Mbit'), scenario },
  })
  // The second begins only when the four copies of the first have left.
  assertNear(
    times(received),
    upTo(8).map((it) => it * TAKES_MS),
  )
  assert.deepEqual(
    received.map((it) => it.timestamp),
    [0, 0, 0, 0, 10, 10, 10, 10],
  )
})

test('when two nodes stream to one then they share its down link', () => {
  const toTheLast = strategy({
    summary: 'tested',
    onPeriod: (node) => node.sendValue(node.peers.filter((it) => it === node.peers.at(-1))),
    onNewer(node, _item, from) {
      if (from === null) node.sendValue(node.peers.filter((it) => it === node.peers.at(-1)))
    },
  })
  const scenario = [
    { at: 0, do: 'propagate', node: 0, value: 'one' },
    { at: 0, do: 'propagate', node: 1, value: 'two' },
  ] as const
  const given = { nodes: 3, size: SIZE, bandwidth: parseBandwidth('20Mbit'), scenario, period: 1e6 }
  assertNear(times(traced(toTheLast, given).received).slice(0, 2), [TAKES_MS, 2 * TAKES_MS])
})

test('when nodes are in regions then a message takes as long as these are apart, each way for itself', () => {
  const { received } = traced(flood, { nodes: 4, regions: REGIONS })
  // Nodes 0 and 1 are here, 2 and 3 there.
  const took = (from: string, to: string) => received.find((it) => it.peer === from && it.node === to)!.at
  assert.deepEqual(
    [
      took('n0:7000', 'n1:7000'),
      took('n0:7000', 'n2:7000'),
      took('n2:7000', 'n3:7000'),
      took('n2:7000', 'n1:7000'),
    ],
    [1, 50, 52, 120],
  )
})

test('when nodes are in regions then a latency comes on top, and so they are told of peers that are down', () => {
  const downs: number[] = []
  const hears = strategy({
    summary: 'tested',
    onNewer: (node) => node.sendValue(node.peers),
    onPeerDown: () => void downs.push(world.time.now),
  })
  const latency = { kind: 'constant', ms: 5 } as const
  const world = new World(settings(hears, {}, { nodes: 2, regions: REGIONS, latency }))
  world.startAll()
  world.kill(1)
  world.propagate(0, 'value')
  world.time.run(() => false, 1000)
  // There, and the news of it back as far.
  assert.deepEqual(downs, [110])
})

test('when a round trip is asked for then it is what the network has, also after a scenario changed that', () => {
  const world = new World(settings(push, {}, { nodes: 4, regions: REGIONS, latency: AT_ONCE }))
  world.startAll()
  assert.deepEqual([world.rttOf(0, 3), world.rttOf(3, 0), world.rttOf(0, 1)], [120, 120, 2])
  world.change({ latency: { kind: 'uniform', from: 1, to: 3 } })
  assert.equal(world.rttOf(0, 3), 124)
  assert.equal(new World(settings(push, {}, { rounds: true })).rttOf(0, 1), 0)
})

test('when nodes need time for each message then it is a delay of each by itself', () => {
  const { received, result } = traced(fromTheFirst, { nodes: 4, processing: { kind: 'constant', ms: 7 } })
  assert.deepEqual(times(received), [7, 7, 7])
  assert.equal(result.upMean, undefined)
  const hops = traced(flood, {
    nodes: 10,
    topology: { kind: 'line' },
    processing: { kind: 'constant', ms: 7 },
  })
  assert.equal(hops.result.tLast, 63)
})

test('when nodes are slow then their links, their handling, their periods and their delays take as many times as long', () => {
  const scenario = [{ at: 0, do: 'slow', nodes: [0], factor: 3 }] as const
  const bandwidth = parseBandwidth('20Mbit')
  const links = traced(fromTheFirst, { nodes: 3, size: SIZE, bandwidth, scenario: [...scenario] })
  // The value is handed in before.
  assertNear(times(links.received), [TAKES_MS, 4 * TAKES_MS])
  assert.equal(links.result.faults, 1)

  const slowed = [{ at: 0, do: 'slow', nodes: [1], factor: 3 }] as const
  const processing = { kind: 'constant', ms: 7 } as const
  const handled = traced(fromTheFirst, { nodes: 3, processing, scenario: [...slowed] })
  assert.deepEqual(times(handled.received).sort(), [21, 7].sort())

  const down = traced(fromTheFirst, { nodes: 3, size: SIZE, bandwidth, scenario: [...slowed] })
  const came = new Map(down.received.map((it) => [it.node, it.at]))
  const others = came.get('n2:7000')!
  assert.ok(
    Math.abs(came.get('n1:7000')! - (others === TAKES_MS ? 4 : 3) * TAKES_MS) < NEAR,
    `${came.get('n1:7000')}`,
  )
})

test('when a node is slow then it has as many times fewer periods, until it is as fast as at first', () => {
  const beats: number[][] = [[], []]
  const fired: number[] = []
  const counts = strategy({
    summary: 'tested',
    onPeriod: (node) => void beats[node.number]!.push(world.time.now),
    messages: { ring: {} },
    onNewer: (node) => node.after(1, 'ring', node.peers[0]!, {}),
    onMessage: { ring: () => void fired.push(world.time.now) },
  })
  const world = new World(settings(counts, {}, { nodes: 2, period: 1000 }))
  world.startAll()
  world.slow([1], 5)
  world.propagate(1, 'value')
  world.time.run(() => false, 20_000)
  assert.equal(beats[0]!.length, 20)
  assert.equal(beats[1]!.length, 4)
  assert.deepEqual(fired, [5000])
  world.slow([1], 1)
  world.time.run(() => false, 30_000)
  assert.deepEqual([beats[0]!.length, beats[1]!.length], [30, 14])
})

test('when a node is killed then what has not left it is lost, and what has left it comes', () => {
  const scenario = [{ at: 2.5 * TAKES_MS, do: 'kill', nodes: [0] }] as const
  const given = {
    nodes: 9,
    size: SIZE,
    bandwidth: parseBandwidth('20Mbit'),
    scenario: [...scenario],
    until: 10_000,
  }
  const { result, received } = traced(fromTheFirst, given)
  assert.equal(received.length, 2)
  assert.deepEqual([result.infected, result.lost, result.messages], [2, 6, 8])
})

test('when the network loses or repeats messages then they have taken their time on the links all the same', () => {
  const given = { nodes: 9, size: SIZE, bandwidth: parseBandwidth('20Mbit/1Gbit') }
  const lost = traced(fromTheFirst, { ...given, loss: 0.5 })
  assert.ok(lost.result.lost > 0 && lost.received.length === 8 - lost.result.lost)
  const last = Math.max(...times(lost.received))
  assert.ok(Math.abs(last / TAKES_MS - Math.round(last / TAKES_MS)) < NEAR)
  const twice = traced(fromTheFirst, { ...given, duplicate: 1 })
  assert.equal(twice.received.length, 16)
  assertNear([twice.result.downMean! / twice.result.upMean!], [2])
})

test('when sizes are drawn then each value has its own, whatever the strategy, and the same seed draws the same', () => {
  const scenario = upTo(20).map((i) => ({ at: i * 1000, do: 'propagate', node: 0, value: `${i}` }) as const)
  const sizesOf = (of: unknown) => {
    const sizes = new Map<number, Set<number>>()
    const { events } = traced(of, {
      nodes: 5,
      size: { from: 1000, to: 2000 },
      scenario,
      topology: { kind: 'line' },
    })
    for (const { event, type, timestamp, bytes } of events) {
      if (event !== 'sent' || type !== 'value') continue
      sizes.set(timestamp!, (sizes.get(timestamp!) ?? new Set()).add(bytes!))
    }
    return sizes
  }
  const sizes = sizesOf(flood)
  assert.equal(sizes.size, 20)
  const all = [...sizes.values()].map((it) => [...it])
  assert.ok(all.every((it) => it.length === 1 && it[0]! >= 1000 && it[0]! <= 2000))
  assert.ok(new Set(all.flat()).size > 15)
  assert.deepEqual(sizesOf(push), sizes)
})

test('when only sizes are given then nothing takes longer, and links are counted', () => {
  const plain = simulate(settings(push)).result
  const { upMean, upMax, downMean, downMax, bytes, ...sized } = simulate(
    settings(push, {}, { size: SIZE }),
  ).result
  const { bytes: before, ...rest } = plain
  assert.deepEqual(sized, rest)
  assert.equal(bytes, plain.messages * 131_072)
  assertNear([upMean! / downMean!], [1])
  assert.ok(upMax! > upMean! && downMax! > downMean! && before < bytes)
  assert.ok(!('upMean' in plain))
  const rounds = simulate(settings(push, {}, { size: SIZE, rounds: true })).result
  const lasted = rounds.bytes / rounds.nodes / rounds.upMean!
  assert.ok(Math.abs(lasted - Math.round(lasted)) < NEAR && lasted >= rounds.tLast, `${lasted} rounds`)
})

test('when links have a rate then no node sends or hears more than that, however much is asked of it', () => {
  const given = { nodes: 50, size: SIZE, bandwidth: parseBandwidth('5Mbit/10Mbit'), until: 3000, period: 500 }
  const { result } = simulate(settings(flood, {}, given))
  assert.equal(result.ended, 'limit')
  assert.ok(result.upMax! <= 5e6 / 8 && result.upMax! > 0.9 * (5e6 / 8), `${result.upMax}`)
  assert.ok(result.downMax! <= 10e6 / 8)
})

test('whatever links, sizes and regions: between two nodes messages keep their order, and no node hears more than its link carries', () => {
  const values = fc.array(fc.record({ at: fc.nat(3000), node: fc.nat(5) }), { minLength: 1, maxLength: 10 })
  const rate = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(values, rate, rate, fc.boolean(), fc.nat(1000), (values, up, down, apart, seed) => {
      const scenario = values
        .map(({ at, node }, i) => ({ at, do: 'propagate', node, value: `${i}` }) as const)
        .sort((a, b) => a.at - b.at)
      const bandwidth = { up: up * 1e6, down: down * 1e6 }
      const given = { nodes: 6, seed, scenario, bandwidth, size: parseSize('1KiB..256KiB') }
      const { events } = traced(push, { ...given, period: 700, ...(apart && { regions: REGIONS }) })
      const sizes = new Map<number, number>()
      const sent = new Map<string, number[]>()
      const came = new Map<string, number[]>()
      const heard = new Map<string, { at: number; bytes: number }[]>()
      const add = <T>(to: Map<string, T[]>, key: string, it: T): void => {
        to.set(key, to.get(key) ?? [])
        to.get(key)!.push(it)
      }
      for (const { event, node, peer, timestamp, bytes, at } of events) {
        if (peer === undefined || timestamp === undefined) continue
        if (event === 'sent') {
          sizes.set(timestamp, bytes!)
          add(sent, `${node} ${peer}`, timestamp)
        } else if (event === 'received') {
          add(came, `${peer} ${node}`, timestamp)
          add(heard, node, { at, bytes: sizes.get(timestamp)! })
        }
      }
      assert.deepEqual([...came].sort(), [...sent].sort())
      for (const all of heard.values()) {
        for (let first = 0; first < all.length; first++) {
          let bits = 0
          for (const { at, bytes } of all.slice(first + 1)) {
            bits += bytes * 8
            assert.ok(
              bits <= (at - all[first]!.at) * down * 1000 + 1,
              `${bits} bits in ${at - all[first]!.at} ms`,
            )
          }
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('when queues take longer to drain than a run that is done may go on for then that is nobody’s fault', () => {
  const given = { nodes: 50, size: SIZE, bandwidth: parseBandwidth('1Mbit'), period: 100, until: 1e6 }
  const { result } = simulate(settings(flood, {}, given))
  assert.equal(result.ended, 'done')
  assert.equal(result.lost, 0)
})

test('when answers go on without end over links with a rate then the run ends and says whose', () => {
  const pingPong = strategy({
    summary: 'tested',
    onNewer: (node) => node.sendValue(node.pick(1)),
    onKnown: (node, _item, from) => node.sendValue([from]),
    interested: () => false,
  })
  const given = {
    nodes: 2,
    bandwidth: parseBandwidth('1Mbit'),
    processing: { kind: 'constant', ms: 1 },
  } as const
  assert.throws(() => simulate(settings(pingPong, {}, given)), /strategy tested, onKnown: goes on sending/)
})
