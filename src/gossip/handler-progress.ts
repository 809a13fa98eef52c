/**
 * What of a strategy is under way in this thread, on a board that another thread can look at: a handler that does not
 * come back can't tell it itself. It costs a handler two numbers that are written down.
 */

/** Numbers at its beginning: what is under way (0: nothing), how often that changed or went on, the mark, known names. */
const UNDER_WAY = 0
const BEATS = 1
const MARK = 2
const NAMES = 3
const HEAD = 4

/** Names that are told apart, and their length; what is more shares the last. */
const MAX_NAMES = 250
const NAME_LENGTH = 120
const OTHER = 'a strategy'

/** Bytes of a board, a multiple of 4. */
export const BOARD_BYTES = 4 * Math.ceil(HEAD + ((MAX_NAMES + 1) * (NAME_LENGTH + 1)) / 2)

export class Board {
  readonly #head: Int32Array
  readonly #texts: Uint16Array

  /** @param at where in the buffer it begins: a multiple of 4 */
  constructor(buffer: ArrayBufferLike, at = 0) {
    this.#head = new Int32Array(buffer, at, HEAD)
    this.#texts = new Uint16Array(buffer, at + 4 * HEAD, (MAX_NAMES + 1) * (NAME_LENGTH + 1))
  }

  get head(): Int32Array {
    return this.#head
  }

  /** What is under way; undefined for nothing. */
  get underWay(): string | undefined {
    const id = this.#head[UNDER_WAY]!
    if (id === 0) return undefined
    const from = id * (NAME_LENGTH + 1)
    return String.fromCharCode(...this.#texts.subarray(from + 1, from + 1 + this.#texts[from]!))
  }

  get beats(): number {
    return this.#head[BEATS]!
  }

  get mark(): number {
    return this.#head[MARK]!
  }

  write(id: number, name: string): void {
    const from = id * (NAME_LENGTH + 1)
    this.#texts[from] = Math.min(name.length, NAME_LENGTH)
    for (let i = 0; i < NAME_LENGTH && i < name.length; i++) this.#texts[from + 1 + i] = name.charCodeAt(i)
    this.#head[NAMES] = Math.max(this.#head[NAMES]!, id)
  }
}

const ids = new Map<string, number>()
let board = new Board(new ArrayBuffer(BOARD_BYTES))
let head = board.head

/** From now on this thread writes there. */
export function writeOn(another: Board): void {
  for (const [name, id] of ids) another.write(id, name)
  board = another
  head = board.head
}

/** A number for what will be under way. */
export function idOf(name: string): number {
  const known = ids.get(name)
  if (known !== undefined) return known
  const id = Math.min(ids.size + 1, MAX_NAMES)
  ids.set(name, id)
  board.write(id, id === MAX_NAMES ? OTHER : name)
  return id
}

/** It begins. */
export function begin(id: number): void {
  head[UNDER_WAY] = id
  head[BEATS] = (head[BEATS]! + 1) | 0
}

/** What is, 0 for nothing. */
export function underWay(): number {
  return head[UNDER_WAY]!
}

/** It goes on: whatever it is, it does not hang. */
export function progressed(): void {
  head[BEATS] = (head[BEATS]! + 1) | 0
}

/** It is over. */
export function end(): void {
  head[UNDER_WAY] = 0
}

/** Something that whoever looks is to know, such as a seed. */
export function mark(number: number): void {
  head[MARK] = number | 0
}
