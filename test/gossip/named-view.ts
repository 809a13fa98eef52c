/** A uniform view whose addresses have names, as tests like to read them. */
import type { Address } from '../../src/gossip/strategy.ts'
import { addressOf, numberOf } from '../../src/gossip/view/node-number.ts'
import { UniformView } from '../../src/gossip/view/uniform.ts'
import type { Change, Except, PeerView } from '../../src/gossip/view/view.ts'

export class NamedView implements PeerView {
  readonly #names: readonly Address[]
  readonly #inner: UniformView

  constructor(self: Address, names: readonly Address[]) {
    this.#names = names
    this.#inner = new UniformView(names.indexOf(self), names.length)
  }

  get size(): number {
    return this.#inner.size
  }

  list(): Address[] {
    return this.#named(this.#inner.list())
  }

  pick(k: number, except: Except, random: () => number): Address[] {
    const numbers = [...except].map((name) => name && addressOf(this.#names.indexOf(name)))
    return this.#named(this.#inner.pick(k, 'has' in except ? new Set(numbers as Address[]) : numbers, random))
  }

  knows(): boolean {
    return this.#inner.knows()
  }

  heard(): Change {
    return this.#inner.heard()
  }

  reached(): Change {
    return this.#inner.reached()
  }

  failed(): boolean {
    return this.#inner.failed()
  }

  period(): void {}

  #named(numbers: readonly Address[]): Address[] {
    return numbers.map((it) => this.#names[numberOf(it)]!)
  }
}
