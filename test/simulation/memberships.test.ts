/** Memberships in the simulated network: what is done to it is done to them, and they are in no figure of the value. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { membership } from '../../src/gossip/membership.ts'
import { membershipProtocol } from '../../src/gossip/protocol.ts'
import { strategy } from '../../src/gossip/strategy.ts'
import { addressOf } from '../../src/gossip/view/node-number.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import cyclon from '../../src/membership/cyclon.ts'
import heartbeat from '../../src/membership/heartbeat.ts'
import hyparview from '../../src/membership/hyparview.ts'
import swim from '../../src/membership/swim.ts'
import { look } from '../../src/simulation/membership/overlay.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { World } from '../../src/simulation/world.ts'
import flood from '../../src/strategy/flood.ts'
import push from '../../src/strategy/push.ts'
import { type Given, settings } from './settings.ts'

const MEMBERSHIPS = { cyclon, hyparview, swim }
const PERIOD = 1000

function on(it: unknown, theStrategy: unknown, given: Given = {}, options = {}) {
  return settings(
    theStrategy,
    {},
    { members: membershipProtocol('tested', it, options), period: PERIOD, ...given },
  )
}

for (const [name, it] of Object.entries(MEMBERSHIPS)) {
  test(`when ${name} runs twice with the same seed then it is the same run, with another it is another`, () => {
    const run = (seed: number): string => {
      const events: GossipEvent[] = []
      const given = {
        nodes: 40,
        seed,
        loss: 0.05,
        crash: 0.1,
        trace: (event: GossipEvent) => events.push(event),
      }
      const { result } = simulate(on(it, push, given))
      return JSON.stringify([result, events])
    }
    assert.equal(run(1), run(1))
    assert.notEqual(run(1), run(2))
  })

  test(`when ${name} runs then the value reaches all, and its messages are in no figure and in no trace`, () => {
    const types = new Set<string | undefined>()
    const trace = ({ event, type }: GossipEvent) => event === 'sent' && types.add(type)
    const { result } = simulate(on(it, push, { nodes: 100, trace }))
    assert.equal(result.infected, 100)
    assert.equal(result.control, 0)
    assert.deepEqual([...types], ['value'])
    assert.equal(result.overlay?.components, 1)
  })

  test(`when nodes on ${name} are killed, and come again, and others join later, then all are one, and the dead are dropped`, () => {
    const scenario = [
      { at: 0, do: 'kill', nodes: [0, 3, 4, 5, 6], restart: undefined },
      { at: 0, do: 'join', nodes: [20, 21] },
      { at: 30 * PERIOD, do: 'restart', nodes: [3, 4] },
      { at: 60 * PERIOD, do: 'propagate', node: 7, value: 'late' },
    ] as unknown as Given['scenario']
    const { result } = simulate(on(it, push, { nodes: 30, scenario }))
    assert.equal(result.infected, 27)
    assert.equal(result.overlay?.components, 1)
    assert.ok(result.overlay!.inDegree.min > 0)
    assert.ok(
      result.detection!.first !== null && result.detection!.last !== null,
      JSON.stringify(result.detection),
    )
    assert.ok(result.detection!.last! < 40)
  })

  test(`when the network under ${name} is cut in two and heals then the two become one`, () => {
    const world = new World(on(it, push, { nodes: 24 }))
    world.startAll()
    const until = (period: number) => world.time.run(() => false, period * PERIOD)
    until(10)
    const half = Array.from({ length: 12 }, (_, i) => i)
    world.partition([half, half.map((i) => i + 12)])
    until(30)
    world.heal()
    until(100)
    world.propagate(0, 'after')
    world.time.run(() => world.infected === world.live, world.time.now + 50 * PERIOD)
    assert.equal(world.infected, 24)
  })
}

test('when a message of a membership can not arrive then its sender is told: over a cut, and where nobody is', () => {
  const unreachable: string[] = []
  const calling = membership({
    summary: 'Calls node 1 each period.',
    messages: { hello: {} },
    onPeriod: (node) => node.send([addressOf(1)], 'hello'),
    onUnreachable: (node, peer) => void unreachable.push(`${node.self}-${peer}`),
    onMessage: { hello() {} },
  })
  const world = new World(on(calling, strategy({ summary: 'Nothing.' }), { nodes: 3 }))
  world.startAll()
  world.cut([0], [1])
  world.time.run(() => false, 3 * PERIOD)
  assert.deepEqual([...new Set(unreachable.splice(0))], ['1-2'])
  world.heal()
  world.time.run(() => false, 4 * PERIOD)
  unreachable.length = 0
  world.kill(1)
  world.time.run(() => false, 6 * PERIOD)
  assert.deepEqual([...new Set(unreachable)].sort(), ['1-2', '3-2'])
})

test('when a node is paused then its membership waits, and goes on afterwards', () => {
  const world = new World(on(cyclon, push, { nodes: 10 }))
  world.startAll()
  world.time.run(() => false, 5 * PERIOD)
  world.pause(3)
  const before = world.node(3).peers
  world.time.run(() => false, 8 * PERIOD)
  assert.deepEqual(world.node(3).peers, before)
  world.resume(3)
  world.time.run(() => false, 20 * PERIOD)
  assert.equal(look(world).overlay.length, 10)
  assert.ok(world.node(3).peers.length > 0)
})

test('when a membership goes on without end at one moment, or fails, then the run ends with one line that names it', () => {
  const echo = membership({
    summary: 'Echoes.',
    messages: { hello: {} },
    onContact: (node, contact) => node.send([contact], 'hello'),
    onMessage: { hello: (node, from) => node.send([from], 'hello') },
  })
  const latency = { kind: 'constant', ms: 0 } as const
  assert.throws(
    () => simulate(on(echo, flood, { nodes: 3, latency })),
    /^StrategyError: membership tested, onMessage\.hello: goes on without end at /,
  )
  const failing = membership({
    summary: 'Fails.',
    onPeriod() {
      throw new Error('oh no')
    },
  })
  assert.throws(
    () => simulate(on(failing, flood, { nodes: 3 })),
    /^StrategyError: membership tested, onPeriod: oh no$/,
  )
})

test('when messages name nodes that are none then nobody speaks to them', () => {
  const lying = membership({
    summary: 'Takes whoever is none.',
    onPeriod(node) {
      for (const it of [0, -1, 1.5, 99, Number.NaN]) assert.equal(node.add(it as never), false)
    },
  })
  const { result } = simulate(on(lying, flood, { nodes: 3, until: 5 * PERIOD }))
  assert.equal(result.overlay?.degree.max, 0)
})

test('when 200 nodes start together then after a period each names nearly all, and has met a part of them', () => {
  const world = new World(on(heartbeat, strategy({ summary: 'Nothing.' }), { nodes: 200, period: 10_000 }))
  world.startAll()
  world.time.run(() => false, 10_000)
  for (let i = 0; i < 200; i++) {
    const view = world.views.memberOf(i)!
    assert.ok(view.about().length >= 180, `${view.about().length} named`)
    assert.ok(view.size >= 50 && view.size < 200, `${view.size} met`)
  }
})
