import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy, z } from '../../src/gossip/strategy.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { World } from '../../src/simulation/world.ts'
import { chiSquare, chiSquareLimit } from '../gossip/chi-square.ts'
import { type Given, settings } from './settings.ts'

const PERIOD = 1000
const PING = { summary: 'tested', messages: { ping: { left: z.int() } } }

function begin(strategy: unknown, given: Given = {}): World {
  const world = new World(settings(strategy, {}, { nodes: 2, period: PERIOD, ...given }))
  world.startAll()
  return world
}

function pass(world: World, ms: number): void {
  world.time.run(() => false, world.time.now + ms)
}

test('when a message is sent then it comes after the latency', () => {
  const came: number[] = []
  const told = strategy({
    ...PING,
    onNewer: (node) => node.send(node.peers, 'ping', { left: 0 }),
    onMessage: { ping: () => void came.push(world.time.now) },
  })
  const world = begin(told, { nodes: 1000, latency: { kind: 'uniform', from: 20, to: 30 } })
  world.propagate(0, 'value')
  pass(world, PERIOD)
  assert.equal(came.length, 999)
  assert.ok(Math.min(...came) >= 20 && Math.max(...came) < 30)
  assert.ok(new Set(came).size > 900)
})

test('when messages take equally long then they come in the order in which they left', () => {
  const came: number[] = []
  const told = strategy({
    ...PING,
    onNewer(node) {
      for (let left = 0; left < 100; left++) node.send(node.peers, 'ping', { left })
    },
    onMessage: { ping: (_, __, { left }) => void came.push(left) },
  })
  const world = begin(told, { latency: { kind: 'constant', ms: 5 } })
  world.propagate(0, 'value')
  pass(world, 5)
  assert.deepEqual(
    came,
    Array.from({ length: 100 }, (_, i) => i),
  )
})

test('when nodes have periods then each has one a period, at a random phase of its own', () => {
  const nodes = 1000
  const at: number[][] = Array.from({ length: nodes }, () => [])
  const beats = strategy({
    summary: 'tested',
    onPeriod: (node) => void at[node.number]!.push(world.time.now),
  })
  const world = begin(beats, { nodes })
  pass(world, 3 * PERIOD)
  const phases = new Array<number>(10).fill(0)
  for (const [first, second, third, ...rest] of at) {
    assert.ok(Math.abs(second! - first! - PERIOD) < 1e-6 && Math.abs(third! - second! - PERIOD) < 1e-6)
    assert.deepEqual(rest, [])
    phases[Math.floor((first! / PERIOD) * 10)]! += 1
  }
  assert.ok(chiSquare(phases) < chiSquareLimit(10), `${phases}`)
})

test('when a node waits then the delay is in periods', () => {
  const fired: number[] = []
  const waits = strategy({
    summary: 'tested',
    messages: { over: {} },
    onNewer(node) {
      for (const periods of [2, 0.5, 0]) node.after(periods, 'over', node.self)
    },
    onMessage: { over: () => void fired.push(world.time.now) },
  })
  const world = begin(waits)
  world.propagate(0, 'value')
  pass(world, 3 * PERIOD)
  assert.deepEqual(fired, [0, 0.5 * PERIOD, 2 * PERIOD])
})

test('when a run is done then what is under way, timers too, still happens, and no further period begins', () => {
  const story: string[] = []
  const world = begin(
    strategy({
      summary: 'tested',
      messages: { ...PING.messages, over: {} },
      onPeriod: () => void story.push('period'),
      onNewer: (node) => void node.after(5, 'over', node.self),
      onMessage: {
        over: (node) => node.send(node.peers, 'ping', { left: 1 }),
        ping(node, from, { left }) {
          story.push('ping')
          if (left > 0) node.send([from], 'ping', { left: left - 1 })
        },
      },
    }),
  )
  world.propagate(0, 'value')
  world.time.run(() => true, 1000 * PERIOD)
  assert.deepEqual(story, ['ping', 'ping'])
})

test('when a run goes on after it was done then periods do too, each at its phase', () => {
  const at: number[] = []
  const beats = strategy({ summary: 'tested', onPeriod: () => void at.push(world.time.now) })
  const world = begin(beats, { nodes: 1 })
  pass(world, PERIOD)
  world.time.at(5 * PERIOD, () => {})
  world.time.run(() => true, 10 * PERIOD)
  pass(world, PERIOD)
  assert.equal(at.length, 2)
  assert.ok(Math.abs((at[1]! - at[0]!) % PERIOD) < 1e-6 || at[1]! - at[0]! > 4 * PERIOD)
})

test('when until comes then nothing later happens, but in a later call', () => {
  const came: number[] = []
  const told = strategy({
    ...PING,
    onNewer: (node) => node.send(node.peers, 'ping', { left: 0 }),
    onMessage: { ping: () => void came.push(world.time.now) },
  })
  const world = begin(told, { latency: { kind: 'constant', ms: 50 } })
  world.propagate(0, 'value')
  pass(world, 49)
  assert.deepEqual([world.time.now, came], [49, []])
  pass(world, 1)
  assert.deepEqual([world.time.now, came], [50, [50]])
})

test('when time is let pass in steps then the same happens as at once', () => {
  const story = (steps: number) => {
    const came: number[] = []
    const told = strategy({
      ...PING,
      onNewer(node) {
        for (let left = 0; left < 5; left++) node.send(node.peers, 'ping', { left })
      },
      onMessage: { ping: (_, __, { left }) => void came.push(left) },
    })
    const world = begin(told, { latency: { kind: 'constant', ms: 50 } })
    world.propagate(0, 'value')
    for (let i = 0; i < steps; i++) pass(world, 100 / steps)
    return came
  }
  assert.deepEqual(story(10), story(1))
})

test('when something is to be done at a time then it is done then', () => {
  const done: number[] = []
  const world = begin(strategy({ summary: 'tested' }))
  for (const at of [70, 30]) world.time.at(at, () => done.push(world.time.now))
  pass(world, 100)
  assert.deepEqual(done, [30, 70])
})

test('when two answer each other without end then the run ends at until', () => {
  const endless = strategy({
    ...PING,
    onNewer: (node) => node.send(node.peers, 'ping', { left: 0 }),
    onMessage: { ping: (node, from) => node.send([from], 'ping', { left: 0 }) },
  })
  const given = { nodes: 2, latency: { kind: 'constant', ms: 10 }, until: 1005 } as const
  assert.equal(simulate(settings(endless, {}, given)).result.messages, 101)
})
