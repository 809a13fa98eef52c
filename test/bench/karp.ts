/** Karp et al. 2000 at sizes that are too large for a test: transmissions a node, and rounds, up to 2^20 nodes. */

import { table } from '../../src/cli/output/table.ts'
import { only } from '../../src/gossip/population.ts'
import type { Protocol } from '../../src/gossip/protocol.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import type { RunResult } from '../../src/measure/result.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import medianCounter from '../../src/strategy/median-counter.ts'
import rumor from '../../src/strategy/rumor.ts'

export function benchKarp(): void {
  const rows = [10, 12, 14, 16, 18, 20].map((exponent) => {
    const max = Math.ceil(Math.log2(exponent))
    const median = run(protocol('median-counter', medianCounter, { max }), 2 ** exponent)
    // Every informed node pushes to one each round, until all know.
    const endless = { feedback: false, counter: true, k: 1_000_000 }
    const push = run(protocol('rumor', rumor, endless), 2 ** exponent, Math.ceil(2 * exponent))
    return [`2^${exponent}`, String(max), ...figures(median), ...figures(push)]
  })
  const head = ['traffic', 'rounds', 'residue']
  console.log(
    table(['nodes', 'max', ...head.map((it) => `median ${it}`), ...head.map((it) => `push ${it}`)], rows),
  )
}

function figures({ traffic, tLast, residue }: RunResult): string[] {
  return [traffic.toFixed(1), String(tLast), residue.toPrecision(2)]
}

function run(of: Protocol, nodes: number, until?: number): RunResult {
  return simulate({
    population: only(of),
    nodes,
    seed: 1,
    run: 0,
    period: 1,
    latency: { kind: 'constant', ms: 0 },
    loss: 0,
    duplicate: 0,
    crash: 0,
    rounds: true,
    topology: { kind: 'full' },
    until,
  }).result
}
