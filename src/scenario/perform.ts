/** Does one step of a scenario on a stage. */
import { StrategyError } from '../gossip/strategy-error.ts'
import type { Deed, Scenario, Step } from './scenario.ts'
import type { NodeState, ScenarioTarget } from './target.ts'

/**
 * A fault that could not happen is an error: a test of it would have tested nothing.
 * @returns faults done: 1 for each partition, cut and change of the network, and for each running or paused node
 * killed, paused or restarted. What repairs (heal, resume, join, a dead node's restart) is none.
 * @throws {Error} one line
 * @throws {StrategyError} if a handler of a strategy fails on it
 */
export function perform(stage: ScenarioTarget, step: Step): number {
  try {
    return act(stage, step)
  } catch (error) {
    if (error instanceof StrategyError) throw error
    throw new Error(`scenario, ${step.do} at ${step.at}: ${(error as Error).message}`)
  }
}

/** As `perform`, of a deed that has no time. @throws {Error} one line, that does not name the deed */
export function act(stage: ScenarioTarget, step: Deed): number {
  switch (step.do) {
    case 'propagate':
      demand(stage, step.node, ['runs'])
      stage.propagate(step.node, step.value)
      return 0
    case 'partition':
      stage.partition(step.groups)
      return 1
    case 'cut':
      stage.cut(step.from, step.to)
      return 1
    case 'heal':
      if (step.between === undefined ? !stage.isBroken : !stage.isBrokenBetween(step.between))
        throw new Error(step.between === undefined ? 'no way is cut' : 'no way between these is cut')
      stage.heal(step.between)
      return 0
    case 'network':
      stage.change(step)
      return 1
    case 'restart':
      return restart(stage, step.nodes, step.state === 'kept')
    default:
      return onEach(stage, step.do, step.nodes)
  }
}

const DEMANDS = {
  kill: ['runs', 'paused'],
  pause: ['runs'],
  resume: ['paused'],
  join: ['absent'],
} as const

function onEach(stage: ScenarioTarget, word: keyof typeof DEMANDS, nodes: readonly number[]): number {
  for (const node of nodes) demand(stage, node, DEMANDS[word])
  for (const node of nodes) {
    if (word === 'join') stage.start(node, false)
    else stage[word](node)
  }
  return word === 'kill' || word === 'pause' ? nodes.length : 0
}

/** All end before the first begins again: so "all restart at once" is what it says. */
function restart(stage: ScenarioTarget, nodes: readonly number[], keeps: boolean): number {
  for (const node of nodes) demand(stage, node, ['runs', 'paused', 'dead'])
  const living = nodes.filter((node) => stage.stateOf(node) !== 'dead')
  for (const node of living) stage.kill(node)
  for (const node of nodes) stage.start(node, keeps)
  return living.length
}

function demand(stage: ScenarioTarget, node: number, states: readonly NodeState[]): void {
  const state = stage.stateOf(node)
  if (states.includes(state)) return
  const is = { runs: 'runs', paused: 'is paused', dead: 'is dead', absent: 'has not joined yet' }
  throw new Error(`node ${stage.titleOf?.(node) ?? node} ${is[state]}`)
}

/** Nodes that join later, and so are not there at the beginning. */
export function absentAtFirst(scenario: Scenario): ReadonlySet<number> {
  return new Set(scenario.flatMap((step) => (step.do === 'join' ? step.nodes : [])))
}

/** Does it hand in its values itself? */
export function propagates(scenario: Scenario): boolean {
  return scenario.some((step) => step.do === 'propagate')
}
