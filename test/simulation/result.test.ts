import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy } from '../../src/gossip/strategy.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import flood from '../../src/strategy/flood.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'
import push from '../../src/strategy/push.ts'
import rumor from '../../src/strategy/rumor.ts'
import { settings } from './settings.ts'

const FIELDS = [
  'strategy options nodes seed run',
  'infected residue traffic control tAverage tLast hopsLast duplicates messages bytes lost duplicated',
  'ended faults events',
]

test('when a run ends then its result has the fields of the contract, wallMs apart, and no others', () => {
  const { result } = simulate(settings(push))
  assert.deepEqual(Object.keys(result).sort(), FIELDS.join(' ').split(' ').sort())
})

test('when flood runs in rounds then every figure is known', () => {
  const { result } = simulate(settings(flood, {}, { nodes: 10, seed: 4, run: 2, rounds: true }))
  const { bytes, ...rest } = result
  assert.ok(bytes > 0)
  // The first tells 9 in round 1; each of them tells the 8 others in round 2.
  assert.deepEqual(rest, {
    strategy: 'tested',
    options: {},
    nodes: 10,
    seed: 4,
    run: 2,
    infected: 10,
    residue: 0,
    traffic: 8.1,
    control: 0,
    tAverage: 1,
    tLast: 1,
    hopsLast: 1,
    duplicates: 7.2,
    messages: 81,
    lost: 0,
    duplicated: 0,
    ended: 'done',
    faults: 0,
    events: 81,
  })
})

for (const rounds of [true, false]) {
  test(`when a run is cut off ${rounds ? 'in rounds' : 'by the clock'} then it says so, and when it just made it not`, () => {
    const run = (until: number) => simulate(settings(push, {}, { rounds, until })).result
    const { ended, tLast } = simulate(settings(push, {}, { rounds })).result
    assert.equal(ended, 'done')
    assert.equal(run(tLast + (rounds ? 1 : 11)).ended, 'done')
    const cut = run(tLast - 1)
    assert.equal(cut.ended, 'limit')
    assert.ok(cut.residue > 0)
  })
}

test('when a strategy falls silent with nodes left out then the run lasts to its limit, and says so', () => {
  const silent = strategy({ summary: 'tested' })
  const { ended, infected } = simulate(settings(silent)).result
  assert.deepEqual([ended, infected], ['limit', 1])
})

test('when a run ends then its curve tells when each node was reached, sorted', () => {
  const { result, curve } = simulate(settings(push))
  const times = curve()
  assert.equal(times.length, 50)
  assert.deepEqual(times, times.slice().sort())
  assert.equal(times[0], 0)
  assert.equal(times.at(-1), result.tLast)
  const mean = times.reduce((sum, it) => sum + it, 0) / 49
  assert.ok(Math.abs(mean - result.tAverage) < 1e-9)
})

test('when options are given then the result names all of them, with defaults', () => {
  const { result } = simulate(settings(rumor, { k: 2 }))
  assert.deepEqual(result.options, { direction: 'push', feedback: true, counter: true, k: 2 })
})

test('when a strategy does not say who is interested then the run ends once every live node has it', () => {
  const { result } = simulate(settings(push, {}, { crash: 0.5 }))
  assert.equal(result.residue, 0)
})

test('when a strategy says who is interested then the run ends when nobody is, reached or not', () => {
  const { result } = simulate(settings(infectAndDie, { fanout: 1 }, { rounds: true }))
  assert.ok(result.residue > 0)
  assert.equal(result.messages, result.infected)
})

test('when interest comes back with a copy that is under way then the clock, too, goes on', () => {
  // The first node has lost interest while its only copy is under way; who gets that copy is interested.
  const options = { direction: 'push', feedback: false, counter: true, k: 1 }
  const chain = (rounds: boolean) =>
    simulate(settings(rumor, options, { rounds, nodes: 1000 })).result.infected
  assert.ok(chain(true) > 2)
  assert.ok(chain(false) > 2)
})

for (const rounds of [true, false]) {
  test(`when nobody ever sends ${rounds ? 'in rounds' : 'by the clock'} then the run ends after 1,000 periods`, () => {
    let periods = 0
    const idle = strategy({ summary: 'tested', onPeriod: () => void periods++ })
    const { result } = simulate(settings(idle, {}, { nodes: 3, rounds }))
    assert.deepEqual([periods, result.events, result.infected], [3000, 3000, 1])
  })
}

test('when until is given then the run ends by then', () => {
  for (const until of [1, 2, 3]) {
    const { result } = simulate(settings(push, { fanout: 1 }, { nodes: 1000, rounds: true, until }))
    assert.equal(result.tLast, until)
    assert.ok(result.residue > 0)
  }
})

test('when there is one node then the run ends at once', () => {
  const { result } = simulate(settings(push, {}, { nodes: 1 }))
  assert.deepEqual([result.infected, result.messages, result.tAverage, result.tLast], [1, 0, 0, 0])
})
