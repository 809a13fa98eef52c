/** The settings of simulated runs, as a script hands them in. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { AskedSettings } from '../experiment/plan.ts'
import { RUN_DEFAULTS, settingSchemas } from '../experiment/settings.ts'
import { durationSchema } from '../parse/duration.ts'
import { oneLine } from '../parse/one-line.ts'
import { quoted } from '../text/quoted.ts'
import type { ScenarioStep } from './scenario-step.ts'

/** What `simulate()` and `compare()` share. Everything has a default. */
export interface RunOptions {
  /** Options of the strategies by name, for instance `{ fanout: 2 }`; `gossip strategies` lists them. */
  readonly options?: Readonly<Record<string, unknown>>
  /** 1 to 10,000,000; 1000 by default, or as many as a file of edges has. */
  readonly nodes?: number
  /** Each with luck of its own, 1 to 10,000,000; 1 by default, 20 in `compare()`. */
  readonly runs?: number
  /** Of all randomness: the same seed gives the same results on any machine. 0 to 2^53 - 1; 1 by default. */
  readonly seed?: number
  /** Between two periods of a node: ms or a duration such as `'2s'`, at least 1 ms; 10,000 by default. */
  readonly period?: number | string
  /** Of a message: ms, a range `'1..10'` (the default), or `'lognormal:MEDIAN,SIGMA'`. */
  readonly latency?: number | string
  /** Probability that a message is lost, 0 (the default) to 1. */
  readonly loss?: number
  /** Probability that a message comes twice, 0 (the default) to 1. */
  readonly duplicate?: number
  /** Probability that a node has crashed before the value comes, 0 (the default) to 1; never the first. */
  readonly crash?: number
  /**
   * Whom a node can pick: `'full'` (everyone, the default), `'real'` (its own gossiped table), `'line'`, `'ring'`,
   * `'grid'`, `'torus'`, `'grid3d'`, `'imperfect-grid'`, `'imperfect-grid3d'`, `'k-out:K'`, `'tree:K'`,
   * `'small-world:K,P'`, `'scale-free:M'`, or the path of a file of edges.
   */
  readonly topology?: string
  /** The papers' synchronous rounds instead of a clock and latencies; times are then numbers of rounds. */
  readonly rounds?: boolean
  /** When a run ends at the latest: ms, a duration such as `'30s'`, or a number of rounds; 1000 periods by default. */
  readonly until?: number | string
  /** What is done to the cluster, and when: the name of one that ships, the path of a JSON file, or the steps. */
  readonly scenario?: string | readonly ScenarioStep[]
  /** Threads, 1 to 256; one a core by default. A strategy that is handed in itself runs in this thread only. */
  readonly workers?: number
}

export const whole = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`
  return z.int(error).min(from, error).max(to, error)
}

/** @param runs how many, where nothing else is asked for */
export function runShape(runs: number) {
  return {
    options: z.record(z.string(), z.unknown()).default({}),
    nodes: settingSchemas.nodes.optional(),
    runs: whole(1, 10_000_000).default(runs),
    seed: whole(0, Number.MAX_SAFE_INTEGER).default(1),
    period: settingSchemas.period.default(RUN_DEFAULTS.period),
    latency: settingSchemas.latency.default(RUN_DEFAULTS.latency),
    loss: settingSchemas.loss.default(RUN_DEFAULTS.loss),
    duplicate: settingSchemas.duplicate.default(RUN_DEFAULTS.duplicate),
    crash: settingSchemas.crash.default(RUN_DEFAULTS.crash),
    topology: settingSchemas.topology.default(RUN_DEFAULTS.topology),
    rounds: z.boolean().default(RUN_DEFAULTS.rounds),
    until: z
      .union([z.number().min(0).max(2e9), z.string()], 'must be a time such as "30s", or a number')
      .optional(),
    scenario: z
      .union([z.string(), z.array(z.unknown())], 'must be the name or file of a scenario, or its steps')
      .optional(),
    workers: whole(1, 256).default(availableParallelism),
  }
}

type Parsed = z.output<z.ZodObject<ReturnType<typeof runShape>>>

/** @throws {Error} one line, if they can't go together */
export function runSettingsOf(who: string, parsed: Parsed): AskedSettings {
  const { nodes, period, latency, loss, duplicate, crash, topology, rounds } = parsed
  const until = untilOf(who, parsed)
  return { nodes, period, latency, loss, duplicate, crash, topology, rounds, until }
}

function untilOf(who: string, { until, rounds }: Parsed): number | undefined {
  if (typeof until !== 'string') return until
  if (rounds && /[a-z]/.test(until))
    throw new Error(`${who}: until: ${quoted(until)} must be a number of rounds, such as 50`)
  const parsed = durationSchema.safeParse(until)
  if (!parsed.success) throw new Error(`${who}: until: ${oneLine(parsed.error, until)}`)
  return parsed.data
}
