/** What real nodes tell of themselves gives what their cluster says: the scenarios that ship, every strategy. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outcome } from '../../src/cluster/run-scenario.ts'
import { only } from '../../src/gossip/population.ts'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
import { loadScenario, scenarioNames } from '../../src/loader/scenario.ts'
import { measure } from '../../src/measure/runs.ts'
import { played } from './played.ts'

const NODES = 20
/** They are written for periods of 10 s: all goes so many times as fast. */
const FASTER = 50
const PERIOD_MS = 10_000 / FASTER
/** Which of them: pairs so that each scenario and each strategy has its turn. */
const STRATEGIES = strategyNames()
const PAIRS = scenarioNames().flatMap((scenario, i) =>
  [i, i + scenarioNames().length].map((it) => ({ scenario, strategy: STRATEGIES[it % STRATEGIES.length]! })),
)

for (const { scenario, strategy } of PAIRS) {
  test(`${scenario} with ${strategy}`, async (t) => {
    const population = only(await loadStrategy(strategy))
    const steps = loadScenario(scenario, { nodes: NODES, rounds: false })
    const story = steps.map((it) => ({ ...it, at: it.at / FASTER }))
    const { events, outcome: printed } = await played(t, population, story, {
      nodes: NODES,
      period: PERIOD_MS,
      until: 5 * PERIOD_MS,
    })

    const { timestamp, reports = {}, overlay, detection, ...figures } = measure(events).at(-1)!
    assert.equal(timestamp, printed.timestamp)
    for (const [name, value] of Object.entries(figures))
      assert.deepEqual(value, printed[name as keyof Outcome], name)
    const estimates = Object.entries(printed.reports ?? {}).map(([name, { after, ...it }]) => [name, it])
    assert.deepEqual(reports, Object.fromEntries(estimates))
    assert.ok(figures.infected > 0)
    assert.ok(overlay !== undefined)
    assert.deepEqual(overlay, printed.overlay)
  })
}
