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

export class Candidates {
  readonly #limits: CandidateLimits
  readonly #random: () => number
  readonly #madeRoom: (address: Address) => void
  /** With who told of them. */
  readonly #told = new Map<Address, unknown>()
  readonly #bySource = new Map<unknown, Address[]>()
  readonly #sources: unknown[] = []

  /** @param madeRoom told of each that had to */
  constructor(
    limits: CandidateLimits,
    random: () => number,
    madeRoom: (address: Address) => void = () => {},
  ) {
    this.#limits = limits
    this.#random = random
    this.#madeRoom = madeRoom
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
   */
  add(source: unknown, address: Address): void {
    if (this.#told.has(address)) return
    this.#told.set(address, source)
    const list = this.#bySource.get(source)
    if (list === undefined) this.#addSource(source, address)
    else {
      if (list.length >= this.#limits.perSource) this.#makeRoom(takeOut(list, this.#placeIn(list)))
      list.push(address)
    }
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

  #addSource(source: unknown, address: Address): void {
    if (this.#sources.length >= this.#limits.sources) {
      const out = this.#sources[this.#placeIn(this.#sources)]
      const list = this.#bySource.get(out)!
      this.#dropSource(out)
      for (const it of list) this.#makeRoom(it)
    }
    this.#bySource.set(source, [address])
    this.#sources.push(source)
  }

  #makeRoom(address: Address): void {
    this.#told.delete(address)
    this.#madeRoom(address)
  }

  #dropSource(source: unknown): void {
    this.#bySource.delete(source)
    takeOut(this.#sources, this.#sources.indexOf(source))
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
