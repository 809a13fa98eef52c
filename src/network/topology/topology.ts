/** Who knows whom in a cluster, as one writes it: "ring", "k-out:3". */
import { z } from 'zod'
import { MAX_NODES } from '../../gossip/population.ts'
import { probability, typed, whole } from '../../parse/schemas.ts'
import { quoted } from '../../text/quoted.ts'
import type { Names } from './node-names.ts'

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
  | {
      readonly kind: 'edges'
      /** Of the file. */
      readonly name: string
      readonly nodes: number
      /** How the file calls them; undefined where that is their places, from 0 on. */
      readonly names: Names | undefined
      /** Pairs of nodes' places, one after the other; each counts both ways. */
      readonly edges: Int32Array
      /** Left out: edges of a node to itself. */
      readonly loops: number
      /** Edges that are there before, the other way round or not. */
      readonly repeats: number
    }

const count = (name: string) => typed(whole(1, MAX_NODES, name))

const even = (name: string) =>
  count(name).refine((it) => it % 2 === 0, `${name} must be even, for half of them are on each side`)

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
  z.object({ kind: z.literal('small-world'), k: even('K'), p: typed(probability('P')) }),
  z.object({ kind: z.literal('scale-free'), m: count('M') }),
]

/** Is one named so, whatever its parameters? */
export function isTopology(text: string): boolean {
  return shapeOf(text) !== undefined
}

function shapeOf(text: string): (typeof SHAPES)[number] | undefined {
  const [kind] = text.split(':')
  return SHAPES.find((it) => it.shape.kind.value === kind)
}

/**
 * Reads "ring", "k-out:3" or "small-world:6,0.1".
 * @throws {Error} one line: what is wrong, and what is allowed
 */
export function parseTopology(text: string): Topology {
  const [kind, ...rest] = text.split(':')
  const shape = shapeOf(text)
  if (shape === undefined)
    throw new Error(
      `no topology is named ${quoted(text)}: it must be one of ${SHAPES.map(written).join(' ')}, or a file of edges`,
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

/** How the nodes are called, where that is not by their places. */
export function namesOf(topology: Topology): Names | undefined {
  return topology.kind === 'edges' ? topology.names : undefined
}

/**
 * How many nodes there are: those of a file, else as many as were asked for, or as usual.
 * @throws {Error} one line, if others were asked for than the file has
 */
export function nodesOf(topology: Topology, asked: number | undefined, usual: number): number {
  if (topology.kind !== 'edges') return asked ?? usual
  if (asked !== undefined && asked !== topology.nodes)
    throw new Error(
      `${topology.name} has ${topology.nodes} nodes, not ${asked}: leave the number of nodes out`,
    )
  return topology.nodes
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
