/** Peers that are gone: they are asked now and then, and sooner where others say that they live on. */
import type { Address } from '../strategy.ts'

/** How many of the addresses worth asking are kept at a time. */
const MAX_REVIVALS = 32

export class Forgotten {
  readonly #max: number
  /** With the heartbeat they had. */
  readonly #heartbeats = new Map<Address, number>()
  readonly #revivals = new Set<Address>()

  /** @param max remembered; the oldest make room */
  constructor(max: number) {
    this.#max = max
  }

  has(address: Address): boolean {
    return this.#heartbeats.has(address)
  }

  /** Oldest first. */
  list(): Address[] {
    return [...this.#heartbeats.keys()]
  }

  add(address: Address, heartbeat: number): void {
    this.#heartbeats.set(address, heartbeat)
    if (this.#heartbeats.size > this.#max) this.#heartbeats.delete(this.#heartbeats.keys().next().value!)
  }

  drop(address: Address): void {
    this.#heartbeats.delete(address)
    this.#revivals.delete(address)
  }

  /** Others tell of its heartbeat. @returns is it one of them? */
  told(address: Address, heartbeat: number): boolean {
    const last = this.#heartbeats.get(address)
    if (last === undefined) return false
    if (heartbeat > last && this.#revivals.size < MAX_REVIVALS) this.#revivals.add(address)
    return true
  }

  /** What others said before it left is no reason to ask. */
  dropRevival(address: Address): void {
    this.#revivals.delete(address)
  }

  takeRevival(): Address | undefined {
    const [first] = this.#revivals
    if (first !== undefined) this.#revivals.delete(first)
    return first
  }
}
