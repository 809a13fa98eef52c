/**
 * Addresses that this node was told of and has not reached yet: the "new" of Bitcoin's "new and tried" (Heilman et al.
 * 2015, "Eclipse attacks on Bitcoin's peer-to-peer network", section 2). Anybody can name any address, so they are few,
 * nobody gossips with them, and whoever tells of very many crowds out only what he told himself.
 */
import type { Address } from '../strategy.ts'

export interface Candidate {
  readonly address: Address
  /** As it was told. */
  readonly heartbeat: number
}

interface Entry extends Candidate {
  readonly source: unknown
}

export interface CandidateLimits {
  /** Who told, at a time. */
  readonly sources: number
  /** Addresses told by each. */
  readonly perSource: number
}

export class Candidates {
  readonly #limits: CandidateLimits
  readonly #random: () => number
  readonly #entries = new Map<Address, Entry>()
  readonly #bySource = new Map<unknown, Address[]>()
  readonly #sources: unknown[] = []

  constructor(limits: CandidateLimits, random: () => number) {
    this.#limits = limits
    this.#random = random
  }

  get size(): number {
    return this.#entries.size
  }

  has(address: Address): boolean {
    return this.#entries.has(address)
  }

  get(address: Address): Candidate | undefined {
    return this.#entries.get(address)
  }

  /** The one that was told last. */
  get last(): Address | undefined {
    return this.#sources.length === 0 ? undefined : this.#bySource.get(this.#sources.at(-1))!.at(-1)
  }

  /**
   * Who is told of already stays as it was. Where there is no room a random one makes it: of two floods the honest one
   * has its chance.
   * @param source who told, compared by identity
   * @returns those that made room
   */
  add(source: unknown, address: Address, heartbeat: number): readonly Address[] {
    if (this.#entries.has(address)) return []
    let gone: readonly Address[] = []
    const told = this.#bySource.get(source)
    if (told === undefined && this.#sources.length >= this.#limits.sources)
      gone = this.#dropSource(this.#one(this.#sources))
    else if (told !== undefined && told.length >= this.#limits.perSource) {
      const one = this.#one(told)
      gone = [one]
      this.drop(one)
    }
    this.#entries.set(address, { address, heartbeat, source })
    const list = this.#bySource.get(source)
    if (list !== undefined) list.push(address)
    else {
      this.#bySource.set(source, [address])
      this.#sources.push(source)
    }
    return gone
  }

  /** Takes out a random one of a random source. */
  take(): Candidate | undefined {
    if (this.#sources.length === 0) return undefined
    const address = this.#one(this.#bySource.get(this.#one(this.#sources))!)
    const entry = this.#entries.get(address)
    this.drop(address)
    return entry
  }

  drop(address: Address): boolean {
    const entry = this.#entries.get(address)
    if (entry === undefined) return false
    this.#entries.delete(address)
    const list = this.#bySource.get(entry.source)!
    list.splice(list.indexOf(address), 1)
    if (list.length === 0) this.#dropSource(entry.source)
    return true
  }

  #dropSource(source: unknown): readonly Address[] {
    const list = this.#bySource.get(source)!
    for (const address of list) this.#entries.delete(address)
    this.#bySource.delete(source)
    this.#sources.splice(this.#sources.indexOf(source), 1)
    return list
  }

  #one<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!
  }
}
