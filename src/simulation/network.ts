/** What the network does to messages: loses, repeats, and does not let them through. */
import type { Dice } from './dice.ts'

export class Network {
  loss: number
  duplicate: number
  readonly #dice: Dice
  /** The group that each node is in while the network is partitioned; a node in none is in group -1. */
  #groups: Map<number, number> | undefined
  /** Cuts one way, as "from>to". */
  readonly #cuts = new Set<string>()

  constructor({ loss, duplicate }: { loss: number; duplicate: number }, dice: Dice) {
    this.loss = loss
    this.duplicate = duplicate
    this.#dice = dice
  }

  /** Only nodes of one group reach each other; those that are in none form one more group. */
  partition(groups: readonly (readonly number[])[]): void {
    this.#groups = new Map(groups.flatMap((group, i) => group.map((node) => [node, i] as const)))
  }

  /** Nothing gets from `from` to `to`; the way back stays. */
  cut(from: number, to: number): void {
    this.#cuts.add(`${from}>${to}`)
  }

  /** All ways are open again. */
  heal(): void {
    this.#groups = undefined
    this.#cuts.clear()
  }

  isCut(from: number, to: number): boolean {
    if (this.#groups !== undefined && (this.#groups.get(from) ?? -1) !== (this.#groups.get(to) ?? -1))
      return true
    return this.#cuts.size > 0 && this.#cuts.has(`${from}>${to}`)
  }

  /** How many copies of a message arrive: 0, 1 or 2. */
  copies(): number {
    if (this.loss > 0 && this.#dice.random() < this.loss) return 0
    return this.duplicate > 0 && this.#dice.random() < this.duplicate ? 2 : 1
  }
}
