/** Graphs out of pairs of nodes: sorted by counting, in a few passes over arrays of numbers. */
import { Graph } from './graph.ts'
import { Pairs } from './pairs.ts'

/** Collects links for a graph. */
export class GraphBuilder {
  readonly #nodes: number
  readonly #both = new Pairs()
  readonly #oneWay = new Pairs()

  constructor(nodes: number) {
    this.#nodes = nodes
  }

  /** `a` knows `b`. */
  link(a: number, b: number): void {
    this.#oneWay.add(a, b)
  }

  /** Each knows the other. */
  linkBoth(a: number, b: number): void {
    this.#both.add(a, b)
  }

  /** Of all links until now. @throws {RangeError} if one is to a node that is not there */
  graph(): Graph {
    return graphOfPairs(this.#nodes, this.#both.numbers(), this.#oneWay.numbers())
  }
}

/**
 * A link that is there twice counts once, one of a node to itself not at all.
 *
 * @param both pairs of nodes that know each other, one pair after the other
 * @param oneWay pairs of which the first knows the second
 * @throws {RangeError} if there is a node that is not below `nodes`
 */
export function graphOfPairs(nodes: number, both: Int32Array, oneWay: Int32Array = new Int32Array()): Graph {
  const offsets = new Int32Array(nodes + 1)
  eachLink(both, oneWay, (from, to) => {
    if (from < 0 || from >= nodes || to < 0 || to >= nodes)
      throw new RangeError(`the link ${from} ${to} is not among nodes 0 to ${nodes - 1}`)
    offsets[from + 1]! += 1
  })
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!

  const targets = new Int32Array(offsets[nodes]!)
  const next = offsets.slice()
  eachLink(both, oneWay, (from, to) => {
    targets[next[from]!++] = to
  })
  return withoutRepeats(offsets, targets)
}

function eachLink(both: Int32Array, oneWay: Int32Array, visit: (from: number, to: number) => void): void {
  for (let i = 0; i < both.length; i += 2) {
    visit(both[i]!, both[i + 1]!)
    visit(both[i + 1]!, both[i]!)
  }
  for (let i = 0; i < oneWay.length; i += 2) visit(oneWay[i]!, oneWay[i + 1]!)
}

/** Moves what stays to the front, in the arrays that it is given. */
function withoutRepeats(offsets: Int32Array, targets: Int32Array): Graph {
  const nodes = offsets.length - 1
  const lastSeenBy = new Int32Array(nodes).fill(-1)
  let kept = 0
  let begin = 0
  for (let node = 0; node < nodes; node++) {
    const end = offsets[node + 1]!
    lastSeenBy[node] = node
    for (let i = begin; i < end; i++) {
      const target = targets[i]!
      if (lastSeenBy[target] === node) continue
      lastSeenBy[target] = node
      targets[kept++] = target
    }
    begin = end
    offsets[node + 1] = kept
  }
  return new Graph(offsets, kept === targets.length ? targets : targets.slice(0, kept))
}
