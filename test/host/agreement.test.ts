/**
 * The daemon agrees with the simulator: fifty real nodes on loopback against fifty simulated ones.
 *
 * Payloads and duplicates of a value that each node pushes once on reception don't depend on who is faster, so
 * their distributions must be the same: a two-sample Kolmogorov-Smirnov test, whose bound is chosen so that it
 * fails wrongly once in a million runs. Hops do depend on latencies: where all are equal first copies come by shortest
 * ways, so no schedule has its deepest node less deep than that, and a loopback's is not as deep as where they are
 * widely spread.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { only } from '../../src/gossip/population.ts'
import { loadStrategy } from '../../src/loader/load.ts'
import type { Measured } from '../../src/measure/from-events.ts'
import type { RunResult } from '../../src/measure/result.ts'
import { measure } from '../../src/measure/runs.ts'
import type { Latency } from '../../src/network/latency.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { quiet, startCluster } from './cluster.ts'

const NODES = 50
const VALUES = 200
const RUNS = 1000
/** So long that no period passes: what is compared is the spread of each value by itself. */
const PERIOD_MS = 3_600_000
const FALSE_ALARM = 1e-6

test('payloads, duplicates and hops of infect-and-die agree', async (t) => {
  const protocol = await loadStrategy('infect-and-die')
  const { cluster, events } = await startCluster(t, protocol, NODES, PERIOD_MS)
  for (let i = 0; i < VALUES; i++) {
    cluster.live[i % NODES]!.propose(`value ${i}`, 1000 + i)
    await quiet(events)
  }
  const real = measure(events)
  assert.equal(real.length, VALUES)

  const simulated = (latency: Latency): RunResult[] =>
    Array.from({ length: RUNS }, (_, run) => {
      const network = {
        loss: 0,
        duplicate: 0,
        crash: 0,
        rounds: false,
        topology: { kind: 'full' },
        until: 1000,
      } as const
      return simulate({
        population: only(protocol),
        nodes: NODES,
        seed: 1,
        run,
        period: PERIOD_MS,
        latency,
        ...network,
      }).result
    })
  const even = simulated({ kind: 'constant', ms: 1 })
  const uneven = simulated({ kind: 'log-normal', median: 1, sigma: 2 })

  for (const figure of ['traffic', 'duplicates', 'residue'] as const) {
    const distance = kolmogorovSmirnov(of(real, figure), of(uneven, figure))
    const bound = Math.sqrt((-Math.log(FALSE_ALARM / 2) / 2) * (1 / VALUES + 1 / RUNS))
    t.diagnostic(
      `${figure}: ${mean(of(real, figure))} real, ${mean(of(uneven, figure))} simulated, D ${distance}`,
    )
    assert.ok(distance < bound, `${figure}: distance ${distance}, bound ${bound}`)
  }
  const deepest = new Map<number, number>()
  for (const { event, timestamp = 0, hops = 0 } of events) {
    if (event === 'updated') deepest.set(timestamp, Math.max(deepest.get(timestamp) ?? 0, hops))
  }
  const hops = [mean(of(even, 'hopsLast')), mean([...deepest.values()]), mean(of(uneven, 'hopsLast'))]
  t.diagnostic(`hops: ${hops.join(', ')} (simulated evenly, real, simulated unevenly)`)
  // Three times the standard error of the mean of so many values, of which two in three lie within one hop.
  const slack = 3 / Math.sqrt(VALUES)
  assert.ok(hops[0]! - slack < hops[1]! && hops[1]! < hops[2]! + slack, `mean hops ${hops.join(', ')}`)
})

function of(
  results: readonly (Measured | RunResult)[],
  figure: 'traffic' | 'duplicates' | 'residue' | 'hopsLast',
) {
  return results.map((it) => it[figure])
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}

/** The greatest distance between two samples' distributions. */
function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const share = (of: readonly number[], limit: number) => of.filter((it) => it <= limit).length / of.length
  return Math.max(...[...a, ...b].map((limit) => Math.abs(share(a, limit) - share(b, limit))))
}
