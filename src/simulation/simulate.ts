/** One simulated run, from the injection of a value to its end. */
import type { RunResult } from '../measure/result.ts'
import { Run } from './run.ts'
import type { SimulationSettings } from './settings.ts'

/**
 * @returns the result, and when the value first came to each node that it reached, sorted
 * @throws {StrategyError} if a handler of the strategy fails
 * @throws {Error} one line, if the topology does not fit the number of nodes, or a step of the scenario could not be done
 */
export function simulate(settings: SimulationSettings): { result: RunResult; curve: () => Float64Array } {
  const run = new Run(settings)
  run.advance()
  return { result: run.result(), curve: () => run.world.record.curve() }
}
