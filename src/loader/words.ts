/** Texts that come again and again in a file, such as addresses: each is in memory once, and most are found without being cut out. */

/** Kept at a time, so that no file fills the memory; those that come again after that are in memory once more. */
const MOST_WORDS = 1 << 20
/** Where a word is looked for first, by its hash. */
const SLOTS = 1 << 16

interface Word {
  readonly text: string
  readonly bytes: Uint8Array
}

const NONE: Word = { text: '', bytes: new Uint8Array() }

export class Words {
  readonly #words = new Map<string, Word>()
  readonly #slots = new Array<Word>(SLOTS).fill(NONE)
  readonly #most: number

  constructor(most = MOST_WORDS) {
    this.#most = most
  }

  /** A part of a text in ASCII. @param hash of its bytes, each added by `hashOf`, from 0 on */
  find(bytes: Buffer, from: number, to: number, hash: number): string {
    const slot = hash & (SLOTS - 1)
    const word = this.#slots[slot]!
    if (word.bytes.length === to - from && isAt(word.bytes, bytes, from)) return word.text
    const found = this.#word(bytes.toString('latin1', from, to))
    this.#slots[slot] = found
    return found.text
  }

  once(text: string): string {
    return this.#word(text).text
  }

  #word(text: string): Word {
    const known = this.#words.get(text)
    if (known !== undefined) return known
    if (this.#words.size === this.#most) this.#words.clear()
    const word = { text: comparable(text), bytes: Buffer.from(text) }
    this.#words.set(word.text, word)
    return word
  }
}

/** The same text, as names in programs are held: two of these are the same or not by where they are in memory. */
function comparable(text: string): string {
  return Object.keys({ [text]: 0 })[0]!
}

export function hashOf(before: number, byte: number): number {
  return (Math.imul(before, 31) + byte) | 0
}

export function isAt(word: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < word.length; i++) if (word[i] !== bytes[from + i]) return false
  return true
}
