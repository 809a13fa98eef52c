import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { addressOf } from '../../src/gossip/view/node-number.ts'
import { World } from '../../src/simulation/world.ts'
import { settings } from './settings.ts'

/** Two nodes of this strategy, before the first round. */
function two(strategy: unknown): World {
  const world = new World(settings(strategy, {}, { rounds: true, nodes: 2 }))
  world.startAll()
  return world
}

function round(world: World): void {
  world.time.run(() => false, world.time.now + 1)
}

const HANDLED = { summary: 'tested', messages: { ping: { left: z.int() } } }

test('when a round begins then every period comes before anything is delivered', () => {
  const story: string[] = []
  const world = two(
    strategy({
      ...HANDLED,
      onPeriod(node) {
        story.push('period')
        node.send(node.peers, 'ping', { left: 0 })
      },
      onMessage: { ping: () => void story.push('ping') },
    }),
  )
  round(world)
  assert.deepEqual(story, ['period', 'period', 'ping', 'ping'])
})

test('when rounds pass then the order of periods is random, and each node has one a round', () => {
  const orders = new Set<string>()
  let order: number[] = []
  const world = new World(
    settings(
      strategy({ summary: 'tested', onPeriod: (node) => void order.push(node.number) }),
      {},
      {
        rounds: true,
        nodes: 4,
      },
    ),
  )
  world.startAll()
  for (let i = 0; i < 500; i++) {
    round(world)
    orders.add(order.join())
    assert.deepEqual(order.sort(), [0, 1, 2, 3])
    order = []
  }
  assert.equal(orders.size, 24)
})

test('when replies follow replies then all come within the round, wave by wave', () => {
  const story: string[] = []
  const world = two(
    strategy({
      ...HANDLED,
      onPeriod(node) {
        if (node.number === 0) node.send(node.peers, 'ping', { left: 3 })
      },
      onMessage: {
        ping(node, from, { left }) {
          story.push(`${node.number} ${left}`)
          if (left > 0) node.send([from], 'ping', { left: left - 1 })
        },
      },
    }),
  )
  round(world)
  assert.equal(world.time.now, 1)
  assert.deepEqual(story, ['1 3', '0 2', '1 1', '0 0'])
})

test('when both call each other then both replies come after both calls', () => {
  const story: number[] = []
  const world = two(
    strategy({
      ...HANDLED,
      onPeriod: (node) => node.send(node.peers, 'ping', { left: 2 }),
      onMessage: {
        ping(node, from, { left }) {
          story.push(left)
          if (left > 0) node.send([from], 'ping', { left: left - 1 })
        },
      },
    }),
  )
  round(world)
  assert.deepEqual(story, [2, 2, 1, 1, 0, 0])
})

test('when a node sends to a third one on reception then that leaves in the next round', () => {
  const story: string[] = []
  const third = addressOf(2)
  const world = new World(
    settings(
      strategy({
        ...HANDLED,
        onMessage: {
          ping(node, from, { left }) {
            story.push(`${node.number} has ${left}`)
            if (left > 0) node.send([left === 2 ? third : from], 'ping', { left: left - 1 })
          },
        },
        onNewer: (node) => node.send([addressOf(1)], 'ping', { left: 2 }),
      }),
      {},
      { rounds: true, nodes: 3 },
    ),
  )
  world.startAll()
  world.propagate(0, 'value')
  round(world)
  assert.deepEqual(story, ['1 has 2'])
  round(world)
  assert.deepEqual(story, ['1 has 2', '2 has 1', '1 has 0'])
})

test('when a timer is set then it fires as many rounds later, before the periods', () => {
  const story: string[] = []
  const world = two(
    strategy({
      summary: 'tested',
      messages: { timer: {} },
      onNewer: (node) => void node.after(2, 'timer', node.self),
      onMessage: { timer: () => void story.push('timer') },
      onPeriod(node) {
        if (node.number === 0) story.push('period')
      },
    }),
  )
  world.propagate(0, 'value')
  for (let i = 0; i < 3; i++) round(world)
  assert.deepEqual(story, ['period', 'timer', 'period', 'period'])
})

test('when something is to be done at a round then it is done as that round begins', () => {
  const story: number[] = []
  const world = two(strategy({ summary: 'tested' }))
  world.time.at(2, () => story.push(world.time.now))
  for (let i = 0; i < 3; i++) round(world)
  assert.deepEqual(story, [2])
})

test('when replies never end then the run is stopped, and says in which round', () => {
  const world = two(
    strategy({
      ...HANDLED,
      onPeriod: (node) => node.send(node.peers, 'ping', { left: 0 }),
      onMessage: { ping: (node, from) => node.send([from], 'ping', { left: 0 }) },
    }),
  )
  assert.throws(() => round(world), /replies go on without end.*round 1/)
})

test('when a run is done then what is under way still arrives, and no further period begins', () => {
  const story: string[] = []
  const world = two(
    strategy({
      summary: 'tested',
      messages: { ping: {}, over: {} },
      onPeriod: () => void story.push('period'),
      onNewer: (node) => void node.after(5, 'over', node.self),
      onMessage: {
        over: (node) => node.send(node.peers, 'ping'),
        ping: () => void story.push('ping'),
      },
    }),
  )
  world.propagate(0, 'value')
  world.time.run(() => true, 1000)
  assert.deepEqual(story, ['ping'])
  assert.equal(world.time.now, 5)
})
