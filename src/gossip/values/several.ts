/** Holdings of more than one key, or that had more than one. */
import type { Entry } from './held.ts'
import { compare, type Holdings } from './holdings.ts'

/** An entry, and how many periods had passed when it was taken. */
interface Taken {
  readonly entry: Entry
  readonly at: number
}

export class Several implements Holdings {
  readonly #entries = new Map<string, Entry>()
  /** In the order in which they were taken; entries that were replaced since are passed over, and cleared at times. */
  #log: Taken[] = []
  #ordered: readonly Entry[] | undefined
  #all: readonly Entry[] | undefined
  #bytes = 0
  #deleted = 0

  #periods = 0

  /** @param calm periods that have passed since the first was taken */
  constructor(first: Entry, calm: number) {
    this.with(first)
    this.#periods = calm
  }

  get size(): number {
    return this.#entries.size
  }

  get bytes(): number {
    return this.#bytes
  }

  get deleted(): number {
    return this.#deleted
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key)
  }

  all(): readonly Entry[] {
    this.#all ??= Object.freeze([...this.#entries.values()])
    return this.#all
  }

  ordered(): readonly Entry[] {
    this.#ordered ??= [...this.#entries.values()].sort((a, b) => compare(a.held, b.held))
    return this.#ordered
  }

  recent(periods: number): readonly Entry[] {
    // One that was forgotten and taken again is there twice.
    const recent = new Set<Entry>()
    for (let i = this.#log.length - 1; i >= 0; i--) {
      const it = this.#log[i]!
      if (this.#periods - it.at >= periods) break
      if (this.#isHeld(it)) recent.add(it.entry)
    }
    return [...recent]
  }

  age(): void {
    this.#periods += 1
  }

  with(entry: Entry): Holdings {
    this.#count(this.#entries.get(entry.key), -1)
    this.#entries.set(entry.key, entry)
    this.#count(entry, 1)
    this.#log.push({ entry, at: this.#periods })
    if (this.#log.length > 2 * this.#entries.size + 16) this.#log = this.#log.filter((it) => this.#isHeld(it))
    this.#ordered = this.#all = undefined
    return this
  }

  without(key: string): Holdings {
    this.#count(this.#entries.get(key), -1)
    if (this.#entries.delete(key)) this.#ordered = this.#all = undefined
    return this
  }

  #isHeld({ entry }: Taken): boolean {
    return this.#entries.get(entry.key) === entry
  }

  #count(entry: Entry | undefined, sign: 1 | -1): void {
    if (entry === undefined) return
    this.#bytes += sign * entry.held.bytes
    if (entry.held.value === null) this.#deleted += sign
  }
}
