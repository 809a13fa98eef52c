/** The settings of a run, out of what people type or a script hands in. */
import { z } from 'zod'
import { loadTopology } from '../loader/topology.ts'
import { type Latency, parseLatency } from '../network/latency.ts'
import type { Topology } from '../network/topology/topology.ts'
import { durationSchema } from '../parse/duration.ts'
import type { SimulationSettings } from '../simulation/settings.ts'

/** What all runs of a cell share, besides who takes part and the seed. */
export type RunSettings = Pick<
  SimulationSettings,
  | 'nodes'
  | 'period'
  | 'latency'
  | 'loss'
  | 'duplicate'
  | 'crash'
  | 'rounds'
  | 'topology'
  | 'until'
  | 'scenario'
>

export const RUN_DEFAULTS = {
  nodes: 1000,
  period: 10_000,
  latency: { kind: 'uniform', from: 1, to: 10 },
  loss: 0,
  duplicate: 0,
  crash: 0,
  rounds: false,
  topology: { kind: 'full' },
  until: undefined,
} as const satisfies RunSettings

export const MAX_NODES = 10_000_000

const number = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\d*\.?\d+$/)
      .transform(Number),
  ],
  'must be a number',
)
const PROBABILITY = 'must be a probability from 0 to 1'
const probability = number.refine((it) => it >= 0 && it <= 1, PROBABILITY)

/** Those that an experiment may sweep, each as a number or as it is typed. */
export const settingSchemas = {
  nodes: number.refine(
    (it) => Number.isInteger(it) && it >= 1 && it <= MAX_NODES,
    `must be a whole number from 1 to ${MAX_NODES}`,
  ),
  period: z
    .union([z.number(), durationSchema], 'must be a duration such as 500ms, 2s, or a number of ms')
    .refine((ms) => ms >= 1 && ms <= 2e9, 'must be at least 1ms'),
  latency: z.union([z.number(), z.string()]).transform(byFunction((text): Latency => parseLatency(text))),
  loss: probability,
  duplicate: probability,
  crash: probability,
  topology: z.string().transform(byFunction((text): Topology => loadTopology(text))),
}
export type SettingName = keyof typeof settingSchemas

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingSchemas, name)
}

/** Settings of a clock, which rounds don't have. */
export const OF_A_CLOCK: readonly string[] = ['period', 'latency'] satisfies SettingName[]

/** @throws {Error} one line, if these settings can't go together */
export function checkTogether({ rounds, topology, scenario }: RunSettings): void {
  if (rounds && topology.kind === 'real') throw new Error('topology real needs a clock: leave rounds out')
  if (rounds && scenario?.some((step) => step.do === 'network' && step.latency !== undefined))
    throw new Error("a scenario can't set the latency in rounds")
}

function byFunction<T>(parse: (text: string) => T) {
  return (it: string | number, context: z.RefinementCtx): T => {
    try {
      return parse(String(it))
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  }
}
