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
    if (this.#told.has(address)) return []
    let gone: readonly Address[] = []
    const told = this.#bySource.get(source)
    if (told === undefined && this.#sources.length >= this.#limits.sources)
      gone = this.#dropSource(this.#one(this.#sources))
    else if (told !== undefined && told.length >= this.#limits.perSource) {
      const one = this.#one(told)
      gone = [one]
      this.drop(one)
    }
    this.#told.set(address, source)
    const list = this.#bySource.get(source)
    if (list !== undefined) list.push(address)
    else {
      this.#bySource.set(source, [address])
      this.#sources.push(source)
    }
    return gone
  }

  /** Takes out a random one of a random source. */
  take(): Address | undefined {
    if (this.#sources.length === 0) return undefined
    const address = this.#one(this.#bySource.get(this.#one(this.#sources))!)
    this.drop(address)
    return address
  }

  drop(address: Address): boolean {
    if (!this.#told.has(address)) return false
    const source = this.#told.get(address)
    this.#told.delete(address)
    const list = this.#bySource.get(source)!
    list.splice(list.indexOf(address), 1)
    if (list.length === 0) this.#dropSource(source)
    return true
  }

  #dropSource(source: unknown): readonly Address[] {
    const list = this.#bySource.get(source)!
    for (const address of list) this.#told.delete(address)
    this.#bySource.delete(source)
    this.#sources.splice(this.#sources.indexOf(source), 1)
    return list
  }

  #one<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!
  }
}
