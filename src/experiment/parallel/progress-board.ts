/**
 * How far the runs under way have come, on a board that all threads share: to write there costs a run nothing, and
 * whoever draws it looks when it likes.
 */

export interface HowFar {
  readonly nodes: number
  /** Things that happened. */
  readonly events: number
  /** Live nodes that hold the value. */
  readonly reached: number
  /** Simulated time, ms or rounds. */
  readonly now: number
}

const FIELDS = 4
const BYTES = Float64Array.BYTES_PER_ELEMENT

/** Places that were taken, then the places. @param threads that write on it */
export function newBoard(threads: number): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES * (1 + FIELDS * threads))
}

/**
 * A place of one's own on the board, for one run after the other.
 * @returns tells how far a run has come; undefined, as soon as it is over
 */
export function placeOn(board: SharedArrayBuffer): (it: HowFar | undefined) => void {
  const from = FIELDS * Atomics.add(new Int32Array(board, 0, 1), 0, 1)
  const places = new Float64Array(board, BYTES)
  return (it) => {
    // A thread that took the place of one that fell has none.
    if (from >= places.length) return
    if (it === undefined) places.fill(0, from, from + FIELDS)
    else places.set([it.nodes, it.events, it.reached, it.now], from)
  }
}

/** The runs under way that have told something. */
export function readBoard(board: SharedArrayBuffer): HowFar[] {
  const places = new Float64Array(board, BYTES)
  return Array.from({ length: places.length / FIELDS }, (_, i) => {
    const [nodes = 0, events = 0, reached = 0, now = 0] = places.subarray(FIELDS * i, FIELDS * (i + 1))
    return { nodes, events, reached, now }
  }).filter(({ nodes }) => nodes > 0)
}
