/** A strategy's mistake ends the run, and names strategy and handler. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy, z } from '../../src/gossip/strategy.ts'
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
  'onMessage.late': strategy({
    summary,
    messages: { late: {} },
    onNewer: (node) => void node.after(1, 'late', node.self),
    onMessage: { late: fail },
  }),
  item: strategy({ summary, item: fail }),
  interested: strategy({ summary, interested: fail }),
  settled: strategy({ summary, settled: fail }),
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
    messages,
    onNewer(node) {
      for (;;) node.after(1, 'ping', node.self, { number: 1 })
    },
    onMessage: { ping: () => {} },
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

test('when interested is asked then it has nothing but the item and the options, and can change neither', () => {
  const asked: unknown[][] = []
  const asks = strategy({
    summary,
    options: { fanout: z.int().default(2) },
    item: () => ({ hot: true }),
    interested(...given) {
      asked.push(given)
      assert.throws(() => Object.assign(given[1], { fanout: 3 }), TypeError)
      return given[0].state.hot
    },
  })
  simulate(settings(asks, {}, { until: 1000 }))
  assert.ok(asked.length > 0)
  for (const [item, options, ...rest] of asked) {
    assert.deepEqual([(item as { key: string }).key, options, rest], ['', { fanout: 2 }, []])
  }
})

test('when settled is asked then it has nothing but the state and the options', () => {
  const asked: unknown[][] = []
  const asks = strategy({
    summary,
    options: { fanout: z.int().default(2) },
    state: () => ({ calm: true }),
    settled(...given) {
      asked.push(given)
      return given[0].calm
    },
  })
  simulate(settings(asks))
  assert.ok(asked.length > 0)
  for (const given of asked) assert.deepEqual(given, [{ calm: true }, { fanout: 2 }])
})

for (const question of ['interested', 'settled'] as const) {
  test(`when ${question} answers with a promise then the run ends and says so`, () => {
    const asks = { summary, [question]: () => Promise.resolve(false) }
    assert.throws(() => simulate(settings(asks)), new RegExp(`strategy tested, ${question}: is async`))
  })
}

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
      onKnown: (node, _item, from) => node.sendValue([from]),
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
    messages: { again: {} },
    onNewer: (node) => void node.after(0, 'again', node.self),
    onMessage: { again: (node) => void node.after(0, 'again', node.self) },
  }),
  'answers that take no time': strategy({
    summary,
    onNewer: (node) => node.sendValue(node.pick(1)),
    onKnown: (node, _item, from) => node.sendValue([from]),
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
