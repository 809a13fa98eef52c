/** Does one step of a scenario on a target. */
import { StrategyError } from '../gossip/strategy-error.ts'
import { DEFAULT_KEY } from '../gossip/value.ts'
import type { Action, Scenario, Step } from './scenario.ts'
import type { NodeState, ScenarioTarget } from './target.ts'

/**
 * A fault that could not happen is an error: a test of it would have tested nothing.
 * @returns faults done: 1 for each partition, cut and change of the network, and for each running or paused node
 * killed, paused, slowed down or restarted. What repairs (heal, resume, join, a dead node's restart, slow with the factor
 * 1) is none.
 * @throws {Error} one line
 * @throws {StrategyError} if a handler of a strategy fails on it
 */
export function perform(target: ScenarioTarget, step: Step): number {
  try {
    return act(target, step)
  } catch (error) {
    if (error instanceof StrategyError) throw error
    throw new Error(`scenario, ${step.do} at ${step.at}: ${(error as Error).message}`)
  }
}

/** As `perform`, of an action that has no time. @throws {Error} one line, that does not name the action */
export function act(target: ScenarioTarget, step: Action): number {
  switch (step.do) {
    case 'propagate':
      demand(target, step.node, ['runs'])
      target.propagate(step.node, step.value, step.key ?? DEFAULT_KEY)
      return 0
    case 'load':
      target.load(step)
      return 0
    case 'partition':
      target.partition(step.groups)
      return 1
    case 'cut':
      target.cut(step.from, step.to)
      return 1
    case 'heal':
      if (step.between === undefined ? !target.isBroken : !target.isBrokenBetween(step.between))
        throw new Error(step.between === undefined ? 'no way is cut' : 'no way between these is cut')
      target.heal(step.between)
      return 0
    case 'network':
      target.change(step)
      return 1
    case 'slow':
      for (const node of step.nodes) demand(target, node, ['runs', 'paused'])
      target.slow(step.nodes, step.factor)
      return step.factor > 1 ? step.nodes.length : 0
    case 'restart':
      return restart(target, step.nodes, step.state === 'kept')
    default:
      return onEach(target, step.do, step.nodes)
  }
}

const DEMANDS = {
  kill: ['runs', 'paused'],
  pause: ['runs'],
  resume: ['paused'],
  join: ['absent'],
} as const

function onEach(target: ScenarioTarget, word: keyof typeof DEMANDS, nodes: readonly number[]): number {
  for (const node of nodes) demand(target, node, DEMANDS[word])
  for (const node of nodes) {
    if (word === 'join') target.start(node, false)
    else target[word](node)
  }
  return word === 'kill' || word === 'pause' ? nodes.length : 0
}

/** All end before the first begins again: so "all restart at once" is what it says. */
function restart(target: ScenarioTarget, nodes: readonly number[], keeps: boolean): number {
  for (const node of nodes) demand(target, node, ['runs', 'paused', 'dead'])
  const living = nodes.filter((node) => target.stateOf(node) !== 'dead')
  for (const node of living) target.kill(node)
  for (const node of nodes) target.start(node, keeps)
  return living.length
}

function demand(target: ScenarioTarget, node: number, states: readonly NodeState[]): void {
  const state = target.stateOf(node)
  if (states.includes(state)) return
  const is = { runs: 'runs', paused: 'is paused', dead: 'is dead', absent: 'has not joined yet' }
  throw new Error(`node ${target.titleOf?.(node) ?? node} ${is[state]}`)
}

/** Nodes that join later, and so are not there at the beginning. */
export function absentAtFirst(scenario: Scenario): ReadonlySet<number> {
  return new Set(scenario.flatMap((step) => (step.do === 'join' ? step.nodes : [])))
}

/** Does it hand in many values, which are measured together? */
export function loads(scenario: Scenario): boolean {
  return scenario.some((step) => step.do === 'load')
}

/** Does it hand in its values itself? */
export function propagates(scenario: Scenario): boolean {
  return scenario.some((step) => step.do === 'propagate' || step.do === 'load')
}
