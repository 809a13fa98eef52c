import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strategy } from '../../../src/gossip/strategy.ts'
import { type GossipEvent, isHandedIn } from '../../../src/measure/event.ts'
import { parseScenario } from '../../../src/scenario/scenario.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import infectAndDie from '../../../src/strategy/infect-and-die.ts'
import push from '../../../src/strategy/push.ts'
import { type Given, settings } from '../settings.ts'

/** The figures that only a load has. */
const OF_MANY = ['values', 'delivered', 'delay50', 'delay90', 'delay99', 'delayMax']

function run(what: unknown, given: Given) {
  const events: GossipEvent[] = []
  const { result } = simulate({ ...settings(what, {}, given), trace: (it) => events.push(it) })
  return { result, injected: events.filter(isHandedIn), events }
}

function scenario(steps: readonly object[], nodes = 50) {
  return parseScenario(steps, { nodes, rounds: false })
}

test('when there is one value then the result has no figures of many, and is as without that setting', () => {
  const { result } = run(push, { values: 1 })
  assert.deepEqual(result, run(push, {}).result)
  for (const it of OF_MANY) assert.ok(!Object.hasOwn(result, it))
})

test('when there are several then they come when they are due, and the run ends when all nodes hold all', () => {
  const { result, injected } = run(push, { values: 30, rate: 10, publishers: 5 })
  assert.deepEqual(
    injected.map(({ at, node, load }) => [at, node, load]),
    Array.from({ length: 30 }, (_, i) => [100 * i, `n${10 * (i % 5)}:7000`, true]),
  )
  const { values, delivered, infected, residue, ended } = result
  assert.deepEqual([values, delivered, infected, residue, ended], [30, 1, 50, 0, 'done'])
  assert.ok(0 < result.delay50! && result.delay50! <= result.delay90!)
  assert.ok(result.delay90! <= result.delay99! && result.delay99! <= result.delayMax!)
})

test('when nobody is interested any more then the run ends, but not before the last value', () => {
  const { result, injected } = run(infectAndDie, { values: 4, rate: 0.1 })
  assert.equal(injected.at(-1)!.at, 30_000)
  assert.equal(result.ended, 'done')
  assert.ok(result.delivered! > 0.8 && result.delivered! < 1)
  assert.ok(Math.abs(result.residue + result.delivered! - 1) < 1e-9)
})

test('when a newer value of its key comes then an older one counts as delivered, and is not waited for', () => {
  const { result } = run(push, { values: 50, rate: 1000, keys: 1, latency: { kind: 'constant', ms: 20 } })
  assert.deepEqual([result.values, result.delivered], [50, 1])
  // Most were replaced before they had come to anyone.
  assert.ok(result.traffic < 1)
})

test('when a strategy spreads nothing then each value is where it was handed in', () => {
  const idle = strategy({ summary: 'Does nothing.', interested: () => false })
  const { result } = run(idle, { values: 10, publishers: 10 })
  const { delivered, infected, traffic, tAverage, tLast, delay50, delayMax } = result
  assert.deepEqual(
    [delivered, infected, traffic, tAverage, tLast, delay50, delayMax],
    [0.02, 1, 0, 0, 0, 0, 0],
  )
})

test('when it is in rounds then a value alone in its round is as fast as the first of a run', () => {
  // All tell all at once, in the round after the value came.
  const all = strategy({ summary: 'All.', onNewer: (node, item) => node.sendValue(node.peers, item) })
  const { result, injected } = run(all, { values: 3, rate: 0.05, rounds: true })
  assert.deepEqual(
    injected.map(({ at }) => at),
    [0, 2, 4],
  )
  const { tAverage, tLast, delay50, delayMax } = result
  assert.deepEqual([tAverage, tLast, delay50, delayMax], [1, 1, 1, 1])
})

test('when publishers are dead or asleep then the next one that runs publishes', () => {
  const steps = [
    { at: 0, do: 'kill', nodes: '0-19' },
    { at: 0, do: 'pause', nodes: 20 },
    { at: 1, do: 'load', values: 10, rate: 1000, publishers: 5 },
    { at: 50, do: 'resume', nodes: 20 },
  ]
  const { injected, result } = run(push, { scenario: scenario(steps) })
  const nodes = injected.map(({ node }) => node)
  // Of 0, 10, 20, 30 and 40 the first three don't run.
  assert.deepEqual(nodes.toSorted(), [...Array(8).fill('n30:7000'), ...Array(2).fill('n40:7000')])
  assert.deepEqual([result.values, result.delivered], [10, 1])
})

test('when a value is propagated after a load began then it is one of those that are measured', () => {
  const steps = [
    { at: 0, do: 'propagate', node: 3 },
    { at: 2000, do: 'load', values: 5, rate: 50 },
    { at: 3000, do: 'propagate', node: 4 },
    { at: 4000, do: 'load', values: 5, rate: 50 },
  ]
  const { result, injected } = run(push, { scenario: scenario(steps) })
  assert.equal(result.values, 11)
  assert.equal(new Set(injected.map(({ key = '' }) => key)).size, 11)
})

test('when it ends before all were handed in then it says so', () => {
  assert.throws(
    () => run(push, { values: 30, rate: 10, until: 2000 }),
    /^Error: the run ended before all values were handed in; give it a longer --until$/,
  )
})

test('when a load of its own has a size then its messages count as long', () => {
  const of = (size: string) =>
    run(infectAndDie, { scenario: scenario([{ at: 0, do: 'load', values: 10, size }]) }).result
  const [small, large] = [of('1KiB'), of('2KiB')]
  assert.equal(small.bytes, 1024 * small.messages)
  assert.deepEqual({ ...large, bytes: 0, ...flow(small) }, { ...small, bytes: 0 })
  const { bytes } = of('1KiB..2KiB')
  assert.ok(small.bytes < bytes && bytes < large.bytes)
})

function flow({
  upMean,
  upMax,
  downMean,
  downMax,
}: { [K in 'upMean' | 'upMax' | 'downMean' | 'downMax']?: number }) {
  return { upMean, upMax, downMean, downMax }
}

test('when runs of a load have the same seed then they are the same', () => {
  const given: Given = { values: 40, rate: 200, keys: 7, loss: 0.2, duplicate: 0.1, crash: 0.1, seed: 5 }
  const [first, second] = [run(push, given), run(push, given)]
  assert.deepEqual(first, second)
  assert.notDeepEqual(run(push, { ...given, seed: 6 }).result, first.result)
})
