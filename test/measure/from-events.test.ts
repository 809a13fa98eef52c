import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { courses, measure } from '../../src/measure/runs.ts'
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
    const { timestamp, ...figures } = measured!
    assert.equal(timestamp, 0)
    for (const [figure, value] of Object.entries(figures)) {
      assert.equal(value, result[figure as keyof typeof result], figure)
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

test('when a node is first heard of after a value was followed by another then it counts among all nodes', () => {
  const updated = (at: number, node: string, timestamp: number, peer?: string): GossipEvent => ({
    ...{ at, node, event: 'updated', type: 'value', timestamp },
    ...(peer === undefined ? {} : { peer }),
  })
  const received = (at: number, node: string, timestamp: number): GossipEvent => ({
    ...{ at, node, event: 'received', type: 'value', timestamp, hops: 1 },
  })
  const first = [updated(1, 'a', 7), received(3, 'b', 7), updated(3, 'b', 7, 'a')]
  const second = [
    ...[updated(4, 'b', 8), received(6, 'c', 8), updated(6, 'c', 8, 'b')],
    ...([{ at: 7, node: 'c', event: 'stopped' }] as const),
  ]
  const [older, newer] = measure([...first, ...second])
  assert.deepEqual([older!.nodes, older!.infected, older!.residue, older!.tLast], [3, 2, 1 / 3, 2])
  assert.deepEqual([newer!.nodes, newer!.infected, newer!.residue, newer!.tLast], [3, 1, 0.5, 2])
  assert.deepEqual(
    courses([...first, ...second], 1).map(({ measured, times }) => [measured.timestamp, [...times]]),
    [[8, [0, 2]]],
  )
})
