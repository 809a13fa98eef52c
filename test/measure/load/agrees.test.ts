/** What is measured off the trace of a load is what the run itself says: every strategy, under kills, restarts, loss and cuts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RUN_DEFAULTS } from '../../../src/experiment/settings.ts'
import { only } from '../../../src/gossip/population.ts'
import { loadStrategy, strategyNames } from '../../../src/loader/load.ts'
import type { GossipEvent } from '../../../src/measure/event.ts'
import type { Measured } from '../../../src/measure/from-events.ts'
import type { RunResult } from '../../../src/measure/result.ts'
import { measure } from '../../../src/measure/runs.ts'
import { parseScenario } from '../../../src/scenario/scenario.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import type { Given } from '../../simulation/settings.ts'

/** Those that spread what they are handed. */
const NAMES = strategyNames().filter((it) => it !== 'push-sum' && it !== 'silent')

async function traced(name: string, given: Given): Promise<{ result: RunResult; events: GossipEvent[] }> {
  const events: GossipEvent[] = []
  const population = only(await loadStrategy(name))
  const { result } = simulate({
    ...{ ...RUN_DEFAULTS, nodes: 30, seed: 1, run: 0, period: 1000 },
    ...given,
    population,
    trace: (event) => events.push(event),
  })
  return { result, events }
}

function assertAgree(measured: Measured | undefined, result: RunResult): void {
  assert.ok(measured !== undefined)
  const { timestamp, ...figures } = measured
  for (const [name, value] of Object.entries(figures))
    assert.equal(value, result[name as keyof RunResult], name)
  assert.equal(measured.values, result.values)
  assert.equal(measured.delayMax, result.delayMax)
}

for (const name of NAMES)
  test(`when a load of ${name} is traced then its events give its result, in one line`, async () => {
    for (const rounds of [false, true]) {
      const given: Given = { values: 40, rate: rounds ? 1 : 40, keys: 15, publishers: 7, rounds, loss: 0.1 }
      const { result, events } = await traced(name, given)
      const measured = measure(events)
      assert.equal(measured.length, 1)
      assert.equal(result.values, 40)
      assertAgree(measured[0], result)
    }
  })

const NODES = 8

/** What is done between the values, each at a moment of its own. */
const faults = fc
  .array(
    fc.record({
      word: fc.constantFrom('kill', 'kept', 'lost', 'halves', 'network', 'propagate'),
      node: fc.nat(NODES - 1),
      share: fc.double({ min: 0, max: 0.5, noNaN: true }),
    }),
    { maxLength: 8 },
  )
  .map((all) => {
    const dead = new Set<number>()
    return all.flatMap(({ word, node, share }, i): object[] => {
      const at = 150 + 300 * i
      if (word === 'network') return [{ at, do: word, loss: share, duplicate: share }]
      if (word === 'halves') return [{ at, do: 'partition', groups: 'halves' }]
      if (word === 'kept' || word === 'lost') {
        dead.delete(node)
        return [{ at, do: 'restart', nodes: node, state: word }]
      }
      if (dead.has(node)) return []
      if (word === 'kill') dead.add(node)
      return [word === 'kill' ? { at, do: word, nodes: node } : { at, do: word, node, key: 'other' }]
    })
  })

test('when a random scenario has a load then its events give its result', async () => {
  const seen = { kept: 0, dead: 0, superseded: 0, undelivered: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...NAMES),
      faults,
      fc.record({ values: fc.integer({ min: 2, max: 30 }), rate: fc.integer({ min: 5, max: 200 }) }),
      fc.constantFrom('new' as const, 1, 3),
      fc.nat(1000),
      async (name, steps, load, keys, seed) => {
        const json = [{ at: 0, do: 'load', ...load, keys }, ...steps]
        const scenario = parseScenario(json, { nodes: NODES, rounds: false })
        const { result, events } = await traced(name, { nodes: NODES, scenario, seed, until: 30_000 })
        const measured = measure(events)
        assert.equal(measured.length, 1)
        assertAgree(measured[0], result)
        seen.kept += events.filter((it) => it.event === 'started' && it.timestamp !== undefined).length
        seen.dead += events.filter((it) => it.event === 'stopped').length
        seen.superseded += keys !== 'new' && load.values > keys ? 1 : 0
        seen.undelivered += result.residue > 0 ? 1 : 0
      },
    ),
    { seed: 1, numRuns: 200 },
  )
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 10, `${what} ${count}`)
})

test('when values are handed in before a load then each has a line of its own, as without it', async () => {
  const json = [
    { at: 0, do: 'propagate', node: 0 },
    { at: 3000, do: 'propagate', node: 1 },
    { at: 6000, do: 'load', values: 10, rate: 100 },
  ]
  const scenario = parseScenario(json, { nodes: NODES, rounds: false })
  const { result, events } = await traced('push', { nodes: NODES, scenario })
  const measured = measure(events)
  assert.deepEqual(
    measured.map((it) => it.values),
    [undefined, undefined, 10],
  )
  assertAgree(measured[2], result)
})
