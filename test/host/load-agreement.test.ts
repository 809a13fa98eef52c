/**
 * Real nodes agree with simulated ones under load, too: fifty on loopback, 200 values at 20 a second, against simulated
 * runs of the same load; push, and plumtree.
 *
 * Between the real nodes each message is delayed as in the simulator, by 100 to 300 ms. One real run is compared with 20
 * simulated ones; the figures of each are means over 10,000 pairs of a value and a node. They must lie within eight standard
 * deviations of the simulated runs' and 3% of their mean: means over values that share their nodes' phases are not normal.
 *
 * For times what the machine takes comes on top: nothing comes faster than the simulator has it, and on each hop it may be
 * as much later as the latest message of this run was, by its events, than the network makes it. So a busy machine widens
 * that bound, and never decides. A run of push ends when the last value has come to all, and until then each node tells all
 * it holds in each period: so of its payloads the rate is compared, messages for each value that a node took or held for a
 * period, which should be the fanout.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { loadStrategy } from '../../src/loader/load.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { measure } from '../../src/measure/runs.ts'
import { parseLatency } from '../../src/network/latency.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { played } from './played.ts'

const NODES = 50
const PERIOD_MS = 10_000
const RUNS = 20
const LONGEST_MS = 300
const LATENCY = parseLatency(`100..${LONGEST_MS}`)
const LOAD = { values: 200, rate: 20, keys: 'new', publishers: 'all', name: 'load' } as const
const SCENARIO: Scenario = [
  { at: 0, do: 'network', latency: LATENCY },
  { at: 0, do: 'load', ...LOAD },
]

/** What is compared of a run. */
function figuresOf(events: readonly GossipEvent[], isEndless: boolean) {
  const measured = measure(events).at(-1)!
  const { delay50, delay90, tAverage, traffic, duplicates } = measured
  const times = { delay50: delay50!, delay90: delay90!, tAverage }
  if (!isEndless) return { measured, times, sent: { traffic, duplicates } }
  const rate = payloadRate(events)
  return { measured, times, sent: { rate, repeated: duplicates / traffic } }
}

/** Payloads for each value that a node took, or held for a period. */
function payloadRate(events: readonly GossipEvent[]): number {
  const end = events.at(-1)!.at
  let [sent, due] = [0, 0]
  for (const { event, type, at } of events) {
    if (event === 'sent' && type === 'value') sent += 1
    if (event === 'updated') due += 1 + (end - at) / PERIOD_MS
  }
  return sent / due
}

/** Ms by which the latest message came later than the network makes it. */
function mostLate(events: readonly GossipEvent[]): number {
  const sent = new Map<string, number[]>()
  let most = 0
  for (const { event, type, node, peer, key, at } of events) {
    if (type !== 'value' || peer === undefined) continue
    const way = event === 'sent' ? `${node} ${peer} ${key}` : `${peer} ${node} ${key}`
    const times = sent.get(way) ?? []
    sent.set(way, times)
    if (event === 'sent') times.push(at)
    else if (event === 'received') most = Math.max(most, at - (times.shift() ?? at) - LONGEST_MS)
  }
  return most
}

for (const name of ['push', 'plumtree']) {
  test(`a load of ${name} has the same delays, payloads and duplicates on real nodes`, async (t) => {
    const population = only(await loadStrategy(name))
    const how = { nodes: NODES, period: PERIOD_MS, until: 120_000 }
    const { events, outcome } = await played(t, population, SCENARIO, how)
    const real = figuresOf(events, name === 'push')
    const { timestamp, ...measured } = real.measured
    for (const [figure, value] of Object.entries(measured))
      assert.equal(value, outcome[figure as keyof typeof outcome], figure)
    assert.deepEqual([outcome.values, outcome.delivered], [LOAD.values, 1])

    const simulated = Array.from({ length: RUNS }, (_, run) => {
      const all: GossipEvent[] = []
      const given = { nodes: NODES, period: PERIOD_MS, latency: LATENCY, seed: 1, run }
      simulate({ ...RUN_DEFAULTS, ...given, ...LOAD, population, trace: (event) => all.push(event) })
      return figuresOf(all, name === 'push')
    })
    const compare = (figure: string, it: number, all: readonly number[], late: number): void => {
      const mean = all.reduce((a, b) => a + b, 0) / RUNS
      const deviation = Math.sqrt(all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (RUNS - 1))
      const bound = 8 * deviation + 0.03 * mean
      t.diagnostic(`${figure}: ${it} real, ${mean} simulated, bound ${bound}, late ${late}`)
      assert.ok(it > mean - bound && it < mean + bound + late, `${figure}: ${it}, ${mean}, bound ${bound}`)
    }
    const late = mostLate(events) * outcome.hopsLast
    for (const [figure, it] of Object.entries(real.times))
      compare(
        figure,
        it,
        simulated.map(({ times }) => times[figure as keyof typeof times]),
        late,
      )
    for (const [figure, it] of Object.entries(real.sent))
      compare(
        figure,
        it,
        simulated.map(({ sent }) => sent[figure as keyof typeof sent]!),
        0,
      )
  })
}
