/** `simulate()`: a strategy in the simulator, from a script. */
import { countRuns, type Experiment } from '../experiment/cell.ts'
import { runAll } from '../experiment/parallel/run-all.ts'
import { cellsOf } from '../experiment/plan.ts'
import type { Outcome } from '../experiment/run-one.ts'
import type { GossipEvent } from '../measure/event.ts'
import type { RunResult } from '../measure/result.ts'
import { callback, parse, settings } from './arguments.ts'
import { type RunOptions, runSettings, runShape } from './run-options.ts'
import { type WhichStrategy, whichStrategy } from './strategy-argument.ts'

export interface SimulateOptions extends RunOptions {
  readonly strategy: WhichStrategy
  /**
   * Hears every event, one run after the other, in this thread; it costs time. `measure()` reads them. Of several runs
   * each event says which: `strategy`, `run`.
   */
  readonly trace?: (event: GossipEvent) => void
}

const schema = settings({
  strategy: whichStrategy,
  ...runShape(1),
  trace: callback<(event: GossipEvent) => void>().optional(),
})

/**
 * Runs a strategy in the deterministic simulator: a value is handed to node 0, and spreads.
 *
 * Times in the results are ms, or rounds with `rounds`; `residue` is a share from 0 to 1; `traffic`, `control` and
 * `duplicates` are messages a node. Equal calls have equal results.
 *
 * ```js
 * const [run] = await simulate({ strategy: 'push', options: { fanout: 2 }, nodes: 1000, loss: 0.1 })
 * console.log(run.residue, run.tLast)
 * ```
 * @returns a result for each run, in their order
 * @throws {Error} (rejects) one line: an unknown or wrong setting, no such strategy, topology or scenario, a fault in
 *   the strategy's file, or a handler of it that failed, with seed and run
 */
export async function simulate(asked: SimulateOptions): Promise<RunResult[]> {
  const { strategy, trace, ...given } = parse('simulate', schema, asked)
  const { options: set, scenario, runs, seed, workers } = given
  const run = runSettings('simulate', given, asked)
  const cells = await cellsOf({ contenders: [[strategy]], set, settings: run, scenario, sweeps: [] })
  const experiment: Experiment = { cells, runs, seed }
  const how = { workers, trace, isGuarded: true }
  const results: RunResult[] = []
  for await (const { outcome } of runAll(experiment, { from: 0, to: countRuns(experiment) }, how))
    results.push(resultOf(outcome))
  return results
}

/** What the seed alone decides. */
function resultOf({ experiment, wallMs, ...result }: Outcome): RunResult {
  return result
}
