/** Which nodes a step of a scenario is about: 3, "0-4", "5-" (to the last), "all", or a list of these. */
import { z } from 'zod'
import { type Names, nameAt, placeOf, placesBetween } from '../network/topology/node-names.ts'
import { quoted } from '../text/quoted.ts'

const WHICH = 'must be a node\'s number, a range such as "0-4" or "5-", "all", or a list of these'
/** Characters of a node's name. */
const MOST = 200
const one = z.union([z.int().min(0, WHICH), z.string().min(1, WHICH).max(MOST, WHICH)], WHICH)

/** A node, by its number or the name that it has in a file of edges. */
export const nodeSchema = z.union(
  [z.int().min(0), z.string().min(1).max(MOST)],
  'must be the number of a node, or its name in a file of edges',
)
export const nodesSchema = z.union([one, z.array(one).max(10_000).readonly()], WHICH)
export type NodesText = z.infer<typeof nodesSchema>

/**
 * The numbers, from 0 on, sorted.
 * @param names of the nodes, where they have some: then names are meant, and ranges of names that are numbers
 * @throws {Error} one line, if there is no such node
 */
export function numbersOf(text: NodesText, count: number, names?: Names): number[] {
  const numbers = new Set<number>()
  for (const it of [text].flat()) for (const node of nodesOf(it, count, names)) numbers.add(node)
  return [...numbers].sort((a, b) => a - b)
}

/** One node. @throws {Error} one line */
export function numberOf(text: number | string, count: number, names?: Names): number {
  if (names !== undefined) return named(text, names)
  if (typeof text === 'string' && !/^\d{1,8}$/.test(text))
    throw new Error(`${quoted(text)} must be a node's number`)
  return nodesOf(text, count)[0]!
}

function nodesOf(it: number | string, count: number, names?: Names): number[] {
  if (it === 'all') return numbersFrom(0, count - 1)
  const [, from, dash, to = ''] = /^(\d{1,9})(-?)(\d{0,9})$/.exec(String(it)) ?? []
  const isRange = dash === '-'
  if (names !== undefined) {
    const place = placeOf(names, String(it))
    if (place !== undefined || !isRange) return [place ?? named(it, names)]
    const places = placesBetween(names, Number(from), to === '' ? Number.POSITIVE_INFINITY : Number(to))
    if (places.length === 0) throw new Error(`${quoted(it)} names no node`)
    return places
  }
  if (from === undefined) throw new Error(`${quoted(it)} ${WHICH}`)
  const first = Number(from)
  const last = !isRange ? first : to === '' ? Math.max(first, count - 1) : Number(to)
  if (first > last) throw new Error(`${quoted(it)} names no node`)
  if (last >= count) throw new Error(`there is no node ${last}: ${count} nodes are 0 to ${count - 1}`)
  return numbersFrom(first, last)
}

/** @throws {Error} one line */
function named(name: number | string, names: Names): number {
  const place = placeOf(names, String(name))
  if (place !== undefined) return place
  const all = `${nameAt(names, 0)} to ${nameAt(names, names.length - 1)}`
  throw new Error(`there is no node ${quoted(name)}: the ${names.length} nodes of the file are ${all}`)
}

function numbersFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
