/**
 * Real nodes agree with simulated ones under load, too: fifty on loopback, 200 values at 20 a second, against simulated
 * runs of the same load; push, and plumtree on the tree that three values have made before.
 *
 * Between the real nodes each message is delayed as in the simulator, by 100 to 300 ms. One real run is compared with 20
 * simulated ones; the figures of each are means over 10,000 pairs of a value and a node. They must lie within eight standard
 * deviations of the simulated runs' and 3% of their mean: means over values that share their nodes' phases, or one tree, are
 * not normal.
 *
 * For times what the machine takes comes on top: nothing comes faster than the simulator has it, and on each hop it may be
 * as much later as the latest message of this run was, by its events, than the network makes it. So a busy machine widens
 * that bound, and never decides. A run of push ends when the last value has come to all, and until then each node tells all
 * it holds in each period: so of its payloads the rate is compared, messages for each value that a node took or held for a
 * period, which should be the fanout. Plumtree's patience is so long that no late message is asked for again.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LocalCluster } from '../../src/cluster/local-cluster.ts'
import { ScenarioRunner } from '../../src/cluster/run-scenario.ts'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { loadStrategy } from '../../src/loader/load.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { measure } from '../../src/measure/runs.ts'
import { parseLatency } from '../../src/network/latency.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { until } from '../daemon/until.ts'
import { startCluster } from './cluster.ts'

const NODES = 50
const PERIOD_MS = 10_000
const RUNS = 20
const LONGEST_MS = 300
const LATENCY = parseLatency(`100..${LONGEST_MS}`)
const LOAD = { values: 200, rate: 20, keys: 'new', publishers: 'all', name: 'load' } as const
/** What comes before the load, each from another node, and its value. */
const BEFORE = [0, 1, 2].map((node) => ({ node, value: `before ${node}` }))
const CASES = [
  { name: 'push', options: {}, before: [] },
  { name: 'plumtree', options: { patience: 100 }, before: BEFORE },
]
/** What is quiet for so long is over: many times as long as a message is under way. */
const QUIET_MS = 3000

/** What is compared of a run. */
function figuresOf(events: readonly GossipEvent[], isEndless: boolean) {
  const measured = measure(events).at(-1)!
  const { delay50, delay90, tAverage, traffic, duplicates } = measured
  const times = { delay50: delay50!, delay90: delay90!, tAverage }
  if (!isEndless) return { measured, times, sent: { traffic, duplicates } }
  return { measured, times, sent: { rate: payloadRate(events), repeated: duplicates / traffic } }
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
  for (const { event, type, node, peer, key, timestamp, at } of events) {
    if (type !== 'value' || peer === undefined) continue
    const way = event === 'sent' ? [node, peer, key, timestamp] : [peer, node, key, timestamp]
    const times = sent.get(way.join()) ?? []
    sent.set(way.join(), times)
    if (event === 'sent') times.push(at)
    else if (event === 'received') most = Math.max(most, at - (times.shift() ?? at) - LONGEST_MS)
  }
  return most
}

/** Nodes that have links: they ask for some in their first period. */
function linked(events: readonly GossipEvent[]): ReadonlySet<string> {
  const asked = events.filter(({ event, type }) => event === 'sent' && type === 'link')
  return new Set(asked.flatMap(({ node, peer = node }) => [node, peer]))
}

/** Nothing that changes a tree is under way. */
async function quiet(events: readonly GossipEvent[]): Promise<void> {
  const count = () => events.filter(({ type }) => type !== undefined && type !== 'have').length
  let [before, since] = [count(), performance.now()]
  await until(
    'it is quiet',
    () => {
      const now = count()
      if (now !== before) [before, since] = [now, performance.now()]
      return performance.now() - since > QUIET_MS
    },
    120_000,
  )
}

for (const { name, options, before } of CASES) {
  test(`a load of ${name} has the same delays, payloads and duplicates on real nodes`, async (t) => {
    const isEndless = before.length === 0
    const protocol = await loadStrategy(name, options)
    const runner = new ScenarioRunner(NODES)
    const running = await startCluster(t, protocol, NODES, PERIOD_MS, (it) => runner.see(it))
    const { cluster, events } = running
    const local = new LocalCluster(cluster)
    local.change({ latency: LATENCY })
    if (before.length > 0) await until('all have links', () => linked(events).size === NODES, 120_000)
    for (const { node, value } of before) {
      local.propagate(node, value, '')
      await until(value, () => cluster.live.every((it) => it.value?.value === value), 120_000)
      await quiet(events)
    }
    const outcome = await runner.play(local, [{ at: 0, do: 'load', ...LOAD }], 120_000, () => {})
    const all = [...events]
    const real = figuresOf(all, isEndless)
    const { timestamp, ...measured } = real.measured
    for (const [figure, value] of Object.entries(measured))
      assert.deepEqual(value, outcome[figure as keyof typeof outcome], figure)
    assert.deepEqual([outcome.values, outcome.delivered], [LOAD.values, 1])

    const scenario: Scenario = [
      ...before.map((it, i) => ({ at: 60_000 * (i + 1), do: 'propagate', ...it }) as const),
      { at: 60_000 * (before.length + 1), do: 'load', ...LOAD },
    ]
    const simulated = Array.from({ length: RUNS }, (_, run) => {
      const trace: GossipEvent[] = []
      const given = { nodes: NODES, period: PERIOD_MS, latency: LATENCY, seed: 1, run, scenario }
      const population = only(protocol)
      simulate({ ...RUN_DEFAULTS, ...given, population, trace: (event) => trace.push(event) })
      return figuresOf(trace, isEndless)
    })
    const compare = (figure: string, it: number, others: readonly number[], late: number): void => {
      const mean = others.reduce((a, b) => a + b, 0) / RUNS
      const deviation = Math.sqrt(others.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (RUNS - 1))
      const bound = 8 * deviation + 0.03 * mean
      t.diagnostic(`${figure}: ${it} real, ${mean} simulated, bound ${bound}, late ${late}`)
      assert.ok(it >= mean - bound && it <= mean + bound + late, `${figure}: ${it}, ${mean}, bound ${bound}`)
    }
    const late = mostLate(all) * outcome.hopsLast
    for (const [figure, it] of Object.entries(real.times)) {
      const others = simulated.map(({ times }) => times[figure as keyof typeof times])
      compare(figure, it, others, late)
    }
    for (const [figure, it] of Object.entries(real.sent)) {
      const others = simulated.map(({ sent }) => sent[figure as keyof typeof sent]!)
      compare(figure, it, others, 0)
    }
  })
}
