/** Values as handlers see them in a check: only what is remembered of them may be written to, and they are not to be kept. */
import type { Item } from '../../../gossip/strategy.ts'
import { ReceivedChanged } from '../../../gossip/strategy-error.ts'

interface Shown {
  readonly turn: number
  readonly item: Item
}

export class GuardedItems {
  /** Counts handlers: what was handed out to one is over with it. */
  #turn = 0
  readonly #shown = new WeakMap<Item, Shown>()
  readonly #questioned = new WeakMap<object, object>()
  readonly #written: (mistake: ReceivedChanged) => void
  readonly #kept: (mistake: Error) => void

  constructor(written: (mistake: ReceivedChanged) => void, kept: (mistake: Error) => void) {
    this.#written = written
    this.#kept = kept
  }

  /** Another handler begins. */
  next(): void {
    this.#turn += 1
  }

  item(it: Item): Item {
    const turn = this.#turn
    const before = this.#shown.get(it)
    if (before?.turn === turn) return before.item
    const use = <T>(what: T): T => {
      if (turn !== this.#turn) this.#refuseKept()
      return what
    }
    const shown: Item = {
      get key() {
        return use(it.key)
      },
      get name() {
        return use(it.name)
      },
      get state() {
        return use(it.state)
      },
    }
    const item = this.#unwritten(shown, 'item')
    this.#shown.set(it, { turn, item })
    return item
  }

  items(list: readonly Item[], from: string): readonly Item[] {
    return this.list(
      list.map((it) => this.item(it)),
      from,
    )
  }

  list<T>(list: readonly T[], from: string): readonly T[] {
    return this.#unwritten(list, from)
  }

  /** What a question is asked about, which has only to answer. */
  asked(it: Item): Item {
    return this.#unwritten(
      { key: it.key, name: it.name, state: this.unchanged(it.state, 'item.state') },
      'item',
    )
  }

  /** A node's or a value's state, in a question. */
  unchanged(state: unknown, path: string): unknown {
    if (typeof state !== 'object' || state === null) return state
    const known = this.#questioned.get(state)
    if (known !== undefined) return known
    const it = this.#unwritten(state, path)
    this.#questioned.set(state, it)
    return it
  }

  #unwritten<T extends object>(it: T, path: string): T {
    const refuse = (name: PropertyKey): never => {
      const mistake = new ReceivedChanged(`writes to ${path}.${String(name)}`)
      this.#written(mistake)
      throw mistake
    }
    return new Proxy(it, {
      set: (_it, name) => refuse(name),
      deleteProperty: (_it, name) => refuse(name),
      defineProperty: (_it, name) => refuse(name),
    })
  }

  #refuseKept(): never {
    const mistake = new Error('uses an item after the handler that got it: keep its name, or its key')
    this.#kept(mistake)
    throw mistake
  }
}
