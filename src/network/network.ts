/** What the network between nodes does to their messages: loses, repeats, and does not let them through. */
import type { Latency } from './latency.ts'

/** What can change while nodes run; what is not named stays. */
export interface NetworkChange {
  /** Probability that a message is lost, 0 to 1. */
  readonly loss?: number | undefined
  /** Probability that a message comes twice, 0 to 1. */
  readonly duplicate?: number | undefined
  readonly latency?: Latency | undefined
}

interface Cut {
  readonly from: ReadonlySet<number>
  readonly to: ReadonlySet<number>
}

export class Network {
  loss: number
  duplicate: number
  readonly #random: () => number
  /** The group that each node is in while the network is partitioned; a node in none is in group -1. */
  #groups: Map<number, number> | undefined
  /** Ways that are cut, in one direction each. */
  #cuts: Cut[] = []

  /** @param random uniform in [0, 1), of the network's own */
  constructor({ loss, duplicate }: { loss: number; duplicate: number }, random: () => number) {
    this.loss = loss
    this.duplicate = duplicate
    this.#random = random
  }

  /** Only nodes of one group reach each other; those that are in none form one more group. */
  partition(groups: readonly (readonly number[])[]): void {
    this.#groups = new Map(groups.flatMap((group, i) => group.map((node) => [node, i] as const)))
  }

  /** Nothing gets from these to those; the way back stays. */
  cut(from: readonly number[], to: readonly number[]): void {
    this.#cuts.push({ from: new Set(from), to: new Set(to) })
  }

  /** All ways are open again. */
  heal(): void {
    this.#groups = undefined
    this.#cuts = []
  }

  /** What is lost and repeated from now on; how long messages take is the host's affair. */
  change({ loss, duplicate }: NetworkChange): void {
    this.loss = loss ?? this.loss
    this.duplicate = duplicate ?? this.duplicate
  }

  /** Is any way cut? */
  get isBroken(): boolean {
    return this.#groups !== undefined || this.#cuts.length > 0
  }

  isCut(from: number, to: number): boolean {
    if (this.#groups !== undefined && (this.#groups.get(from) ?? -1) !== (this.#groups.get(to) ?? -1))
      return true
    return this.#cuts.length > 0 && this.#cuts.some((cut) => cut.from.has(from) && cut.to.has(to))
  }

  /** How many copies of a message arrive: 0, 1 or 2. */
  copies(): number {
    if (this.loss > 0 && this.#random() < this.loss) return 0
    return this.duplicate > 0 && this.#random() < this.duplicate ? 2 : 1
  }
}
