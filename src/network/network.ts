/** What the network between nodes does to their messages: loses, repeats, and does not let them through. */
import { Connectivity } from './connectivity.ts'
import type { Latency } from './latency.ts'

export type { Links } from './connectivity.ts'

/** What can change while nodes run; what is not named stays. */
export interface NetworkChange {
  /** Probability that a message is lost, 0 to 1. */
  readonly loss?: number | undefined
  /** Probability that a message comes twice, 0 to 1. */
  readonly duplicate?: number | undefined
  readonly latency?: Latency | undefined
}

export class Network extends Connectivity {
  loss: number
  duplicate: number
  readonly #random: () => number

  /** @param random uniform in [0, 1), of the network's own */
  constructor({ loss, duplicate }: { loss: number; duplicate: number }, random: () => number) {
    super()
    this.loss = loss
    this.duplicate = duplicate
    this.#random = random
  }

  /** What is lost and repeated from now on; how long messages take is the host's affair. */
  change({ loss, duplicate }: NetworkChange): void {
    this.loss = loss ?? this.loss
    this.duplicate = duplicate ?? this.duplicate
  }

  /** How many copies of a message arrive: 0, 1 or 2. */
  copies(): number {
    if (this.loss > 0 && this.#random() < this.loss) return 0
    return this.duplicate > 0 && this.#random() < this.duplicate ? 2 : 1
  }
}
