/** What `cluster` does to its nodes: the steps of a scenario, and a load. */
import { loadScenario } from '../../loader/scenario.ts'
import { namesOf } from '../../network/topology/topology.ts'
import { loadOf } from '../../scenario/load.ts'
import { loads } from '../../scenario/perform-step.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { ClusterOptions } from './cluster-start.ts'

/** What is done to the nodes; undefined where nothing is. @throws {Error} one line */
export function scenarioOf(options: ClusterOptions): Scenario | undefined {
  const { nodes, topology, scenario, values, size } = options
  const load = loadOf(options, nodes)
  if (size !== undefined && load === undefined) throw new Error('--size needs --values, more than one')
  if (scenario === undefined && values === undefined) return undefined
  const names = topology && namesOf(topology)
  const steps = scenario === undefined ? [] : loadScenario(scenario, { nodes, rounds: false, names })
  if (load !== undefined && loads(steps))
    throw new Error('the scenario has a load of its own: leave --values out')
  return load === undefined ? steps : [{ at: 0, do: 'load', ...load, size }, ...steps]
}
