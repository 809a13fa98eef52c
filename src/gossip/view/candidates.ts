/**
 * Addresses that this node was told of and has not reached yet: the "new" of Bitcoin's "new and tried" (Heilman et al.
 * 2015, "Eclipse attacks on Bitcoin's peer-to-peer network", section 2). Anybody can name any address, so they are few,
 * nobody gossips with them, and whoever tells of very many crowds out only what he told himself.
 */
import type { Address } from '../strategy.ts'

export interface CandidateLimits {
  /** Who told, at a time. */
  readonly sources: number
  /** Addresses told by each. */
  readonly perSource: number
}

const NOBODY: readonly Address[] = []

export class Candidates {
  readonly #limits: CandidateLimits
  readonly #random: () => number
  /** With who told of them. */
  readonly #told = new Map<Address, unknown>()
  readonly #bySource = new Map<unknown, Address[]>()
  readonly #sources: unknown[] = []

  constructor(limits: CandidateLimits, random: () => number) {
    this.#limits = limits
    this.#random = random
  }

  get size(): number {
    return this.#told.size
  }

  has(address: Address): boolean {
    return this.#told.has(address)
  }

  /**
   * Who is told of already stays as it was. Where there is no room a random one makes it: of two floods the honest one
   * has its chance.
   * @param source who told, compared by identity
   * @returns those that made room
   */
  add(source: unknown, address: Address): readonly Address[] {
    if (this.#told.has(address)) return NOBODY
    this.#told.set(address, source)
    const list = this.#bySource.get(source)
    if (list === undefined) return this.#addSource(source, address)
    if (list.length < this.#limits.perSource) {
      list.push(address)
      return NOBODY
    }
    const gone = takeOut(list, this.#placeIn(list))
    this.#told.delete(gone)
    list.push(address)
    return [gone]
  }

  /** Takes out a random one of a random source. */
  take(): Address | undefined {
    if (this.#sources.length === 0) return undefined
    const source = this.#sources[this.#placeIn(this.#sources)]
    const list = this.#bySource.get(source)!
    const address = takeOut(list, this.#placeIn(list))
    this.#told.delete(address)
    if (list.length === 0) this.#dropSource(source)
    return address
  }

  drop(address: Address): boolean {
    if (!this.#told.has(address)) return false
    const source = this.#told.get(address)
    this.#told.delete(address)
    const list = this.#bySource.get(source)!
    takeOut(list, list.indexOf(address))
    if (list.length === 0) this.#dropSource(source)
    return true
  }

  #addSource(source: unknown, address: Address): readonly Address[] {
    const isFull = this.#sources.length >= this.#limits.sources
    const gone = isFull ? this.#dropSource(this.#sources[this.#placeIn(this.#sources)]) : NOBODY
    this.#bySource.set(source, [address])
    this.#sources.push(source)
    return gone
  }

  #dropSource(source: unknown): readonly Address[] {
    const list = this.#bySource.get(source)!
    for (const address of list) this.#told.delete(address)
    this.#bySource.delete(source)
    takeOut(this.#sources, this.#sources.indexOf(source))
    return list
  }

  /** A random one. */
  #placeIn(list: readonly unknown[]): number {
    return Math.floor(this.#random() * list.length)
  }
}

/** Of a few: moves what follows, without the list that `splice` makes of what it took. */
function takeOut<T>(list: T[], place: number): T {
  const it = list[place]!
  for (let i = place + 1; i < list.length; i++) list[i - 1] = list[i]!
  list.pop()
  return it
}
