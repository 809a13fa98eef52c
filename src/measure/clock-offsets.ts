/** What nodes' clocks show, out of bounds on how far any two are apart: a system of difference constraints. */

/** The clock of `to` is ahead of that of `from` by at most so many ms. */
export interface ClockBound {
  readonly from: number
  readonly to: number
  readonly most: number
}

export interface ClockOffsets {
  /** Ms by which each node's clock is ahead of the others'. */
  readonly ahead: ReadonlyMap<string, number>
  /** Ms between the two that are furthest apart. */
  readonly apart: number
  /** Ms by which a time may be wrong all the same; null where messages went one way only, so that nothing tells. */
  readonly within: number | null
  /** The node that each value was handed to, by the value's timestamp. */
  readonly origins: ReadonlyMap<number, string>
}

/** Smaller differences are those of rounding, in ms. */
const TINY = 1e-6
/** Nodes that are tried as the one whose clock the others are compared with. */
const CANDIDATES = 4
const HALVINGS = 20

/** Bounds as lists of neighbours: `to[i]` are those after node i. */
interface Graph {
  readonly after: readonly (readonly { readonly node: number; readonly most: number }[])[]
}

/**
 * Within the bounds of two nodes the middle is taken, as a time server's client does; where there is only one bound,
 * clocks are moved no further than it asks for. Where a clock ran unevenly no offsets fit: all bounds are widened alike
 * until some do.
 */
export function offsetsOf(
  nodes: readonly string[],
  bounds: readonly ClockBound[],
  origins: ReadonlyMap<number, string>,
): ClockOffsets {
  const slack = leastSlack(nodes.length, bounds)
  const wide = bounds.map(({ from, to, most }) => ({ from, to, most: most + slack }))
  const [onward, backward] = [graphOf(nodes.length, wide), graphOf(nodes.length, wide.map(turned))]
  const origin = [...origins.values()].at(-1)
  const first = origin === undefined ? -1 : nodes.indexOf(origin)
  let best = { most: [] as number[], least: [] as number[], sure: -1 }
  for (const reference of candidates(first, onward, backward)) {
    const most = distances(onward, reference)
    const least = distances(backward, reference).map((it) => -it)
    const sure = most.filter((it, i) => Number.isFinite(it) && Number.isFinite(least[i]!)).length
    if (sure > best.sure) best = { most, least, sure }
  }
  const guess = best.most.map((most, i) => between(best.least[i]!, most))
  const ahead = relaxed(onward, guess) ?? guess
  const told = nodes.map((_, i) => i).filter((i) => onward.after[i]!.length + backward.after[i]!.length > 0)
  const shown = told.map((i) => ahead[i]!)
  return {
    ahead: new Map(nodes.map((node, i) => [node, ahead[i]!])),
    apart: greatest(shown) + greatest(shown.map((it) => -it)),
    within: withinOf(told, best.least, best.most, slack),
    origins,
  }
}

/** A time is the difference of two clocks: each may be as wrong as half the distance of its bounds. */
function withinOf(told: readonly number[], least: number[], most: number[], slack: number): number | null {
  const [first = 0, second = 0] = told.map((i) => (most[i]! - least[i]!) / 2).sort((a, b) => b - a)
  return Number.isFinite(first) ? first + second + 2 * slack : null
}

function between(least: number, most: number): number {
  if (Number.isFinite(least) && Number.isFinite(most)) return (least + most) / 2
  return Math.min(most, Math.max(least, 0))
}

function turned({ from, to, most }: ClockBound): ClockBound {
  return { from: to, to: from, most }
}

function greatest(all: readonly number[]): number {
  return all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
}

function graphOf(nodes: number, bounds: readonly ClockBound[]): Graph {
  const after = Array.from({ length: nodes }, (): { node: number; most: number }[] => [])
  for (const { from, to, most } of bounds) after[from]!.push({ node: to, most })
  return { after }
}

/** The node that the last value was handed to, and those that most bounds are about. */
function candidates(first: number, onward: Graph, backward: Graph): number[] {
  const degrees = onward.after.map((it, i) => Math.min(it.length, backward.after[i]!.length))
  const busiest = degrees.map((_, i) => i).sort((a, b) => degrees[b]! - degrees[a]!)
  return [...new Set([...(first === -1 ? [] : [first]), ...busiest.slice(0, CANDIDATES)])]
}

/** The shortest way from there to each node; infinite where none leads. */
function distances(graph: Graph, from: number): number[] {
  const start = new Array<number>(graph.after.length).fill(Number.POSITIVE_INFINITY)
  start[from] = 0
  return relaxed(graph, start) ?? start
}

/** Lowers what is too great until all bounds hold. @returns undefined where that never ends: nothing fits */
function relaxed(graph: Graph, start: readonly number[]): number[] | undefined {
  const found = [...start]
  let waiting = found.map((_, i) => i).filter((i) => Number.isFinite(found[i]!))
  for (let round = 0; waiting.length > 0; round++) {
    if (round > found.length) return undefined
    const lowered = new Set<number>()
    for (const i of waiting) {
      for (const { node, most } of graph.after[i]!) {
        if (found[i]! + most >= found[node]! - TINY) continue
        found[node] = found[i]! + most
        lowered.add(node)
      }
    }
    waiting = [...lowered]
  }
  return found
}

/** By how many ms all bounds must be widened so that some offsets fit: 0 where clocks ran evenly. */
function leastSlack(nodes: number, bounds: readonly ClockBound[]): number {
  const zeros = new Array<number>(nodes).fill(0)
  const fits = (slack: number): boolean =>
    relaxed(
      graphOf(
        nodes,
        bounds.map((it) => ({ ...it, most: it.most + slack })),
      ),
      zeros,
    ) !== undefined
  if (fits(0)) return 0
  let [low, high] = [0, greatest(bounds.map((it) => -it.most))]
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (fits(middle)) high = middle
    else low = middle
  }
  return high
}
