/** The same seed is the same run. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import flood from '../../src/strategy/flood.ts'
import gossipsub from '../../src/strategy/gossipsub.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import medianCounter from '../../src/strategy/median-counter.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import pull from '../../src/strategy/pull.ts'
import push from '../../src/strategy/push.ts'
import pushPull from '../../src/strategy/push-pull.ts'
import pushSum from '../../src/strategy/push-sum.ts'
import rumor from '../../src/strategy/rumor.ts'
import { type Given, settings } from './settings.ts'

const strategies = {
  flood,
  gossipsub,
  infectAndDie,
  medianCounter,
  plumtree,
  pull,
  push,
  pushPull,
  pushSum,
  rumor,
}

function trace(strategy: unknown, given: Given): GossipEvent[] {
  const events: GossipEvent[] = []
  simulate(settings(strategy, {}, { ...given, trace: (event) => events.push(event) }))
  return events
}

const FAULTS = { loss: 0.1, duplicate: 0.1, crash: 0.1, until: 20_000 }

for (const [name, strategy] of Object.entries(strategies)) {
  for (const rounds of [true, false]) {
    const given = { ...FAULTS, rounds, until: rounds ? 20 : 20_000 }

    test(`when ${name} runs twice ${rounds ? 'in rounds' : 'by the clock'} then results and traces are the same`, () => {
      const result = () => JSON.stringify(simulate(settings(strategy, {}, given)).result)
      assert.equal(result(), result())
      assert.deepEqual(trace(strategy, given), trace(strategy, given))
    })

    test(`when someone listens to ${name} ${rounds ? 'in rounds' : 'by the clock'} then the result stays`, () => {
      const quiet = simulate(settings(strategy, {}, given)).result
      assert.deepEqual(simulate(settings(strategy, {}, { ...given, trace: () => {} })).result, quiet)
    })
  }
}

/** Every door of a node: killed and started with and without what it held, paused, asked for more than one key. */
const SCENARIO: Scenario = [
  { at: 0, do: 'propagate', node: 1, value: 'a' },
  { at: 3, do: 'pause', nodes: [3] },
  { at: 6, do: 'kill', nodes: [4] },
  { at: 1000, do: 'resume', nodes: [3] },
  { at: 2000, do: 'restart', nodes: [4], state: 'lost' },
  { at: 3000, do: 'propagate', node: 2, value: 'b', key: 'k' },
  { at: 3003, do: 'kill', nodes: [2] },
  { at: 4000, do: 'restart', nodes: [2], state: 'kept' },
  { at: 5000, do: 'propagate', node: 2, value: 'c' },
]

for (const [name, strategy] of Object.entries(strategies)) {
  test(`when each node of ${name} is an object of its own then the run is the one where one stands for all`, () => {
    for (const topology of [{ kind: 'full' }, { kind: 'k-out', k: 5 }] as const) {
      const given = { ...FAULTS, crash: 0, scenario: SCENARIO, topology }
      assert.deepEqual(trace(strategy, { ...given, ownObjects: true }), trace(strategy, given))
      assert.deepEqual(
        simulate(settings(strategy, {}, { ...given, ownObjects: true })).result,
        simulate(settings(strategy, {}, given)).result,
      )
    }
  })
}

test('when seed or run differ then the run does', () => {
  const results = [{}, { seed: 2 }, { run: 1 }].map(
    (given) => simulate(settings(rumor, {}, { rounds: true, nodes: 1000, ...given })).result.messages,
  )
  assert.equal(new Set(results).size, 3)
})

test('when the latency differs then everyone picks the same peers', () => {
  const picks = (given: Given) => {
    const told = trace(infectAndDie, given).filter(({ event }) => event === 'sent')
    return told.map(({ node, peer }) => `${node} ${peer}`).sort()
  }
  // Infect and die picks once, whenever that is; so who is reached is the same as well.
  const fast = picks({ latency: { kind: 'constant', ms: 1 } })
  assert.deepEqual(picks({ latency: { kind: 'log-normal', median: 500, sigma: 1 } }), fast)
  assert.ok(fast.length > 100)
})

test('when there are more nodes then the first ones keep their dice', () => {
  const firstShare = (nodes: number) =>
    trace(pull, { nodes, rounds: true, until: 1 })
      .filter(({ event, node }) => event === 'sent' && node === 'n6:7000')
      .map(({ peer }) => Number(/\d+/.exec(peer!)) / nodes)
  // The same throw, so the same place among the peers, but for rounding.
  assert.ok(Math.abs(firstShare(100)[0]! - firstShare(10_000)[0]!) < 0.02)
})
