/** Which nodes a step of a scenario is about: 3, "0-4", "5-" (to the last), "all", or a list of these. */
import { z } from 'zod'

const WHICH = 'must be a node\'s number, a range such as "0-4" or "5-", "all", or a list of these'
const one = z.union(
  [z.int().min(0, WHICH), z.string().regex(/^(\d{1,8}|\d{1,8}-(\d{1,8})?|all)$/, WHICH)],
  WHICH,
)

export const nodesSchema = z.union([one, z.array(one).max(10_000)], WHICH)
export type NodesText = z.infer<typeof nodesSchema>

/** The numbers, sorted. @throws {Error} one line, if there is no such node */
export function numbersOf(text: NodesText, count: number): number[] {
  const numbers = new Set<number>()
  for (const it of [text].flat()) {
    const [first, last] = rangeOf(it, count)
    if (first > last) throw new Error(`"${it}" names no node`)
    if (last >= count) throw new Error(`there is no node ${last}: ${count} nodes are 0 to ${count - 1}`)
    for (let node = first; node <= last; node++) numbers.add(node)
  }
  return [...numbers].sort((a, b) => a - b)
}

function rangeOf(it: number | string, count: number): [first: number, last: number] {
  if (it === 'all') return [0, count - 1]
  const [first = '', last = first] = String(it).split('-')
  return [Number(first), last === '' ? Math.max(Number(first), count - 1) : Number(last)]
}
