/** Each strategy file runs unchanged on ten real nodes, and in the simulator. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { until } from '../daemon/until.ts'
import { startCluster } from './cluster.ts'

const NODES = 10
const PERIOD_MS = 100
/** A protocol that may leave somebody out gets so many values to reach everyone with one of them. */
const TRIES = 10

/** Options with which ten nodes are reached almost surely. */
const OPTIONS: Record<string, Record<string, unknown>> = {
  rumor: { k: 5 },
  'infect-and-die': { fanout: NODES - 1 },
}

/** It spreads nothing, and is there for mixes. */
const SILENT = 'silent'

for (const name of strategyNames().filter((it) => it !== 'push-sum' && it !== SILENT)) {
  test(`${name} brings a value to ten real nodes`, async (t) => {
    const { cluster } = await startCluster(t, await loadStrategy(name, OPTIONS[name]), NODES, PERIOD_MS)
    const isEverywhere = (value: string) => cluster.live.every((it) => it.status().value === value)
    for (let i = 0; i < TRIES; i++) {
      cluster.live[i % NODES]!.propose(`value ${i}`, 1000 + i)
      const reached = await until('it is everywhere', () => isEverywhere(`value ${i}`), 3000).catch(
        () => false,
      )
      if (reached) return
    }
    assert.fail(`none of ${TRIES} values reached all`)
  })
}

for (const [aggregate, expected] of [
  ['mean', 4.5],
  ['sum', 45],
] as const) {
  test(`push-sum tells ten real nodes the ${aggregate} of their numbers 0 to 9`, async (t) => {
    const strategy = await loadStrategy('push-sum', { aggregate })
    const { cluster, events } = await startCluster(t, strategy, NODES, 50)
    cluster.live[3]!.propose('what is it?', 1000)
    await until('all estimates are good', () => {
      const last = new Map(events.filter((it) => it.event === 'report').map((it) => [it.node, it.number]))
      const errors = [...last.values()].map((it) => Math.abs((it ?? Number.NaN) - expected))
      return errors.length === NODES && errors.every((it) => it < 1e-6 * expected)
    })
  })
}

for (const name of strategyNames()) {
  test(`${name} runs in the simulator, same seed, same result`, async () => {
    const given = {
      nodes: 50,
      seed: 1,
      run: 0,
      period: 1000,
      latency: { kind: 'uniform', from: 1, to: 10 },
    } as const
    const network = {
      loss: 0.05,
      duplicate: 0.05,
      crash: 0.1,
      rounds: false,
      topology: { kind: 'full' },
      until: 60_000,
    } as const
    const { strategy } = await loadStrategy(name)
    const run = () => simulate({ population: only(protocol(name, strategy)), ...given, ...network }).result
    assert.deepEqual(run(), run())
    assert.equal(run().events > 0, name !== SILENT)
  })
}
