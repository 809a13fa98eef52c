/** One run of a cell. */
import type { Population } from '../gossip/population.ts'
import type { MembershipProtocol } from '../gossip/protocol.ts'
import { StrategyError } from '../gossip/strategy-error.ts'
import type { RunResult } from '../measure/result.ts'
import type { SimulationSettings } from '../simulation/settings.ts'
import { simulate } from '../simulation/simulate.ts'
import type { Curve } from './curves.ts'
import type { RunSettings } from './settings.ts'

/** A run's result as it is written: the last two stand beside what the seed alone decides. */
export interface Outcome extends RunResult {
  /** Of all settings besides seed and run. */
  readonly experiment: string
  /** Ms that it took, the only thing that differs from machine to machine. */
  readonly wallMs: number
}

export interface Done {
  readonly cell: number
  readonly outcome: Outcome
  /** Only where it was asked for. */
  readonly curve?: Curve
}

export interface Order {
  readonly population: Population
  readonly settings: RunSettings
  readonly members?: MembershipProtocol | undefined
  readonly fingerprint: string
  readonly seed: number
  readonly run: number
}

/** @throws {Error} one line; of a strategy's fault with the seed and the run */
export function runOne(
  { population, settings, members, fingerprint: experiment, seed, run }: Order,
  listeners: Pick<SimulationSettings, 'trace' | 'progress' | 'logs'> = {},
): { outcome: Outcome; curve: () => Float64Array } {
  const beganAt = performance.now()
  try {
    const { result, curve } = simulate({ ...settings, population, members, seed, run, ...listeners })
    const wallMs = Math.round(performance.now() - beganAt)
    return { outcome: { ...result, experiment, wallMs }, curve }
  } catch (error) {
    throw error instanceof StrategyError ? new Error(`${error.message} (seed ${seed}, run ${run})`) : error
  }
}
