/** The nodes of a list of edges: they have names, numbers or words, and get a place each. */
import { type Names, placeIn } from './node-names.ts'
import { Pairs } from './pairs.ts'

/** A number as it is written without more ado; 007 is another name than 7. */
const NUMBER = /^(?:0|[1-9]\d*)$/
/** With more digits they don't fit an array of numbers, and are words. */
const MOST_DIGITS = 9
/** A part of a longer text would keep all of it in memory; the engine copies shorter ones. */
const COPIED = 12

export interface Numbered {
  readonly nodes: number
  readonly names: Names | undefined
  /** Places, pair by pair. */
  readonly edges: Int32Array
  /** Edges of a node to itself, which are left out. */
  readonly loops: number
}

/** Collects edges: as long as all nodes are numbers they need no texts. */
export class Ids {
  /** Numbers or, once there is a word, the order in which names were met. */
  #ids = new Pairs()
  #words: Map<string, number> | undefined

  get pairs(): number {
    return this.#ids.size
  }

  add(a: string, b: string): void {
    if (this.#words === undefined && !(isSmall(a) && isSmall(b))) this.#words = this.#toWords()
    if (this.#words === undefined) this.#ids.add(Number(a), Number(b))
    else this.#ids.add(this.#idOf(a, this.#words), this.#idOf(b, this.#words))
  }

  /** Is the first pair two words that are nowhere else, and known ones or among numbers only? */
  isHeader(known: RegExp): boolean {
    if (this.#words === undefined) return false
    const all = this.#ids.numbers()
    const [first, second] = all
    for (let i = 2; i < all.length; i++) if (all[i] === first || all[i] === second) return false
    const isNumber = (it: string): boolean => /^\d+$/.test(it)
    const names = [...this.#words.keys()]
    const [head, others] = [names.slice(0, 2), names.slice(2)]
    if (head.every((it) => known.test(it))) return true
    return others.length > 0 && !head.some(isNumber) && others.every(isNumber)
  }

  numbered(): Numbered {
    return this.#words === undefined ? this.#ofNumbers() : this.#ofWords(this.#words)
  }

  #ofNumbers(): Numbered {
    const ids = this.#ids.numbers()
    const all = ids.slice().sort()
    let nodes = 0
    for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[nodes - 1]) all[nodes++] = all[i]!
    const names = all.slice(0, nodes)
    // Numbers from 0 on, without gaps, are their places.
    if (nodes === 0 || names[nodes - 1] === nodes - 1)
      return { nodes, names: undefined, ...withoutLoops(ids) }
    return { nodes, names, ...withoutLoops(ids.map((it) => placeIn(names, it))) }
  }

  #ofWords(words: ReadonlyMap<string, number>): Numbered {
    const names = sorted([...words.keys()])
    const places = new Int32Array(names.length)
    for (const [place, name] of names.entries()) places[words.get(name)!] = place
    return { nodes: names.length, names, ...withoutLoops(this.#ids.numbers().map((id) => places[id]!)) }
  }

  #toWords(): Map<string, number> {
    const words = new Map<string, number>()
    const ids = new Pairs()
    const before = this.#ids.numbers()
    for (let i = 0; i < before.length; i += 2)
      ids.add(this.#idOf(String(before[i]), words), this.#idOf(String(before[i + 1]), words))
    this.#ids = ids
    return words
  }

  #idOf(name: string, words: Map<string, number>): number {
    const known = words.get(name)
    if (known !== undefined) return known
    words.set(name.length > COPIED ? JSON.parse(JSON.stringify(name)) : name, words.size)
    return words.size - 1
  }
}

function isSmall(name: string): boolean {
  return name.length <= MOST_DIGITS && NUMBER.test(name)
}

/** Numbers by number, of whatever length, then words. */
function sorted(names: readonly string[]): string[] {
  const numbers = names.filter((it) => NUMBER.test(it))
  const words = names.filter((it) => !NUMBER.test(it))
  return [...numbers.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)), ...words.sort()]
}

function withoutLoops(pairs: Int32Array): { edges: Int32Array; loops: number } {
  let kept = 0
  const edges = pairs.slice()
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] === pairs[i + 1]) continue
    edges[kept++] = pairs[i]!
    edges[kept++] = pairs[i + 1]!
  }
  return { edges: kept === edges.length ? edges : edges.slice(0, kept), loops: (pairs.length - kept) / 2 }
}
