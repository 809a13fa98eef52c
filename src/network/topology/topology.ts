/** Who knows whom in a cluster, as one writes it: "ring", "k-out:3". */
import { z } from 'zod'

export type Topology =
  /** Everyone may pick anyone. */
  | { readonly kind: 'full' }
  /** The daemon's own bounded table, filled by gossip. */
  | { readonly kind: 'real' }
  | {
      readonly kind: 'line' | 'ring' | 'grid' | 'torus' | 'grid3d' | 'imperfect-grid' | 'imperfect-grid3d'
    }
  | { readonly kind: 'k-out'; readonly k: number }
  | { readonly kind: 'tree'; readonly k: number }
  | { readonly kind: 'small-world'; readonly k: number; readonly p: number }
  | { readonly kind: 'scale-free'; readonly m: number }
  /** The edges are pairs of nodes, one after the other; each counts both ways. */
  | { readonly kind: 'edges'; readonly name: string; readonly edges: Int32Array }

/** The largest number that a parameter, or a node in a list of edges, may have. */
export const MAX_NUMBER = 10_000_000

const count = (name: string) => {
  const error = `${name} must be a whole number from 1 to ${MAX_NUMBER}`
  return z
    .string()
    .regex(/^\d{1,8}$/, error)
    .transform(Number)
    .refine((it) => it >= 1 && it <= MAX_NUMBER, error)
}

const even = (name: string) =>
  count(name).refine((it) => it % 2 === 0, `${name} must be even, for half of them are on each side`)

const probability = (name: string) => {
  const error = `${name} must be a probability from 0 to 1`
  return z
    .string()
    .regex(/^\d*\.?\d+(e-\d+)?$/, error)
    .transform(Number)
    .refine((it) => it <= 1, error)
}

const BARE = [
  'full',
  'real',
  'line',
  'ring',
  'grid',
  'torus',
  'grid3d',
  'imperfect-grid',
  'imperfect-grid3d',
] as const

/** The kinds that can be written in a word, each with its parameters in the order in which they are written. */
const SHAPES = [
  ...BARE.map((kind) => z.object({ kind: z.literal(kind) })),
  z.object({ kind: z.literal('k-out'), k: count('K') }),
  z.object({ kind: z.literal('tree'), k: count('K') }),
  z.object({ kind: z.literal('small-world'), k: even('K'), p: probability('P') }),
  z.object({ kind: z.literal('scale-free'), m: count('M') }),
]

/**
 * Reads "ring", "k-out:3" or "small-world:6,0.1".
 * @throws {Error} one line: what is wrong, and what is allowed
 */
export function parseTopology(text: string): Topology {
  const [kind, ...rest] = text.split(':')
  const shape = SHAPES.find((it) => it.shape.kind.value === kind)
  if (shape === undefined)
    throw new Error(
      `no topology is named ${quoted(text)}: it must be one of ${SHAPES.map(written).join(' ')}`,
    )
  const names = parametersOf(shape)
  const values = rest.length === 0 ? [] : rest.join(':').split(',')
  if (values.length !== names.length)
    throw new Error(`topology ${quoted(text)} must be written as ${written(shape)}`)
  const parsed = shape.safeParse({ kind, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) })
  if (!parsed.success) {
    const faults = new Set(parsed.error.issues.map(({ message }) => message))
    throw new Error(`topology ${quoted(text)}, ${written(shape)}: ${[...faults].join('; ')}`)
  }
  return parsed.data
}

/** A topology as it was written, "k-out:3"; of a list of edges its name. */
export function nameOfTopology(topology: Topology): string {
  if (topology.kind === 'edges') return topology.name
  const { kind, ...parameters } = topology
  return worded(kind, Object.values(parameters))
}

function parametersOf(shape: (typeof SHAPES)[number]): string[] {
  return Object.keys(shape.shape).filter((it) => it !== 'kind')
}

function written(shape: (typeof SHAPES)[number]): string {
  const names = parametersOf(shape).map((it) => it.toUpperCase())
  return worded(shape.shape.kind.value, names)
}

function worded(kind: string, parameters: readonly unknown[]): string {
  return parameters.length === 0 ? kind : `${kind}:${parameters.join()}`
}

/** What someone wrote, on one line and not too long. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text)
}
