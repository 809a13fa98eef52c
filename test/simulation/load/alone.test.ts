/**
 * Of 100 values that spread at once each has the figures of one alone, with every strategy that spreads values.
 *
 * Two sets of runs are compared by the means of their figures: 40 or more of one value, and 3 of 100 values that are handed to all
 * nodes within 100 ms, so that all are under way together. The difference may be five of its standard errors, taken from
 * how far the runs of each set lie apart (runs of many values share the phases of the nodes' periods, so it is the runs that
 * are counted, not the values); and 0.01 a node besides, as messages of one exchange may overtake another, which makes a
 * duplicate where many values are exchanged at once. That bound is no wide one: at most a tenth of the mean for what is
 * sent, and a fourth for times.
 *
 * What can't be the same is left out: `control`, as one question asks about all values, and the traffic of push, whose nodes
 * tell all they hold until the last value has come to all.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RUN_DEFAULTS } from '../../../src/experiment/settings.ts'
import { only } from '../../../src/gossip/population.ts'
import { loadStrategy, strategyNames } from '../../../src/loader/load.ts'
import type { RunResult } from '../../../src/measure/result.ts'
import { parseScenario } from '../../../src/scenario/scenario.ts'
import type { SimulationSettings } from '../../../src/simulation/settings.ts'
import { simulate } from '../../../src/simulation/simulate.ts'

const NODES = 300
/** Each sends much more than the others. */
const FEWER: Readonly<Record<string, number>> = { flood: 100, 'median-counter': 150 }
const ALONE = 40
/** Some of its runs have a node that waits for a whole period, so it needs more. */
const MORE: Readonly<Record<string, number>> = { push: 400, 'push-pull': 400 }
const TOGETHER = 3
const VALUES = 100
const AT_ONCE = { values: VALUES, rate: 1000 }

const SENT = ['residue', 'traffic', 'duplicates'] as const
const TIMES = ['tAverage', 'tLast'] as const
/** Its nodes go on until the run ends. */
const IS_ENDLESS: ReadonlySet<string> = new Set(['push'])
/** They spread no value. */
const SPREADS_NONE: ReadonlySet<string> = new Set(['push-sum', 'silent'])

type Given = Partial<SimulationSettings>

async function runsOf(name: string, count: number, seed: number, given: Given): Promise<RunResult[]> {
  const population = only(await loadStrategy(name))
  const nodes = FEWER[name] ?? NODES
  return Array.from(
    { length: count },
    (_, run) => simulate({ ...RUN_DEFAULTS, nodes, seed, run, population, ...given }).result,
  )
}

/**
 * Plumtree's first two values make the tree, and by then gossipsub's nodes have their mesh: what comes on it later, from
 * the same node, is compared.
 */
function onLinks(steps: readonly object[]): Given {
  const first = [0, '20s', '40s'].map((at) => ({ at, do: 'propagate', node: 0 }))
  return { scenario: parseScenario([...first, ...steps], { nodes: NODES, rounds: false }) }
}
const ON_LINKS = {
  alone: onLinks([{ at: '60s', do: 'propagate', node: 0 }]),
  together: onLinks([{ at: '60s', do: 'load', ...AT_ONCE, publishers: 1 }]),
}
const HOW: Readonly<Record<string, { alone: Given; together: Given }>> = {
  plumtree: ON_LINKS,
  gossipsub: ON_LINKS,
}

function momentsOf(runs: readonly RunResult[], figure: (typeof SENT | typeof TIMES)[number]) {
  const all = runs.map((it) => it[figure])
  const mean = all.reduce((a, b) => a + b, 0) / all.length
  const variance = all.reduce((sum, it) => sum + (it - mean) ** 2, 0) / (all.length - 1)
  return { mean, squaredError: variance / all.length }
}

for (const name of strategyNames().filter((it) => !SPREADS_NONE.has(it)))
  test(`when 100 values of ${name} spread at once then each has the figures of one alone`, async (t) => {
    const { alone = {}, together = AT_ONCE } = HOW[name] ?? {}
    const one = await runsOf(name, MORE[name] ?? ALONE, 1, alone)
    const many = await runsOf(name, TOGETHER, 2, together)
    for (const { values, ended } of many) assert.deepEqual([values, ended], [VALUES, 'done'])
    for (const figure of [...SENT, ...TIMES]) {
      if (IS_ENDLESS.has(name) && (figure === 'traffic' || figure === 'duplicates')) continue
      const [a, b] = [momentsOf(one, figure), momentsOf(many, figure)]
      const isTime = figure === 'tAverage' || figure === 'tLast'
      const bound = 5 * Math.sqrt(a.squaredError + b.squaredError) + (isTime ? 0 : 0.01)
      t.diagnostic(`${figure}: ${a.mean} alone, ${b.mean} together, bound ${bound}`)
      assert.ok(Math.abs(a.mean - b.mean) <= bound, `${figure}: ${a.mean}, ${b.mean}, bound ${bound}`)
      if (isTime) assert.ok(bound < a.mean / 4, `${figure}: the bound ${bound} says nothing of ${a.mean}`)
      if (figure === 'traffic') assert.ok(bound < a.mean / 10, `the bound ${bound} says nothing of ${a.mean}`)
    }
  })
