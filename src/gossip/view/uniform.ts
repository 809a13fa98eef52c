/** Everyone may pick anyone: one array of all addresses, shared by all nodes, which is what makes 10^6 possible. */
import type { Address } from '../strategy.ts'
import { isExcepted } from './except.ts'
import { pick } from './pick.ts'
import type { Change, Except, PeerView } from './view.ts'

const UNCHANGED: Change = { up: [], down: [] }

export class UniformView implements PeerView {
  readonly #self: Address
  readonly #everyone: Address[]

  /** @param everyone all addresses, `self` among them; not copied */
  constructor(self: Address, everyone: Address[]) {
    this.#self = self
    this.#everyone = everyone
  }

  get size(): number {
    return this.#everyone.length - 1
  }

  list(): Address[] {
    return this.#everyone.filter((it) => it !== this.#self)
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    return pick(this.#everyone, k, random, (it) => it === this.#self || isExcepted(except, it))
  }

  share(): undefined {
    return undefined
  }

  heard(): Change {
    return UNCHANGED
  }

  failed(): boolean {
    return true
  }

  period(): readonly Address[] {
    return []
  }
}
