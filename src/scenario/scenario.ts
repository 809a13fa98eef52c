/**
 * A scenario: what is done to a cluster, and when. The same file runs in the simulator and on real nodes.
 *
 * `[{ "at": "5s", "do": "partition", "groups": [["0-4"], ["5-9"]] }, { "at": "9s", "do": "heal" }]`
 */
import { z } from 'zod'
import { keySchema } from '../gossip/values/key.ts'
import { type Latency, parseLatency } from '../network/latency.ts'
import type { Links } from '../network/network.ts'
import type { Names } from '../network/topology/node-names.ts'
import { durationSchema } from '../parse/duration.ts'
import { oneLine } from '../parse/one-line.ts'
import { probability } from '../parse/schemas.ts'
import { quoted } from '../text/quoted.ts'
import { checkLoad, LOAD_DEFAULTS, type Load, loadSchemas, sizeSchema } from './load.ts'
import { type NodesText, nodeSchema, nodesSchema, numberOf, numbersOf } from './nodes.ts'

/** One step, ready to be done. */
export type Step = {
  /** Ms, or rounds, since the beginning. */
  readonly at: number
} & Action

export type Action =
  | {
      readonly do: 'propagate'
      readonly node: number
      /** Null deletes. */
      readonly value: string | null
      /** "" if left out. */
      readonly key?: string
    }
  /** From now on values are handed in one after the other. */
  | ({ readonly do: 'load' } & Load)
  | { readonly do: 'partition'; readonly groups: readonly (readonly number[])[] }
  | { readonly do: 'cut'; readonly from: readonly number[]; readonly to: readonly number[] }
  /** The ways between some nodes, in both directions, or all. */
  | { readonly do: 'heal'; readonly between?: Links | undefined }
  | { readonly do: 'kill' | 'pause' | 'resume' | 'join'; readonly nodes: readonly number[] }
  /** All that they do takes so many times as long as at first. */
  | { readonly do: 'slow'; readonly nodes: readonly number[]; readonly factor: number }
  | { readonly do: 'restart'; readonly nodes: readonly number[]; readonly state: 'kept' | 'lost' }
  | {
      readonly do: 'network'
      readonly loss?: number | undefined
      readonly duplicate?: number | undefined
      readonly latency?: Latency | undefined
    }

/** In order of time. */
export type Scenario = readonly Step[]

const AT = 'must be a time such as "5s", or a number'
const at = z.union([z.number().min(0, AT).max(2e9, AT), z.string()], AT)
const FACTOR = 'must be a number from 1 to 1000: how many times as long everything takes, 1 as at first'
const factor = z.number(FACTOR).min(1, FACTOR).max(1000, FACTOR)
const share = probability().optional()
const onNodes = <W extends string>(word: W) => z.strictObject({ at, do: z.literal(word), nodes: nodesSchema })

/** All that can be done, each as it is written. */
const steps = [
  z.strictObject({
    at,
    do: z.literal('propagate'),
    node: nodeSchema,
    value: z.string().optional(),
    key: keySchema.optional(),
    delete: z.literal(true, 'must be true, or left out').optional(),
  }),
  z.strictObject({
    at,
    do: z.literal('partition'),
    groups: z.union(
      [z.literal('halves'), z.array(nodesSchema).min(1).max(10_000).readonly()],
      'must be a list of groups, each a list of nodes, or "halves"',
    ),
  }),
  z.strictObject({ at, do: z.literal('cut'), from: nodesSchema, to: nodesSchema }),
  z.strictObject({
    at,
    do: z.literal('heal'),
    from: nodesSchema.optional(),
    to: nodesSchema.optional(),
  }),
  onNodes('kill'),
  z.strictObject({
    at,
    do: z.literal('restart'),
    nodes: nodesSchema,
    state: z.enum(['kept', 'lost']).default('lost'),
  }),
  onNodes('pause'),
  onNodes('resume'),
  onNodes('join'),
  z.strictObject({ at, do: z.literal('slow'), nodes: nodesSchema, factor }),
  z.strictObject({
    at,
    do: z.literal('load'),
    values: loadSchemas.values,
    rate: loadSchemas.rate.default(LOAD_DEFAULTS.rate),
    keys: loadSchemas.keys.default(LOAD_DEFAULTS.keys),
    publishers: loadSchemas.publishers.default(LOAD_DEFAULTS.publishers),
    size: sizeSchema.optional(),
  }),
  z.strictObject({
    at,
    do: z.literal('network'),
    loss: share,
    duplicate: share,
    latency: z.union([z.number().min(0), z.string()]).optional(),
  }),
] as const
/** What a step may do. */
export const WORDS: readonly Action['do'][] = steps.map((it) => it.shape.do.value)

const step = z.discriminatedUnion('do', steps, {
  error: ({ code }: { code: string }) =>
    code === 'invalid_type'
      ? 'must be a step such as {"at":"5s","do":"heal"}'
      : `must be ${WORDS.slice(0, -1).join(', ')} or ${WORDS.at(-1)}`,
})

/**
 * A step as a script or a file writes it. `at`: since the beginning, in ms, as a duration such as `'5s'`, or in rounds.
 * Nodes are named by number, or by the name that they have in a file of edges: `3`, `'0-4'`, `'5-'` (to the last), `'all'`, or a list of these. `loss` and `duplicate` are
 * probabilities, 0 to 1; `latency` is as for a run. What it may be is checked in full when it is handed in.
 */
export type ScenarioStep = Readonly<z.input<(typeof steps)[number]>>

/** What is done in one step. */
export type ScenarioAction = WithoutTime<ScenarioStep>
/** Of each step by itself. */
type WithoutTime<S> = S extends unknown ? Omit<S, 'at'> : never

const MAX_STEPS = 10_000
const file = z
  .array(z.unknown(), 'must be a list of steps')
  .min(1, 'has no step')
  .max(MAX_STEPS, `has more than ${MAX_STEPS} steps`)

/** What a scenario is parsed for. */
export interface Cluster {
  readonly nodes: number
  /** Is time counted in rounds instead of ms? */
  readonly rounds: boolean
  /** How the nodes are called, where that is not by their numbers from 0 on. */
  readonly names?: Names | undefined
}

/**
 * @param json what a scenario file holds
 * @throws {Error} one line: which step, what is wrong with it, and what is allowed
 */
export function parseScenario(json: unknown, cluster: Cluster): Scenario {
  const parsed = file.safeParse(json)
  if (!parsed.success) throw new Error(oneLine(parsed.error, json))
  const steps = parsed.data.map((it, i) => parseStep(it, i, cluster))
  return steps.sort((a, b) => a.at - b.at)
}

/**
 * One action that is to be done now.
 * @param json a step without `at`
 * @throws {Error} one line: what is wrong with it, and what is allowed
 */
export function parseAction(json: unknown, nodes: number): Action {
  const object = z.looseObject({}, 'must be an object').safeParse(json)
  if (!object.success) throw new Error(oneLine(object.error, json))
  const { at, ...action } = readStep({ ...object.data, at: 0 }, 0, { nodes, rounds: false })
  return action
}

function parseStep(it: unknown, index: number, cluster: Cluster): Step {
  try {
    return readStep(it, index, cluster)
  } catch (error) {
    throw new Error(`step ${index + 1}: ${(error as Error).message}`)
  }
}

function readStep(it: unknown, index: number, cluster: Cluster): Step {
  const parsed = step.safeParse(it)
  if (!parsed.success) throw new Error(oneLine(parsed.error, it))
  return { at: timeOf(parsed.data.at, cluster.rounds), ...actionOf(parsed.data, index, cluster) }
}

function timeOf(at: number | string, rounds: boolean): number {
  if (typeof at === 'number') return at
  if (rounds && /[a-z]/.test(at)) throw new Error(`at: ${quoted(at)} must be a number of rounds, such as 20`)
  const parsed = durationSchema.safeParse(at)
  if (!parsed.success) throw new Error(`at: ${oneLine(parsed.error, at)}`)
  return parsed.data
}

function actionOf(it: z.infer<typeof step>, index: number, { nodes: count, names }: Cluster): Action {
  const nodes = (field: string, text: NodesText): number[] =>
    inField(field, () => numbersOf(text, count, names))
  switch (it.do) {
    case 'propagate':
      return {
        do: it.do,
        node: inField('node', () => numberOf(it.node, count, names)),
        value: textOf(it, index),
        ...(it.key !== undefined && { key: it.key }),
      }
    case 'load': {
      const { at: _, ...load } = { ...it, name: `load-${index + 1}` }
      checkLoad(load, count)
      return load
    }
    case 'partition':
      return {
        do: it.do,
        groups:
          it.groups === 'halves' ? halves(count) : disjoint(it.groups.map((text) => nodes('groups', text))),
      }
    case 'cut':
      return { do: it.do, from: nodes('from', it.from), to: nodes('to', it.to) }
    case 'heal':
      if (it.from === undefined && it.to === undefined) return { do: it.do }
      if (it.from === undefined || it.to === undefined)
        throw new Error('heal needs both from and to, or neither')
      return { do: it.do, between: { from: nodes('from', it.from), to: nodes('to', it.to) } }
    case 'restart':
      return { do: it.do, nodes: nodes('nodes', it.nodes), state: it.state }
    case 'slow':
      return { do: it.do, nodes: nodes('nodes', it.nodes), factor: it.factor }
    case 'network': {
      const { loss, duplicate, latency } = it
      if ((loss ?? duplicate ?? latency) === undefined)
        throw new Error('network changes nothing: it needs loss, duplicate or latency')
      return { do: it.do, loss, duplicate, latency: latencyOf(latency) }
    }
    default:
      return { do: it.do, nodes: nodes('nodes', it.nodes) }
  }
}

/** What is handed in; null deletes. */
function textOf({ value, delete: deletes }: { value?: string; delete?: true }, index: number): string | null {
  if (deletes !== true) return value ?? `value of step ${index + 1}`
  if (value !== undefined)
    throw new Error('propagate hands in a value or deletes one: it has both value and delete')
  return null
}

function latencyOf(latency: number | string | undefined): Latency | undefined {
  if (latency === undefined) return undefined
  return inField('latency', () => parseLatency(String(latency)), latency)
}

/**
 * @param given what a fault quotes that does not do so itself
 * @throws {Error} one line that begins with the field's name
 */
function inField<T>(field: string, parse: () => T, given?: unknown): T {
  try {
    return parse()
  } catch (error) {
    const { message } = error as Error
    throw new Error(`${field}: ${given === undefined ? '' : `${quoted(given)} `}${message}`)
  }
}

function halves(count: number): number[][] {
  const half = Math.ceil(count / 2)
  const numbers = Array.from({ length: count }, (_, i) => i)
  return [numbers.slice(0, half), numbers.slice(half)]
}

function disjoint(groups: number[][]): number[][] {
  const all = groups.flat()
  if (new Set(all).size < all.length) throw new Error('groups: a node is in two groups')
  return groups
}
