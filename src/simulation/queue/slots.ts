/**
 * Lists of events, one for each slot of a rim, in the order in which they came. A list is a chain of chunks of eight, so
 * that it is written and read line by line of the processor's cache; chunks lie in blocks, so that nothing is ever copied
 * to grow.
 */
import type { Records } from './records.ts'

const CHUNK = 8
const CHUNKS_A_BLOCK = 512
const BLOCK = CHUNK * CHUNKS_A_BLOCK

/** No chunk has that number. */
const NONE = 0

class Block<T> {
  readonly times = new Float64Array(BLOCK)
  readonly whos = new Uint32Array(BLOCK)
  readonly others = new Int32Array(BLOCK)
  readonly items: (T | undefined)[] = new Array(BLOCK)
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
    const index = Math.floor(chunk / CHUNKS_A_BLOCK)
    this.#blocks[index] ??= new Block()
    return this.#blocks[index]
  }
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
    if (count % CHUNK === 0) {
      const full = chunk
      chunk = chunks.take()
      if (count === 0) this.#first[slot] = chunk
      else chunks.chain(full, chunk)
      this.#last[slot] = chunk
    }
    this.#counts[slot] = count + 1
    const block = chunks.blockOf(chunk)
    const i = (chunk % CHUNKS_A_BLOCK) * CHUNK + (count % CHUNK)
    block.times[i] = time
    block.whos[i] = who
    block.others[i] = other
    block.items[i] = item
  }

  /** Moves what is in a slot to the end of these. @returns how many that were */
  move(slot: number, to: Records<T>): number {
    const chunks = this.#chunks
    const count = this.#counts[slot]!
    this.#counts[slot] = 0
    let chunk = this.#first[slot]!
    for (let left = count; left > 0; left -= CHUNK) {
      const { times, whos, others, items } = chunks.blockOf(chunk)
      const from = (chunk % CHUNKS_A_BLOCK) * CHUNK
      const end = from + Math.min(left, CHUNK)
      for (let i = from; i < end; i++) {
        to.add(times[i]!, whos[i]!, others[i]!, items[i])
        items[i] = undefined
      }
      const next = chunks.after(chunk)
      chunks.giveBack(chunk)
      chunk = next
    }
    return count
  }
}
