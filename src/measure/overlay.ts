/** Figures of an overlay: of the graph of who may pick whom among the live nodes. Pure functions. */

/** For each live node the others that it may pick, all by their places among the live nodes; none twice. */
export type Overlay = readonly (readonly number[])[]

export interface Degrees {
  readonly mean: number
  /** Standard deviation over the nodes. */
  readonly sd: number
  readonly min: number
  readonly max: number
}

export interface OverlayFigures {
  /** How many peers a live node may pick, dead ones that it does not know of included. */
  readonly degree: Degrees
  /** How many live nodes may pick a live node. */
  readonly inDegree: Degrees
  /** Of the graph without directions: the share of a node's pairs of neighbours that are neighbours, mean over the nodes. */
  readonly clustering: number
  /** Links on the shortest way between two nodes, mean over the pairs that have one; the graph without directions. */
  readonly pathLength: number
  /** Parts between which no link leads, in any direction. */
  readonly components: number
  /** Share of the links that both ends have. */
  readonly symmetric: number
}

/** Above so many nodes ways are measured from a sample of them only. */
export const MOST_WALKED = 2000
const SAMPLED = 200

/**
 * @param degrees of each node, where it may also pick some that are none of these
 * @param random uniform in [0, 1): which nodes ways are measured from, where there are very many
 */
export function overlayFigures(
  overlay: Overlay,
  random: () => number,
  degrees: readonly number[] = overlay.map((it) => it.length),
): OverlayFigures {
  const graph = undirected(overlay)
  return {
    ...degreesOf(overlay, degrees),
    clustering: clustering(graph),
    pathLength: pathLength(graph, random),
    components: components(graph),
    symmetric: symmetric(overlay),
  }
}

/** Those of its figures that cost little, however many links there are. @param degrees as for all */
export function degreesOf(
  overlay: Overlay,
  degrees: readonly number[],
): Pick<OverlayFigures, 'degree' | 'inDegree'> {
  return { degree: spreadOf(degrees), inDegree: spreadOf(inDegrees(overlay)) }
}

/** @param peers of each node, by name; those that are not among the nodes count as nobody */
export function overlayOf(peers: ReadonlyMap<string, Iterable<string>>): Overlay {
  const places = new Map([...peers.keys()].map((it, i) => [it, i]))
  return [...peers.values()].map((known) => [...known].flatMap((it) => places.get(it) ?? []))
}

export function spreadOf(numbers: readonly number[]): Degrees {
  if (numbers.length === 0) return { mean: 0, sd: 0, min: 0, max: 0 }
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const it of numbers) {
    sum += it
    min = Math.min(min, it)
    max = Math.max(max, it)
  }
  const mean = sum / numbers.length
  const squares = numbers.reduce((all, it) => all + (it - mean) ** 2, 0)
  return { mean, sd: Math.sqrt(squares / numbers.length), min, max }
}

export function inDegrees(overlay: Overlay): number[] {
  const counts = overlay.map(() => 0)
  for (const peers of overlay) for (const it of peers) counts[it]! += 1
  return counts
}

/** Each link in both directions. */
export function undirected(overlay: Overlay): Overlay {
  const graph = overlay.map((peers) => new Set(peers))
  for (const [from, peers] of overlay.entries()) for (const to of peers) graph[to]!.add(from)
  return graph.map((it) => [...it])
}

/** @param graph without directions */
export function clustering(graph: Overlay): number {
  if (graph.length === 0) return 0
  const among = isDense(graph) ? linksByBits(graph) : linksByMarks(graph)
  let sum = 0
  for (const peers of graph) if (peers.length >= 2) sum += among(peers) / (peers.length * (peers.length - 1))
  return sum / graph.length
}

/** How many ends of links between these are among them? */
type LinksAmong = (peers: readonly number[]) => number

function linksByMarks(graph: Overlay): LinksAmong {
  const isMarked = new Uint8Array(graph.length)
  return (peers) => {
    for (const it of peers) isMarked[it] = 1
    let links = 0
    for (const it of peers) for (const other of graph[it]!) links += isMarked[other]!
    for (const it of peers) isMarked[it] = 0
    return links
  }
}

const BITS = 32

/** Does a row of bits, a bit a node, hold less than the list of a node's peers? */
function isDense(graph: Overlay): boolean {
  const links = graph.reduce((sum, peers) => sum + peers.length, 0)
  return links > (2 * graph.length ** 2) / BITS
}

function linksByBits(graph: Overlay): LinksAmong {
  const words = Math.ceil(graph.length / BITS)
  const rowOf = (peers: readonly number[]): Int32Array => {
    const row = new Int32Array(words)
    for (const it of peers) row[it >> 5]! |= 1 << (it & 31)
    return row
  }
  const rows = graph.map(rowOf)
  return (peers) => {
    const mine = rowOf(peers)
    let links = 0
    for (const it of peers) {
      const row = rows[it]!
      for (let i = 0; i < words; i++) links += ones(row[i]! & mine[i]!)
    }
    return links
  }
}

/** How many bits of a word are set. */
function ones(word: number): number {
  let it = word - ((word >>> 1) & 0x55555555)
  it = (it & 0x33333333) + ((it >>> 2) & 0x33333333)
  return Math.imul((it + (it >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** @param graph without directions @returns 0 where there is no way at all */
export function pathLength(graph: Overlay, random: () => number): number {
  const { length } = graph
  const starts =
    length <= MOST_WALKED
      ? graph.keys()
      : Array.from({ length: SAMPLED }, () => Math.floor(random() * length)).values()
  const ways = new Ways(graph)
  let [sum, pairs] = [0, 0]
  for (const start of starts) {
    ways.walk(start)
    sum += ways.sum
    pairs += ways.reached - 1
  }
  return pairs === 0 ? 0 : sum / pairs
}

/** @param graph without directions */
export function components(graph: Overlay): number {
  return partsOf(graph).length
}

/** The nodes of each part between which no link leads. @param graph without directions */
export function partsOf(graph: Overlay): number[][] {
  const ways = new Ways(graph)
  const isSeen = new Uint8Array(graph.length)
  const parts: number[][] = []
  for (const start of graph.keys()) {
    if (isSeen[start] === 1) continue
    const part = [...ways.walk(start)]
    for (const it of part) isSeen[it] = 1
    parts.push(part)
  }
  return parts
}

/** 1 where there are none. */
export function symmetric(overlay: Overlay): number {
  const sets = overlay.map((it) => new Set(it))
  let [both, all] = [0, 0]
  for (const [from, peers] of overlay.entries()) {
    all += peers.length
    for (const to of peers) if (sets[to]!.has(from)) both += 1
  }
  return all === 0 ? 1 : both / all
}

/** Breadth first. */
class Ways {
  readonly #graph: Overlay
  readonly #distance: Int32Array
  readonly #queue: Int32Array
  sum = 0
  reached = 0

  constructor(graph: Overlay) {
    this.#graph = graph
    this.#distance = new Int32Array(graph.length)
    this.#queue = new Int32Array(graph.length)
  }

  /** @returns those that it comes to, the first one too; good until the next */
  walk(start: number): Int32Array {
    this.#distance.fill(-1)
    this.#distance[start] = 0
    this.#queue[0] = start
    this.sum = 0
    let last = 1
    for (let next = 0; next < last && last < this.#graph.length; next++) {
      const from = this.#queue[next]!
      for (const to of this.#graph[from]!) {
        if (this.#distance[to] !== -1) continue
        this.#distance[to] = this.#distance[from]! + 1
        this.sum += this.#distance[to]!
        this.#queue[last] = to
        last += 1
      }
    }
    this.reached = last
    return this.#queue.subarray(0, last)
  }
}
