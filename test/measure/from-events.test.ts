import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { measure } from '../../src/measure/from-events.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import push from '../../src/strategy/push.ts'
import rumor from '../../src/strategy/rumor.ts'
import { settings } from '../simulation/settings.ts'

for (const [name, strategy] of Object.entries({ push, rumor, plumtree })) {
  test(`when a run of ${name} with loss and crashes is traced then its events give its result`, () => {
    const events: GossipEvent[] = []
    const given = {
      nodes: 100,
      loss: 0.1,
      crash: 0.1,
      until: 30_000,
      trace: (event: GossipEvent) => events.push(event),
    }
    const { result } = simulate(settings(strategy, {}, given))
    const [measured, ...others] = measure(events)
    assert.deepEqual(others, [])
    const { nodes, timestamp, ...figures } = measured!
    assert.equal(nodes, 100)
    assert.equal(timestamp, 0)
    for (const [figure, value] of Object.entries(figures)) {
      assert.equal(value, result[figure as keyof typeof figures], figure)
    }
  })
}

test('when events come in any order then they are put in order of time', () => {
  const events: GossipEvent[] = [
    { at: 9, node: 'b', event: 'received', type: 'value', timestamp: 7, hops: 1, peer: 'a' },
    { at: 5, node: 'a', event: 'updated', type: 'value', timestamp: 7, hops: 0 },
  ]
  assert.equal(measure(events)[0]!.tLast, 4)
})

test('when no client handed in a value then there is nothing to measure', () => {
  assert.deepEqual(measure([{ at: 1, node: 'a', event: 'started' }]), [])
})
