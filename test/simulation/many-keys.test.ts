/** Runs in which more than one key is handed in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import push from '../../src/strategy/push.ts'
import { settings } from './settings.ts'

/** What each node was seen to take last, by node and key. */
function run(scenario: Scenario, given = {}) {
  const taken = new Map<string, string | null | undefined>()
  const trace = ({ event, node, key = '', value }: GossipEvent): void => {
    if (event === 'updated') taken.set(`${node} ${key}`, value)
  }
  const { result } = simulate(settings(push, {}, { scenario, trace, ...given }))
  return { result, taken }
}

test('when values of many keys are handed in then a run ends when every node has all', () => {
  const scenario = Array.from({ length: 9 }, (_, i) => ({
    at: 0,
    do: 'propagate' as const,
    node: i,
    value: `value ${i}`,
    key: i === 0 ? '' : `key ${i}`,
  }))
  const { result, taken } = run(scenario, { loss: 0.3 })
  assert.equal(taken.size, 9 * 50)
  assert.equal(new Set(taken.values()).size, 9)
  assert.deepEqual([result.infected, result.residue, result.ended], [50, 0, 'done'])
})

test('when another key is handed in then who holds the last value still counts as one that does', () => {
  const { result } = run([
    { at: 0, do: 'propagate', node: 1, value: 'b', key: 'b' },
    { at: 0, do: 'partition', groups: [[0], Array.from({ length: 49 }, (_, i) => i + 1)] },
    { at: 0, do: 'propagate', node: 0, value: 'a' },
    { at: 5000, do: 'heal' },
  ])
  assert.deepEqual([result.infected, result.ended], [50, 'done'])
})

test('when a key is deleted then all end with that, and a value of another key stays', () => {
  const { result, taken } = run([
    { at: 0, do: 'propagate', node: 0, value: 'kept', key: 'other' },
    { at: 0, do: 'propagate', node: 0, value: 'gone', key: 'a' },
    { at: 20_000, do: 'propagate', node: 7, value: null, key: 'a' },
  ])
  const values = [...taken].map(([place, value]) => [place.split(' ')[1], value])
  assert.equal(values.filter(([key, value]) => key === 'a' && value === null).length, 50)
  assert.equal(values.filter(([key, value]) => key === 'other' && value === 'kept').length, 50)
  assert.equal(result.infected, 50)
})
