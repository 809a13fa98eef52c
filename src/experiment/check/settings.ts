/** The runs that a check does for each seed. What is not named here is as `simulate` has it, so that it can replay them. */
import type { MembershipProtocol } from '../../gossip/protocol.ts'
import { loadScenario } from '../../loader/scenario.ts'
import type { Step } from '../../scenario/scenario.ts'
import type { SimulationSettings } from '../../simulation/settings.ts'
import { RUN_DEFAULTS } from '../settings.ts'
import type { ReachClaim } from './claims.ts'

export interface CheckSettings {
  /** 12 or more: the crashes are of the nodes 1 to 11. */
  readonly nodes: number
  readonly seeds: number
  /** The first. */
  readonly seed: number
  /** Share of the nodes that the protocol may leave out where there are no faults, in the mean over the seeds. */
  readonly residue: number
}

export const CHECK_DEFAULTS: CheckSettings = { nodes: 32, seeds: 100, seed: 1, residue: 0 }
export const MIN_NODES = 12
/** A membership's runs are longer, by far. */
export const MEMBERSHIP_SEEDS = 20

/** The scenarios are made for it: they cut and stop nodes for 30 of these, longer than any rumor stays hot. */
export const CHECK_PERIOD_MS = 1000
/**
 * Periods that a run has. Epidemics need some log n of them after the last fault, and the scenarios are over after 36;
 * one that is not done by then is not slow but stuck, and one that is still interested is so for good.
 */
export const PERIODS = 100
export const UNTIL_MS = PERIODS * CHECK_PERIOD_MS

/** The scenario of each claim, by the name under which it ships. */
export const SCENARIOS: Readonly<Record<ReachClaim, string | undefined>> = {
  'reaches all': undefined,
  'reaches all after loss': 'check-loss',
  'reaches all after a partition': 'check-partition',
  'reaches all after crashes': 'check-crashes',
}

/**
 * What dearer runs judge is judged by the first seeds only: by the loading of a file for each node, in long runs, and
 * with many values.
 */
export const APART_SEEDS = 5
export const LONG_SEEDS = 2
export const MANY_SEEDS = 10

/** With more nodes, no more than these have a file of their own each. */
export const APART_NODES = 32
/** Periods over which nothing may go on growing. */
export const LONG_PERIODS = 300

/** A run, but for who takes part. */
export type Run = Omit<SimulationSettings, 'population'>

/** What the runs of all checks have alike, and what each has of its own. */
export function runOf(nodes: number, seed: number, own: Pick<Run, 'until' | 'scenario' | 'members'>): Run {
  return { ...RUN_DEFAULTS, period: CHECK_PERIOD_MS, nodes, seed, run: 0, ...own }
}

/** Something that changes nothing, so that a run goes on until then. */
export function lastStep(at: number): Step {
  return { at, do: 'network', loss: 0 }
}

/** @param members the membership on which it runs, if it does on one */
export function runSettings(
  claim: ReachClaim,
  nodes: number,
  seed: number,
  members?: MembershipProtocol,
): Run {
  const name = SCENARIOS[claim]
  const scenario = name === undefined ? undefined : loadScenario(name, { nodes, rounds: false })
  return runOf(nodes, seed, { members, until: UNTIL_MS, scenario })
}
