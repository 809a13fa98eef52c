/** Values as handlers see them in a check: only what is remembered of them may be written to, and they are not to be kept. */
import type { Item, Name } from '../../../gossip/strategy.ts'
import { ReceivedChanged } from '../../../gossip/strategy-error.ts'

interface Shown {
  readonly turn: number
  readonly item: Item
}

/** A proxy would do, too, and takes longer to make: they are made by the million. */
class GuardedItem implements Item {
  readonly #item: Item
  readonly #guard: GuardedItems
  readonly #turn: number

  constructor(item: Item, guard: GuardedItems, turn: number) {
    this.#item = item
    this.#guard = guard
    this.#turn = turn
    Object.preventExtensions(this)
  }

  get key(): string {
    this.#guard.use(this.#turn)
    return this.#item.key
  }

  set key(_: string) {
    this.#guard.refuse('item.key')
  }

  get name(): Name {
    this.#guard.use(this.#turn)
    return this.#item.name
  }

  set name(_: Name) {
    this.#guard.refuse('item.name')
  }

  get state(): unknown {
    this.#guard.use(this.#turn)
    return this.#item.state
  }

  set state(_: unknown) {
    this.#guard.refuse('item.state')
  }
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

  /** @throws {Error} if that handler is over */
  use(turn: number): void {
    if (turn === this.#turn) return
    const mistake = new Error('uses an item after the handler that got it: keep its name, or its key')
    this.#kept(mistake)
    throw mistake
  }

  refuse(what: string): never {
    const mistake = new ReceivedChanged(`writes to ${what}`)
    this.#written(mistake)
    throw mistake
  }

  item(it: Item): Item {
    const turn = this.#turn
    const before = this.#shown.get(it)
    if (before?.turn === turn) return before.item
    const item = new GuardedItem(it, this, turn)
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
    return this.#once(it, () =>
      this.#unwritten({ key: it.key, name: it.name, state: this.unchanged(it.state, 'item.state') }, 'item'),
    )
  }

  /** A node's or a value's state, in a question. */
  unchanged(state: unknown, path: string): unknown {
    if (typeof state !== 'object' || state === null) return state
    return this.#once(state, () => this.#unwritten(state, path))
  }

  #once<T extends object>(it: T, make: () => T): T {
    const known = this.#questioned.get(it) as T | undefined
    if (known !== undefined) return known
    const made = make()
    this.#questioned.set(it, made)
    return made
  }

  #unwritten<T extends object>(it: T, path: string): T {
    const refuse = (name: PropertyKey): never => this.refuse(`${path}.${String(name)}`)
    return new Proxy(it, {
      set: (_it, name) => refuse(name),
      deleteProperty: (_it, name) => refuse(name),
      defineProperty: (_it, name) => refuse(name),
    })
  }
}
