/** A strategy's mistake ends the run, and names strategy and handler. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StrategyNode, strategy, z } from '../../src/gossip/strategy.ts'
import { StrategyError } from '../../src/gossip/strategy-error.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { World } from '../../src/simulation/world.ts'
import { settings } from './settings.ts'

function fail(): never {
  throw new Error('broken')
}

const summary = 'tested'
const messages = { ping: { number: z.number() } }
const broken = {
  state: strategy({ summary, state: fail }),
  onPeriod: strategy({ summary, onPeriod: fail }),
  onNewer: strategy({ summary, onNewer: fail }),
  onKnown: strategy({ summary, onNewer: (node) => node.sendValue(node.peers), onKnown: fail }),
  onPeerDown: strategy({ summary, onPeriod: (node) => node.sendValue(node.peers), onPeerDown: fail }),
  'onMessage.ping': strategy({
    summary,
    messages,
    onPeriod: (node) => node.send(node.peers, 'ping', { number: 1 }),
    onMessage: { ping: fail },
  }),
  after: strategy({ summary, onNewer: (node) => node.after(1, fail) }),
  interested: strategy({ summary, interested: fail }),
}

for (const [handler, it] of Object.entries(broken)) {
  for (const rounds of [true, false]) {
    test(`when ${handler} throws ${rounds ? 'in rounds' : 'by the clock'} then the run ends and says so`, () => {
      const crash = handler === 'onPeerDown' ? 0.5 : 0
      assert.throws(
        () => simulate(settings(it, {}, { nodes: 10, rounds, crash, until: 10_000 })),
        (fault) => fault instanceof StrategyError && fault.message === `strategy tested, ${handler}: broken`,
      )
    })
  }
}

test('when onOlder throws then the run ends and says so', () => {
  const shouts = strategy({ summary, onPeriod: (node) => node.sendValue(node.peers), onOlder: fail })
  const world = new World(settings(shouts, {}, { nodes: 2, rounds: true }))
  world.startAll()
  world.propagate(0, 'old')
  world.time.run(() => false, 1)
  world.network.partition([[0]])
  world.propagate(0, 'new')
  world.time.run(() => false, 2)
  world.network.heal()
  assert.throws(() => world.time.run(() => false, 9), /strategy tested, onOlder: broken/)
})

test('when a handler sends without end then the run ends and says so', () => {
  const endless = strategy({
    summary,
    onNewer(node) {
      for (;;) node.sendValue(node.peers)
    },
  })
  assert.throws(() => simulate(settings(endless)), /strategy tested, onNewer: sends without end/)
})

const loops = {
  pick: strategy({
    summary,
    onNewer(node) {
      while (node.pick(1).length > 0);
    },
  }),
  chance: strategy({
    summary,
    onNewer(node) {
      while (!node.chance(0));
    },
  }),
  after: strategy({
    summary,
    onNewer(node) {
      for (;;) node.after(1, () => {})
    },
  }),
  'send to nobody': strategy({
    summary,
    onNewer(node) {
      for (;;) node.sendValue([])
    },
  }),
}
for (const [what, it] of Object.entries(loops)) {
  test(`when a handler loops for ever over ${what} then the run ends and says so`, () => {
    assert.throws(
      () => simulate(settings(it)),
      /^StrategyError: strategy tested, onNewer: loops without end: .*100001 times/,
    )
  })
}

test('when interested loops for ever then the run ends and says so', () => {
  const asks = strategy({
    summary,
    interested(node) {
      // No compiler sees what a strategy without types may ask.
      while (!(node as StrategyNode).lacks(''));
      return true
    },
  })
  assert.throws(() => simulate(settings(asks)), /strategy tested, interested: loops without end/)
})

test('when interested acts then the run ends and says that it only answers', () => {
  const actions: ((node: StrategyNode) => void)[] = [
    (node) => node.sendValue(node.peers, {}),
    (node) => node.send(node.peers, 'ping', { number: 1 }),
    (node) => node.after(1, () => {}),
    (node) => node.report('mean', 1),
  ]
  for (const act of actions) {
    const asked = strategy({
      summary,
      messages,
      onMessage: { ping: () => {} },
      interested(node) {
        act(node as unknown as StrategyNode)
        return true
      },
    })
    assert.throws(
      () => simulate(settings(asked)),
      /strategy tested, interested: only answers: it can neither send, nor wait, nor report/,
    )
  }
})

test('when a handler asks its node of each of many peers then that is no loop', () => {
  const careful = strategy({
    summary,
    onNewer: (node) => node.sendValue(node.peers.filter(() => node.chance(0) || node.chance(0))),
    interested: () => false,
  })
  assert.equal(simulate(settings(careful, {}, { nodes: 100_000 })).result.infected, 1)
})

test('when a message breaks its schema then the run ends and names message and field', () => {
  const wrong = strategy({
    summary,
    messages,
    onNewer: (node) => node.send(node.peers, 'ping', { number: Number.NaN }),
    onMessage: { ping: () => {} },
  })
  assert.throws(() => simulate(settings(wrong)), /strategy tested, onNewer: message ping .*number/)
})

for (const rounds of [false, true]) {
  test(`when answers go on without end ${rounds ? 'in rounds' : 'by the clock'} then the run ends and says whose`, () => {
    const pingPong = strategy({
      summary,
      onNewer: (node) => node.sendValue(node.pick(1)),
      onKnown: (node, from) => node.sendValue([from]),
      interested: () => false,
    })
    assert.throws(
      () => simulate(settings(pingPong, {}, { nodes: 2, rounds })),
      /strategy tested, onKnown: .*on/,
    )
  })
}

const never = {
  'a timer that sets itself again at once': strategy({
    summary,
    onNewer: function again(node): void {
      node.after(0, () => again(node))
    },
  }),
  'answers that take no time': strategy({
    summary,
    onNewer: (node) => node.sendValue(node.pick(1)),
    onKnown: (node, from) => node.sendValue([from]),
  }),
}

for (const [what, it] of Object.entries(never)) {
  test(`when there is ${what} then the run ends, though its clock stands still`, () => {
    const latency = { kind: 'constant', ms: 0 } as const
    assert.throws(
      () => simulate(settings(it, {}, { nodes: 3, latency })),
      /strategy tested, .*without end at 0 ms/,
    )
  })
}

test('when all tell all at one moment then that is no endless sending', () => {
  const flood = strategy({ summary, onNewer: (node) => node.sendValue(node.peers) })
  const latency = { kind: 'constant', ms: 0 } as const
  assert.equal(simulate(settings(flood, {}, { nodes: 200, latency })).result.messages, 200 * 199)
})
