/** The same scenario on 20 simulated and on 20 real nodes: the same end, the same faults counted; and real nodes' events give the run's figures. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outcome } from '../../src/cluster/run-scenario.ts'
import { only } from '../../src/gossip/population.ts'
import { loadStrategy } from '../../src/loader/load.ts'
import { measure } from '../../src/measure/runs.ts'
import { parseScenario } from '../../src/scenario/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { heartbeats } from '../daemon/node.ts'
import { played } from './played.ts'

const NODES = 20
const PERIOD_MS = 200
/** For real nodes, after the last step: a bound that a busy machine keeps, too. */
const UNTIL_MS = 60_000

const stories: Record<string, unknown[]> = {
  'a partition, with a value on each side': [
    { at: 0, do: 'propagate', node: 0, value: 'first' },
    { at: 300, do: 'partition', groups: 'halves' },
    { at: 500, do: 'propagate', node: 2, value: 'of the first half' },
    { at: 700, do: 'propagate', node: 15, value: 'of the second half, newer' },
    { at: 1500, do: 'heal' },
  ],
  'kills and restarts, with and without state': [
    { at: 0, do: 'propagate', node: 3, value: 'kept by some' },
    { at: 400, do: 'kill', nodes: ['0-2', 7] },
    { at: 600, do: 'restart', nodes: [0, 7], state: 'kept' },
    { at: 700, do: 'restart', nodes: ['1-2', '10-12'], state: 'lost' },
    { at: 900, do: 'propagate', node: 11, value: 'last' },
  ],
  'a one-way cut, loss, latency, repeats': [
    { at: 0, do: 'network', loss: 0.3, duplicate: 0.2, latency: '1..20' },
    { at: 100, do: 'cut', from: '0-9', to: '10-' },
    { at: 200, do: 'propagate', node: 12, value: 'from behind the cut' },
    { at: 900, do: 'network', loss: 0, duplicate: 0 },
    { at: 1000, do: 'heal' },
  ],
  'slow nodes': [
    { at: 0, do: 'slow', nodes: '5-8', factor: 4 },
    { at: 100, do: 'propagate', node: 6, value: 'from a slow one' },
    { at: 900, do: 'slow', nodes: [5, 7], factor: 1 },
  ],
  'pauses, and nodes that join late': [
    { at: 100, do: 'pause', nodes: '5-8' },
    { at: 300, do: 'propagate', node: 0, value: 'while some sleep' },
    { at: 500, do: 'join', nodes: '18-' },
    { at: 900, do: 'resume', nodes: '5-8' },
  ],
}

for (const [name, steps] of Object.entries(stories)) {
  for (const strategy of ['push', 'push-pull']) {
    test(`${strategy}: ${name}`, async (t) => {
      const population = only(await loadStrategy(strategy))
      const scenario = parseScenario(steps, { nodes: NODES, rounds: false })
      const simulated = simulate({
        population,
        scenario,
        nodes: NODES,
        seed: 1,
        run: 0,
        period: PERIOD_MS,
        latency: { kind: 'uniform', from: 1, to: 5 },
        loss: 0,
        duplicate: 0,
        crash: 0,
        rounds: false,
        topology: { kind: 'full' },
        members: heartbeats(),
        until: undefined,
      }).result

      const how = { nodes: NODES, period: PERIOD_MS, until: UNTIL_MS }
      const { cluster, events, outcome: real } = await played(t, population, scenario, how)
      const { timestamp, ...figures } = measure(events).at(-1)!

      for (const [name, value] of Object.entries(figures))
        assert.deepEqual(value, real[name as keyof Outcome], name)
      assert.ok(real.faults > 0)
      assert.deepEqual(
        { infected: real.infected, residue: real.residue, faults: real.faults },
        { infected: simulated.infected, residue: simulated.residue, faults: simulated.faults },
      )
      assert.equal(real.infected, NODES)
      const last = scenario.filter((it) => it.do === 'propagate').at(-1)
      assert.equal(real.value, last?.value)
      for (const member of cluster.members) assert.equal(member.held?.value, last?.value)
    })
  }
}
