/** Events as numbers: 16 bytes each, two 8-byte places, so that one is found in one line of the processor's cache. */

/** A record: the time; and behind it, as 4-byte numbers, who, and the other. */
export const REALS = 2
export const INTEGERS = 4
export const WHO = 2
export const OTHER = 3

/** Nodes are numbered below 2^24, kinds below 2^8. */
const NODE_BITS = 24
const NODE_MASK = 2 ** NODE_BITS - 1

export function whoOf(kind: number, node: number): number {
  return (kind << NODE_BITS) | node
}

export function kindOf(who: number): number {
  return who >>> NODE_BITS
}

export function nodeOf(who: number): number {
  return who & NODE_MASK
}

/** Some events in the order in which they came, and what each is about. */
export class Records<T> {
  reals = new Float64Array(64 * REALS)
  integers = new Int32Array(this.reals.buffer)
  readonly items: (T | undefined)[] = []
  count = 0

  add(time: number, who: number, other: number, item: T | undefined): void {
    const i = this.count++
    if (i * REALS === this.reals.length) this.#grow(2 * i)
    this.set(i, time, who, other, item)
  }

  set(i: number, time: number, who: number, other: number, item: T | undefined): void {
    this.reals[i * REALS] = time
    this.integers[i * INTEGERS + WHO] = who
    this.integers[i * INTEGERS + OTHER] = other
    this.items[i] = item
  }

  timeOf(i: number): number {
    return this.reals[i * REALS]!
  }

  /** There will be so many. */
  expect(count: number): void {
    if (count * REALS > this.reals.length) this.#grow(Math.max(count, this.reals.length))
  }

  #grow(room: number): void {
    const { reals } = this
    this.reals = new Float64Array(room * REALS)
    this.reals.set(reals)
    this.integers = new Int32Array(this.reals.buffer)
  }
}
