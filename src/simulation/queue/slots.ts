/**
 * Lists of events, one for each slot of a rim, in the order in which they came. A list is a chain of chunks of eight, so
 * that it is written and read line by line of the processor's cache; chunks lie in blocks, so that nothing is ever copied
 * to grow.
 */
import { INTEGERS, OTHER, REALS, type Records, WHO } from './records.ts'

/** As powers of two: events of a chunk, chunks of a block. */
const CHUNK_BITS = 3
const BLOCK_BITS = 9
const CHUNK = 2 ** CHUNK_BITS
const CHUNKS_A_BLOCK = 2 ** BLOCK_BITS

/** No chunk has that number. */
const NONE = 0

class Block<T> {
  readonly reals = new Float64Array(CHUNK * CHUNKS_A_BLOCK * REALS)
  readonly integers = new Int32Array(this.reals.buffer)
  readonly items: (T | undefined)[] = new Array(CHUNK * CHUNKS_A_BLOCK)
}

/** Where lists, of several rims, have their chunks from. */
export class Chunks<T> {
  readonly #blocks: Block<T>[] = []
  /** The chunk after each in its list, or in that of free ones. */
  #next = new Int32Array(CHUNKS_A_BLOCK)
  #free = NONE
  #used = NONE + 1

  /** A free one. */
  take(): number {
    const free = this.#free
    if (free !== NONE) {
      this.#free = this.#next[free]!
      return free
    }
    const chunk = this.#used++
    if (chunk >> BLOCK_BITS === this.#blocks.length) this.#blocks.push(new Block())
    if (chunk >= this.#next.length) {
      const next = this.#next
      this.#next = new Int32Array(2 * next.length)
      this.#next.set(next)
    }
    return chunk
  }

  giveBack(chunk: number): void {
    this.#next[chunk] = this.#free
    this.#free = chunk
  }

  chain(chunk: number, next: number): void {
    this.#next[chunk] = next
  }

  after(chunk: number): number {
    return this.#next[chunk]!
  }

  blockOf(chunk: number): Block<T> {
    return this.#blocks[chunk >> BLOCK_BITS]!
  }
}

/** Where in its block the events of a chunk begin. */
function firstOf(chunk: number): number {
  return (chunk & (CHUNKS_A_BLOCK - 1)) << CHUNK_BITS
}

export class Slots<T> {
  readonly #chunks: Chunks<T>
  readonly #first: Int32Array
  readonly #last: Int32Array
  readonly #counts: Int32Array

  constructor(slots: number, chunks: Chunks<T>) {
    this.#chunks = chunks
    this.#first = new Int32Array(slots)
    this.#last = new Int32Array(slots)
    this.#counts = new Int32Array(slots)
  }

  isEmpty(slot: number): boolean {
    return this.#counts[slot] === 0
  }

  add(slot: number, time: number, who: number, other: number, item: T | undefined): void {
    const chunks = this.#chunks
    const count = this.#counts[slot]!
    let chunk = this.#last[slot]!
    const place = count & (CHUNK - 1)
    if (place === 0) {
      const full = chunk
      chunk = chunks.take()
      if (count === 0) this.#first[slot] = chunk
      else chunks.chain(full, chunk)
      this.#last[slot] = chunk
    }
    this.#counts[slot] = count + 1
    const { reals, integers, items } = chunks.blockOf(chunk)
    const i = firstOf(chunk) + place
    reals[i * REALS] = time
    integers[i * INTEGERS + WHO] = who
    integers[i * INTEGERS + OTHER] = other
    items[i] = item
  }

  /** Moves what is in a slot to the end of these. @returns how many that were */
  move(slot: number, to: Records<T>): number {
    const chunks = this.#chunks
    const count = this.#counts[slot]!
    this.#counts[slot] = 0
    let chunk = this.#first[slot]!
    to.expect(to.count + count)
    for (let left = count; left > 0; left -= CHUNK) {
      const { reals, integers, items } = chunks.blockOf(chunk)
      const from = firstOf(chunk)
      const end = from + Math.min(left, CHUNK)
      for (let i = from; i < end; i++) {
        to.add(reals[i * REALS]!, integers[i * INTEGERS + WHO]!, integers[i * INTEGERS + OTHER]!, items[i])
      }
      const next = chunks.after(chunk)
      chunks.giveBack(chunk)
      chunk = next
    }
    return count
  }
}
