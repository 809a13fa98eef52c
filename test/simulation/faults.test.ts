/** What can happen to nodes: kill, restart, pause, resume, a late start, a network that falls apart. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Address, strategy } from '../../src/gossip/strategy.ts'
import { numberOf } from '../../src/gossip/view/node-number.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { World } from '../../src/simulation/world.ts'
import flood from '../../src/strategy/flood.ts'
import push from '../../src/strategy/push.ts'
import { type Given, settings } from './settings.ts'

const PERIOD = 1000

function begin(strategy: unknown, given: Given = {}): World {
  const world = new World(settings(strategy, {}, { nodes: 10, period: PERIOD, ...given }))
  world.startAll()
  return world
}

function pass(world: World, ms: number): void {
  world.time.run(() => false, world.time.now + ms)
}

/** Until everyone holds the value, or for 100 periods. */
function settle(world: World): void {
  world.time.run(() => world.infected === world.live, world.time.now + 100 * PERIOD)
}

for (const rounds of [true, false]) {
  const how = rounds ? 'in rounds' : 'by the clock'

  test(`${how}: when a node is killed then it gets nothing, and the others go on`, () => {
    const world = begin(push, { rounds })
    world.kill(3)
    world.propagate(0, 'value')
    settle(world)
    assert.deepEqual([world.live, world.infected, world.node(3).get()], [9, 9, null])
  })

  test(`${how}: when a node that holds the value is killed then it counts no longer`, () => {
    const world = begin(push, { rounds })
    world.propagate(0, 'value')
    settle(world)
    world.kill(3)
    assert.deepEqual([world.live, world.infected, world.isLive(3)], [9, 9, false])
  })

  test(`${how}: when a node restarts without its state then it is told again`, () => {
    const world = begin(push, { rounds })
    world.propagate(0, 'value')
    settle(world)
    world.kill(3)
    world.start(3, false)
    assert.deepEqual([world.live, world.infected, world.node(3).get()], [10, 9, null])
    settle(world)
    assert.equal(world.infected, 10)
  })

  test(`${how}: when a node restarts with its state then it holds the value and counts`, () => {
    const world = begin(push, { rounds })
    world.propagate(0, 'value')
    settle(world)
    world.kill(3)
    world.start(3, true)
    assert.equal(world.node(3).get()?.value, 'value')
    assert.deepEqual([world.live, world.infected], [10, 10])
  })

  test(`${how}: when a node restarts with an older value then it does not count until it is told`, () => {
    const world = begin(push, { rounds })
    world.propagate(0, 'old')
    settle(world)
    world.kill(3)
    pass(world, rounds ? 1 : PERIOD)
    world.propagate(0, 'new')
    world.start(3, true)
    assert.equal(world.node(3).get()?.value, 'old')
    settle(world)
    assert.deepEqual([world.infected, world.node(3).get()?.value], [10, 'new'])
  })

  test(`${how}: when a node is paused then it does nothing, and once resumed it takes what came`, () => {
    const world = begin(push, { rounds })
    world.pause(3)
    world.propagate(0, 'value')
    pass(world, rounds ? 20 : 20 * PERIOD)
    assert.deepEqual([world.live, world.infected, world.node(3).get()], [10, 9, null])
    world.resume(3)
    assert.equal(world.node(3).get()?.value, 'value')
    assert.equal(world.infected, 10)
  })

  test(`${how}: when a node starts late then it is part of it from then on`, () => {
    const world = new World(settings(push, {}, { nodes: 10, period: PERIOD, rounds }))
    for (let i = 0; i < 9; i++) world.start(i)
    world.propagate(0, 'value')
    settle(world)
    assert.deepEqual([world.live, world.infected], [9, 9])
    world.start(9)
    assert.deepEqual([world.live, world.infected], [10, 9])
    settle(world)
    assert.equal(world.infected, 10)
  })

  test(`${how}: when the network is partitioned then one side learns, and after it heals all`, () => {
    const world = begin(push, { rounds })
    world.network.partition([[0, 1, 2, 3]])
    world.propagate(0, 'value')
    pass(world, rounds ? 30 : 30 * PERIOD)
    assert.equal(world.infected, 4)
    assert.ok(world.record.figures(4, 10).lost > 0)
    world.network.heal()
    settle(world)
    assert.equal(world.infected, 10)
  })

  test(`${how}: when the way out of a node is cut then it hears but is not heard`, () => {
    const world = begin(push, { rounds })
    for (let to = 1; to < 10; to++) world.network.cut([0], [to])
    world.propagate(0, 'mine')
    pass(world, rounds ? 30 : 30 * PERIOD)
    assert.equal(world.infected, 1)
    world.propagate(5, 'yours')
    settle(world)
    assert.equal(world.infected, 10)
  })

  test(`${how}: when a peer is dead or cut off then its sender is told`, () => {
    const down: Address[] = []
    const told = strategy({
      summary: 'tested',
      onNewer: (node) => node.sendValue(node.peers),
      onPeerDown: (_, peer) => void down.push(peer),
    })
    const world = begin(told, { rounds, nodes: 4 })
    world.kill(1)
    world.network.cut([0], [2])
    world.propagate(0, 'value')
    pass(world, rounds ? 6 : PERIOD)
    // Nodes 3 and, through it, 2 were reached, and find node 1 dead as well.
    assert.deepEqual(down.map(numberOf).sort(), [1, 1, 1, 2])
  })

  test(`${how}: when a node is killed then its timers are too, also after it restarted`, () => {
    const fired: number[] = []
    const waits = strategy({
      summary: 'tested',
      messages: { over: {} },
      onNewer: (node) => void node.after(2, 'over', node.self),
      onMessage: { over: (node) => void fired.push(node.number) },
    })
    const world = begin(waits, { rounds, nodes: 2 })
    world.propagate(0, 'value')
    world.kill(0)
    world.start(0, false)
    pass(world, rounds ? 5 : 5 * PERIOD)
    assert.deepEqual(fired, [])
  })
}

test('when a node restarts then it has one period a period, not two', () => {
  let beats = 0
  const world = begin(strategy({ summary: 'tested', onPeriod: () => void beats++ }), { nodes: 1 })
  world.kill(0)
  world.start(0, false)
  pass(world, 10 * PERIOD)
  assert.equal(beats, 10)
})

test('when a share of nodes crashes then that share is dead, the first node is not, and each is a fault', () => {
  const { result } = simulate(settings(flood, {}, { nodes: 10_000, crash: 0.3, rounds: true, until: 1 }))
  // 4 standard errors of 10,000 throws.
  assert.ok(Math.abs(result.faults - 3000) < 4 * Math.sqrt(10_000 * 0.3 * 0.7), `${result.faults}`)
  assert.equal(result.infected, 10_000 - result.faults)
  assert.equal(result.residue, 0)
})

test('when everyone else crashes then the first holds the value and the run ends', () => {
  const { result } = simulate(settings(push, {}, { crash: 1 }))
  assert.deepEqual([result.infected, result.residue, result.faults, result.tLast], [1, 0, 49, 0])
})

test('when messages are lost then the result says how many', () => {
  const { result } = simulate(settings(flood, {}, { nodes: 100, loss: 0.25, rounds: true }))
  assert.ok(Math.abs(result.lost / result.messages - 0.25) < 4 * Math.sqrt(0.1875 / result.messages))
})

test('when messages come twice then the result says how many', () => {
  const { result } = simulate(settings(flood, {}, { nodes: 100, duplicate: 0.25, rounds: true }))
  assert.ok(Math.abs(result.duplicated / result.messages - 0.25) < 4 * Math.sqrt(0.1875 / result.messages))
  assert.equal(Math.round(result.duplicates * 100), result.messages + result.duplicated - 99)
})

test('when messages are lost then how long the others take is not tied to it', () => {
  // Half are lost; of those that are not, the first one's latency must still fill all of its range.
  const nodes = 2
  const first: number[] = []
  for (let seed = 0; seed < 400; seed++) {
    const given = { nodes, seed, loss: 0.5, latency: { kind: 'uniform', from: 0, to: 100 } } as const
    const { infected, tLast, lost } = simulate(settings(push, {}, { ...given, until: 100 })).result
    if (infected === nodes && lost === 0) first.push(tLast)
  }
  const early = first.filter((ms) => ms < 50).length / first.length
  assert.ok(Math.abs(early - 0.5) < (4 * 0.5) / Math.sqrt(first.length), `${early} came in the first half`)
})
