/** A load: many values, handed in one after the other at a rate, while those before them still spread. */
import { z } from 'zod'
import { MAX_KEYS, PERIOD_MS } from '../gossip/defaults.ts'
import { MAX_NODES } from '../gossip/population.ts'
import { parseSize, type Size } from '../network/cost/size.ts'
import { parsedBy, typed, whole } from '../parse/schemas.ts'

export interface Load {
  readonly values: number
  /** Values a second; in rounds one counts as a period of 10 s. */
  readonly rate: number
  /** `new`: each value has a key of its own. */
  readonly keys: number | 'new'
  /** Nodes that they are handed to, in turn. */
  readonly publishers: number | 'all'
  /** Bytes of a value; a few if left out. */
  readonly size?: Size | undefined
  /** What its keys begin with. */
  readonly name: string
}

/** With so many that nobody's clock is that far behind the timestamps (60 s), of which each value has its own ms. */
const MAX_VALUES = 50_000
const MAX_RATE = 1_000_000
/** Pairs of a value and a node of which it is known whether it came there. */
const MAX_PAIRS = 1e9

/** What is not said of a load. */
export const LOAD_DEFAULTS = { rate: 20, keys: 'new', publishers: 'all' } as const

const RATE = /^(\d{1,7}|\d{0,7}\.\d{1,9})(?:\/s)?$/
const RATE_IS = `must be values a second, such as 20/s, at most ${MAX_RATE}/s`

function parseRate(text: string): number {
  const rate = Number(RATE.exec(text)?.[1] ?? Number.NaN)
  if (!(rate > 0 && rate <= MAX_RATE)) throw new Error(RATE_IS)
  return rate
}

const orWord = <W extends string>(word: W, most: number) => {
  const error = `must be ${word}, or a whole number from 1 to ${most}`
  const parse = (text: string): number | W => {
    const number = /^\d{1,8}$/.test(text) ? Number(text) : 0
    if (text !== word && !(number >= 1 && number <= most)) throw new Error(error)
    return text === word ? word : number
  }
  return z.union([z.number(), z.string()], error).transform(parsedBy(parse))
}

/** Its parts, as they are typed and as scripts and files hand them in. */
export const loadSchemas = {
  values: typed(whole(1, MAX_VALUES)),
  rate: z.union([z.number(), z.string()], RATE_IS).transform(parsedBy(parseRate)),
  keys: orWord('new', MAX_KEYS),
  publishers: orWord('all', MAX_NODES),
}
export const sizeSchema = z.union([z.number(), z.string()]).transform(parsedBy(parseSize))

export function nameOfRate(rate: number): string {
  return `${rate}/s`
}

/** @throws {Error} one line: what these nodes have no room for */
export function checkLoad({ values, keys, publishers }: Load, nodes: number): void {
  if (keys === 'new' && values > MAX_KEYS)
    throw new Error(
      `a node holds at most ${MAX_KEYS} keys, so no ${values} values with a key each: let them share some (keys)`,
    )
  if (publishers !== 'all' && publishers > nodes)
    throw new Error(`there are no ${publishers} publishers among ${nodes} nodes`)
  if (values * nodes > MAX_PAIRS)
    throw new Error(`${values} values on ${nodes} nodes are more than ${MAX_PAIRS} pairs`)
}

/** What a run, or a cluster, is told of its load. */
export type LoadOptions = {
  readonly [K in keyof typeof loadSchemas]?: z.output<(typeof loadSchemas)[K]> | undefined
}

/** @returns undefined where there is but one value. @throws {Error} one line: what these nodes have no room for */
export function loadOf(options: LoadOptions, nodes: number): Load | undefined {
  const { values, rate, keys, publishers } = options
  const idle = Object.entries({ rate, keys, publishers }).find(([, it]) => it !== undefined)
  if (values === undefined && idle !== undefined)
    throw new Error(`${idle[0]} is of a load: it needs values, how many are handed in`)
  if (values === undefined || values === 1) return undefined
  const load: Load = {
    values,
    rate: rate ?? LOAD_DEFAULTS.rate,
    keys: keys ?? LOAD_DEFAULTS.keys,
    publishers: publishers ?? LOAD_DEFAULTS.publishers,
    name: 'load',
  }
  checkLoad(load, nodes)
  return load
}

/** One of its values. */
export interface HandIn {
  /** Ms after the load begins. */
  readonly after: number
  readonly key: string
  readonly value: string
  readonly size: Size | undefined
  /** The nodes that it may be handed to, the first of them that runs. */
  readonly to: Iterable<number>
}

/** In their order; one now and then at even times. The publishers lie evenly among the nodes. */
export function* handIns(
  { values, rate, keys, publishers, size, name }: Load,
  nodes: number,
): Generator<HandIn> {
  const count = Math.min(publishers === 'all' ? nodes : publishers, values)
  const of = keys === 'new' ? values : keys
  for (let i = 0; i < values; i++)
    yield {
      after: (1000 * i) / rate,
      key: `${name}-${(i % of) + 1}`,
      value: `value ${i + 1}`,
      size,
      to: inTurn(i % count, count, nodes),
    }
}

function* inTurn(first: number, count: number, nodes: number): Generator<number> {
  for (let i = 0; i < count; i++) yield Math.floor((((first + i) % count) * nodes) / count)
}

/** The round after which that is handed in; 0: before the first. @param after ms after the load begins */
export function roundOf(after: number): number {
  return Math.floor(after / PERIOD_MS)
}

/** Ms from its first value to its last. */
export function lengthOf({ values, rate }: Load): number {
  return (1000 * (values - 1)) / rate
}
