/** Twenty values under as many keys, handed to different nodes at one moment: those who promise it bring all to all. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Value, wins } from '../../src/gossip/value.ts'
import { World } from '../../src/simulation/world.ts'
import flood from '../../src/strategy/flood.ts'
import gossipsub from '../../src/strategy/gossipsub.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import medianCounter from '../../src/strategy/median-counter.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import pull from '../../src/strategy/pull.ts'
import push from '../../src/strategy/push.ts'
import pushPull from '../../src/strategy/push-pull.ts'
import rumor from '../../src/strategy/rumor.ts'
import { keyed } from '../gossip/build.ts'
import { type Given, settings } from '../simulation/settings.ts'

const NODES = 50
const KEYS = 20
const PERIOD = 1000
/** More than any of them takes. */
const PERIODS = 60

function begin(strategy: unknown, given: Given = {}): World {
  const world = new World(settings(strategy, {}, { nodes: NODES, period: PERIOD, ...given }))
  world.startAll()
  // Links are there before the values are.
  pass(world, 3)
  return world
}

function pass(world: World, periods: number): void {
  world.time.run(() => false, world.time.now + periods * (world.settings.rounds ? 1 : PERIOD))
}

function hand(world: World, node: number, { key, value, timestamp }: Value): void {
  assert.equal(world.node(node).receive(null, keyed(key, value, timestamp)), 'newer')
}

/** The first key is the one that nobody names. */
const values: Value[] = Array.from({ length: KEYS }, (_, i) => ({
  key: i === 0 ? '' : `key ${i}`,
  value: `value ${i}`,
  timestamp: 5 + (i % 3),
}))

function held(world: World, node: number): Value[] {
  return world
    .node(node)
    .values()
    .map(({ key, value, timestamp }) => ({ key, value, timestamp }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

function assertAllHold(world: World, expected: readonly Value[]): void {
  const sorted = [...expected].sort((a, b) => (a.key < b.key ? -1 : 1))
  for (let i = 0; i < NODES; i++) if (world.isLive(i)) assert.deepEqual(held(world, i), sorted, `node ${i}`)
}

const certain = { push, pushPull, pull, plumtree, gossipsub, flood, medianCounter }

for (const [name, strategy] of Object.entries(certain)) {
  for (const rounds of [true, false]) {
    test(`${name}: when twenty keys are handed to twenty nodes ${rounds ? 'in rounds' : 'by the clock'} then all nodes hold all`, () => {
      const world = begin(strategy, { rounds })
      for (const [i, it] of values.entries()) hand(world, 2 * i, it)
      pass(world, PERIODS)
      assertAllHold(world, values)
    })
  }
}

const mending = { push, pushPull, pull, plumtree, gossipsub }

for (const [name, strategy] of Object.entries(mending)) {
  test(`${name}: when nodes die and messages are lost and come twice then all that live hold all that was handed to them`, () => {
    const world = begin(strategy, { loss: 0.2, duplicate: 0.1 })
    for (let i = 1; i < NODES; i += 5) world.kill(i)
    for (const [i, it] of values.entries()) hand(world, 5 * (i % 10), it)
    pass(world, PERIODS)
    assertAllHold(world, values)
  })

  test(`${name}: when a key is written at two nodes in one ms, updated and deleted meanwhile then all agree on what wins`, () => {
    const world = begin(strategy)
    const written = [...values]
    for (const [i, it] of values.entries()) hand(world, 2 * i, it)
    for (let i = 0; i < KEYS; i++) {
      const value = i % 3 === 0 ? null : `other ${i}`
      const it = { ...values[i]!, value, timestamp: values[i]!.timestamp + (i % 2) }
      world.node(2 * i + 1).receive(null, keyed(it.key, it.value, it.timestamp))
      written.push(it)
      pass(world, 0.1)
    }
    pass(world, PERIODS)
    const winners = values.map(({ key }) =>
      written.filter((it) => it.key === key).reduce((a, b) => (wins(b, a) ? b : a)),
    )
    assertAllHold(world, winners)
  })

  test(`${name}: when a node slept through all of it then it is told of all`, () => {
    const world = begin(strategy)
    world.kill(7)
    for (const [i, it] of values.entries()) hand(world, 2 * i, it)
    pass(world, PERIODS)
    world.start(7, false)
    pass(world, PERIODS)
    assertAllHold(world, values)
  })
}

for (const [name, strategy] of Object.entries({ rumor, infectAndDie, medianCounter, flood })) {
  test(`${name}: when twenty keys are spread then each ends by itself, and most nodes hold most`, () => {
    const world = begin(strategy)
    for (const [i, it] of values.entries()) hand(world, 2 * i, it)
    pass(world, PERIODS)
    let copies = 0
    for (let i = 0; i < NODES; i++) {
      assert.equal(world.node(i).interested, false, `node ${i}`)
      copies += world.node(i).values().length
    }
    assert.ok(copies > 0.8 * NODES * KEYS, `${copies} copies`)
  })
}

test('when twenty keys are spread then what a node remembers of one is not what it remembers of another', () => {
  const world = begin(rumor)
  hand(world, 0, values[0]!)
  pass(world, PERIODS)
  hand(world, 0, values[1]!)
  const states = world.node(0).items.map(({ state }) => (state as { hot: boolean }).hot)
  assert.deepEqual(states, [false, true])
  assert.equal(world.node(0).interested, true)
})
