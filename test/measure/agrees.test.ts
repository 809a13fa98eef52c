/** What is measured off a trace is what the run itself says: every strategy, every scenario that ships, and random ones. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
import { loadScenario, scenarioNames } from '../../src/loader/scenario.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import type { Measured } from '../../src/measure/from-events.ts'
import type { RunResult } from '../../src/measure/result.ts'
import { measure } from '../../src/measure/runs.ts'
import { parseScenario, type Scenario } from '../../src/scenario/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { heartbeats } from '../daemon/node.ts'
import type { Given } from '../simulation/settings.ts'

const NAMES = strategyNames()

async function traced(name: string, given: Given): Promise<{ result: RunResult; events: GossipEvent[] }> {
  const events: GossipEvent[] = []
  const population = only(await loadStrategy(name))
  const { result } = simulate({
    ...{ ...RUN_DEFAULTS, nodes: 50, seed: 1, run: 0, period: 1000 },
    ...given,
    population,
    trace: (event) => events.push(event),
  })
  return { result, events }
}

/** All that a trace tells: not which of its events were faults, nor when the run's last moment was. */
function assertAgree(measured: Measured | undefined, result: RunResult): void {
  assert.ok(measured !== undefined)
  const { timestamp, reports = {}, detection, ...figures } = measured
  for (const [name, value] of Object.entries(figures))
    assert.deepEqual(value, result[name as keyof RunResult], name)
  assert.deepEqual(timeless(detection), timeless(result.detection))
  const told = Object.entries(result.reports ?? {}).map(([name, { after, ...it }]) => [name, it])
  assert.deepEqual(reports, Object.fromEntries(told))
}

/** False alarms are told for each period until that moment. */
function timeless(it: Measured['detection']): unknown {
  return it && { first: it.first, last: it.last }
}

for (const scenario of scenarioNames()) {
  test(`when ${scenario} is traced then its events give its result, for every strategy`, async () => {
    for (const name of NAMES) {
      const cluster = { nodes: 20, rounds: false }
      const given = { nodes: 20, period: 10_000, scenario: loadScenario(scenario, cluster), until: 400_000 }
      const { result, events } = await traced(name, given)
      assertAgree(measure(events).at(-1), result)
    }
  })
}

const NODES = 8
const subset = fc.subarray([...Array(NODES).keys()], { minLength: 1 })

/** Steps that can all be done, in their order. */
const scenarios = fc
  .array(
    fc.record({
      word: fc.constantFrom(
        'kill',
        'restart',
        'restart',
        'propagate',
        'partition',
        'heal',
        'pause',
        'network',
        'joins',
      ),
      nodes: subset,
      kept: fc.boolean(),
      share: fc.double({ min: 0, max: 0.5, noNaN: true }),
    }),
    { maxLength: 10 },
  )
  .map(scenarioOf)

interface Drawn {
  readonly word: string
  readonly nodes: number[]
  readonly kept: boolean
  readonly share: number
}

function scenarioOf(drawn: readonly Drawn[]): Scenario {
  const [dead, paused] = [new Set<number>(), new Set<number>()]
  let isBroken = false
  const steps: object[] = [{ at: 0, do: 'propagate', node: 0 }]
  for (const [i, { word, nodes, kept, share }] of drawn.entries()) {
    const at = 300 + 700 * i
    const running = nodes.filter((it) => !dead.has(it) && !paused.has(it))
    if (word === 'restart') {
      steps.push({ at, do: 'restart', nodes, state: kept ? 'kept' : 'lost' })
      for (const it of nodes) for (const set of [dead, paused]) set.delete(it)
    } else if (word === 'partition') {
      isBroken = true
      steps.push({ at, do: 'partition', groups: 'halves' })
    } else if (word === 'heal' && isBroken) {
      isBroken = false
      steps.push({ at, do: 'heal' })
    } else if (word === 'network') steps.push({ at, do: 'network', loss: share, duplicate: share })
    else if (word === 'propagate' && running.length > 0) steps.push({ at, do: 'propagate', node: running[0] })
    else if ((word === 'kill' || word === 'pause') && running.length > 0) {
      steps.push({ at, do: word, nodes: running })
      for (const it of running) (word === 'kill' ? dead : paused).add(it)
    }
  }
  return parseScenario(steps, { nodes: NODES, rounds: false })
}

test('when a random scenario is traced then its events give its result: restarts with and without state, repeats, loss', async () => {
  const seen = { kept: 0, dead: 0, repeated: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...NAMES),
      scenarios,
      fc.nat(1000),
      fc.boolean(),
      async (name, scenario, seed, isReal) => {
        const members = isReal ? heartbeats() : undefined
        const given = { nodes: NODES, scenario, seed, members, until: 30_000 }
        const { result, events } = await traced(name, given)
        const measured = measure(events)
        assert.equal(measured.length, scenario.filter((it) => it.do === 'propagate').length)
        assertAgree(measured.at(-1), result)
        seen.kept += events.filter((it) => it.event === 'started' && it.timestamp !== undefined).length
        seen.dead += result.residue > 0 ? 1 : 0
        seen.repeated += result.duplicated
      },
    ),
    { seed: 1, numRuns: 200 },
  )
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, what)
})

/** What no clock changes: who was reached, over how many links, by how many messages. */
const TIMELESS = ['nodes', 'infected', 'residue', 'traffic', 'hopsLast', 'duplicates'] as const

test('when the clocks of a random scenario are wrong then the figures without times are the same', async () => {
  const seen = { kept: 0, corrected: 0, apart: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...NAMES),
      scenarios.map((all) => all.filter(({ do: word }, i) => word !== 'propagate' || i === 0)),
      fc.nat(1000),
      fc.constantFrom(0.02, 5, 3000),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: NODES, maxLength: NODES }),
      async (name, scenario, seed, size, skews) => {
        const { result, events } = await traced(name, { nodes: NODES, scenario, seed, until: 30_000 })
        const wrong = events.map((it) => ({
          ...it,
          at: 1e6 + it.at + size * (skews[Number(/^n(\d+)/.exec(it.node)?.[1])] ?? 0),
        }))
        const measured = measure(wrong)
        assert.equal(measured.length, 1)
        for (const figure of TIMELESS)
          assert.equal(measured[0]![figure], result[figure], `${figure} of ${name}, seed ${seed}`)
        seen.kept += events.filter((it) => it.event === 'started' && it.timestamp !== undefined).length
        seen.corrected += measured[0]!.clocks === undefined ? 0 : 1
        seen.apart += size === 3000 ? 1 : 0
      },
    ),
    { seed: 1, numRuns: 200 },
  )
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 20, `${what} ${count}`)
})

test('when the periods are rounds then the events give the result, too', async () => {
  for (const name of NAMES) {
    const { result, events } = await traced(name, {
      nodes: 60,
      rounds: true,
      crash: 0.2,
      loss: 0.1,
      duplicate: 0.1,
    })
    assertAgree(measure(events)[0], result)
  }
})

test('when several runs are traced together and marked then each is measured by itself, in any order of their events', async () => {
  const all: GossipEvent[] = []
  const results: RunResult[] = []
  for (const [run, name] of ['push', 'rumor', 'push'].entries()) {
    const { result, events } = await traced(name, { nodes: 30, run })
    results.push(result)
    all.push(...events.map((it) => ({ ...it, strategy: name, run })))
  }
  // Those of all runs mixed, as one sorted by time has them.
  const measured = measure(all.toSorted((a, b) => a.at - b.at))
  assert.deepEqual(
    measured.map((it) => it.run),
    [0, 1, 2],
  )
  for (const [i, { strategy, ...it }] of measured.entries()) assertAgree(it, results[i]!)
  assert.throws(
    () => measure(all.map(({ run, strategy, ...it }) => it)),
    /^Error: these are several runs, .*: n0:7000 starts twice at 0/,
  )
})
