/** Who knows whom, in compressed sparse rows: a million nodes with six neighbours each are 28 MB. */
export class Graph {
  readonly #offsets: Int32Array
  readonly #targets: Int32Array

  /**
   * @param offsets where each node's neighbours begin in `targets`, and at last where those of the last node end
   * @param targets of each node in turn its neighbours, none twice, never the node itself
   */
  constructor(offsets: Int32Array, targets: Int32Array) {
    this.#offsets = offsets
    this.#targets = targets
  }

  get nodes(): number {
    return this.#offsets.length - 1
  }

  /** How many links there are; one that goes both ways is two. */
  get links(): number {
    return this.#targets.length
  }

  /** Whom a node knows; not a copy. */
  neighbours(node: number): Int32Array {
    return this.#targets.subarray(this.#offsets[node], this.#offsets[node + 1])
  }

  /** One of those whom a node knows. @param place from 0 on, below its degree */
  neighbour(node: number, place: number): number {
    return this.#targets[this.#offsets[node]! + place]!
  }

  /** How many a node knows. */
  degree(node: number): number {
    return this.#offsets[node + 1]! - this.#offsets[node]!
  }

  /** Breadth first search: 1 for each node that can be reached along links from that one (itself too), else 0. */
  reachable(from: number): Uint8Array {
    const isReached = new Uint8Array(this.nodes)
    const queue = new Int32Array(this.nodes)
    let last = 0
    isReached[from] = 1
    queue[last++] = from
    for (let first = 0; first < last; first++) {
      const node = queue[first]!
      for (let i = this.#offsets[node]!; i < this.#offsets[node + 1]!; i++) {
        const target = this.#targets[i]!
        if (isReached[target] === 1) continue
        isReached[target] = 1
        queue[last++] = target
      }
    }
    return isReached
  }
}
