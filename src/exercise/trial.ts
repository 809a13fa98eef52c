/** The runs by which an exercise is judged: the same ones for every file, and some luck each. */
import { only } from '../gossip/population.ts'
import type { MembershipProtocol, Protocol } from '../gossip/protocol.ts'
import { largest } from '../measure/extremes.ts'
import type { RunResult } from '../measure/result.ts'
import type { SimulationSettings } from '../simulation/settings.ts'
import { simulate } from '../simulation/simulate.ts'
import type { Measured } from './exercise.ts'

/** As `simulate` has them where nothing else is said. */
const USUAL = {
  period: 10_000,
  latency: { kind: 'uniform', from: 1, to: 10 },
  loss: 0,
  duplicate: 0,
  crash: 0,
  rounds: false,
  topology: { kind: 'full' },
  until: undefined,
  run: 0,
} as const satisfies Partial<SimulationSettings>

type Own = Partial<Omit<SimulationSettings, 'population' | 'seed' | 'run' | 'members' | 'nodes'>> & {
  readonly nodes: number
  readonly members?: MembershipProtocol
}

/** @throws {StrategyError} if a handler fails */
export function trial(protocol: Protocol, seed: number, own: Own): RunResult {
  return simulate({ ...USUAL, ...own, population: only(protocol), seed }).result
}

/** With each of the first seeds, from 1 on. */
export function trials(protocol: Protocol, seeds: number, own: Own): RunResult[] {
  return Array.from({ length: seeds }, (_, i) => trial(protocol, i + 1, own))
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, it) => sum + it, 0) / numbers.length
}

/** All messages that a node sends, in the mean: those with the value, and those without. */
export function messagesOf({ traffic, control }: RunResult): number {
  return traffic + control
}

/** @param digits of the goal that are shown */
export function atMost(what: string, figure: number, goal: number, digits = 3): Measured {
  return { what, figure, goal: `at most ${Number(goal.toPrecision(digits))}`, isMet: figure <= goal }
}

/** The first seed of which that is so. */
export function firstSeed(
  results: readonly RunResult[],
  isMissed: (it: RunResult) => boolean,
): number | null {
  return results.find(isMissed)?.seed ?? null
}

/** The largest; 0 of none. */
export function most(numbers: readonly number[]): number {
  return largest([0, ...numbers])
}
