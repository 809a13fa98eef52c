/** Short ways to set up a simulated run. */
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import type { SimulationSettings } from '../../src/simulation/settings.ts'

export type Given = Partial<Omit<SimulationSettings, 'population'>>

/** 50 nodes, periods of 1000 ms, latency 1 to 10 ms, no faults; what else is given replaces these. */
export function settings(
  strategy: unknown,
  options: Readonly<Record<string, unknown>> = {},
  given: Given = {},
): SimulationSettings {
  return {
    ...RUN_DEFAULTS,
    population: only(protocol('tested', strategy, options)),
    nodes: 50,
    seed: 1,
    run: 0,
    period: 1000,
    ...given,
  }
}
