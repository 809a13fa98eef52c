import assert from 'node:assert/strict'
import { test } from 'node:test'
import { estimated } from '../../src/measure/estimates.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { measure } from '../../src/measure/runs.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import pushSum from '../../src/strategy/push-sum.ts'
import { settings } from '../simulation/settings.ts'

const numbers = Float64Array.of(1, 2, 6)

test('when the estimates of an aggregate are told then the truth and the error stand beside them', () => {
  const estimates = Float64Array.of(2, Number.NaN, 3.6)
  assert.deepEqual(estimated('mean', estimates, numbers), { least: 2, greatest: 3.6, truth: 3, error: 1 / 3 })
  assert.equal(estimated('sum', estimates, numbers).truth, 9)
  assert.equal(estimated('min', estimates, numbers).truth, 1)
  assert.equal(estimated('max', estimates, numbers).truth, 6)
  assert.equal(estimated('count', estimates, numbers).truth, 3)
  assert.equal(estimated('mean', Float64Array.of(-0.5), Float64Array.of(-1, 1)).error, 0.5)
})

test('when the truth is not known then nothing is said of it', () => {
  assert.deepEqual(estimated('heat', Float64Array.of(2), numbers), { least: 2, greatest: 2 })
  assert.deepEqual(estimated('toString', Float64Array.of(2), numbers), { least: 2, greatest: 2 })
  assert.deepEqual(estimated('mean', Float64Array.of(2), undefined), { least: 2, greatest: 2 })
})

test('when messages are lost and nodes crash then the estimates agree, and the error says that they are wrong', () => {
  const given = { nodes: 100, rounds: true, loss: 0.1, crash: 0.2 }
  const { mean } = simulate(settings(pushSum, {}, given)).result.reports!
  assert.ok(mean!.greatest - mean!.least < 1e-6 && mean!.error! > 1e-3)
  const live = 100 - simulate(settings(pushSum, {}, given)).result.faults
  assert.ok(live < 100)
  const { mean: right } = simulate(settings(pushSum, {}, { nodes: 100, rounds: true })).result.reports!
  assert.equal(right!.truth, 49.5)
  assert.ok(right!.error! < 1e-6)
})

test('when real nodes tell their numbers then the truth is over those that live; when one does not then it is not known', () => {
  const started = (node: string, number?: number): GossipEvent => ({
    ...{ at: 0, node, event: 'started' },
    ...(number !== undefined && { number }),
  })
  const report = (node: string, number: number): GossipEvent => ({
    at: 5,
    node,
    event: 'report',
    name: 'mean',
    number,
  })
  const given: GossipEvent = { at: 1, node: 'a', event: 'updated', type: 'value', timestamp: 7, hops: 0 }
  const reports = [report('a', 2), report('b', 3), report('c', 90)]
  const dead: GossipEvent = { at: 6, node: 'c', event: 'stopped', how: 'killed' }
  const whole = [started('a', 1), started('b', 4), started('c', 90), given, ...reports, dead]
  assert.deepEqual(measure(whole)[0]?.reports, { mean: { least: 2, greatest: 3, truth: 2.5, error: 0.2 } })
  const partly = [started('a', 1), started('b'), given, ...reports, dead]
  assert.deepEqual(measure(partly)[0]?.reports, { mean: { least: 2, greatest: 3 } })
})
