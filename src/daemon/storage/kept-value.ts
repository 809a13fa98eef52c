/** What a node keeps on disk: a value under its key, or that there is none any more; and how much of it there may be. */

export interface KeptValue {
  /** Any text of up to `MAX_KEY_BYTES`; "" is the key of whoever names none. */
  readonly key: string
  /** null: a death certificate, kept as a value is. */
  readonly value: string | null
  /** Ms since 1970, an integer >= 0. */
  readonly timestamp: number
}

/** Bytes of a key, as UTF-8. */
export const MAX_KEY_BYTES = 256

export interface Bounds {
  readonly maxKeys: number
  /** Bytes of all keys and values, as UTF-8. */
  readonly maxHeld: number
}

export const DEFAULT_BOUNDS: Bounds = { maxKeys: 10_000, maxHeld: 64 * 2 ** 20 }

/** A value a key, within bounds. */
export class BoundedValues {
  #bounds: Bounds
  readonly #values = new Map<string, KeptValue>()
  #bytes = 0

  constructor(bounds: Bounds) {
    this.#bounds = bounds
  }

  get(key: string): KeptValue | undefined {
    return this.#values.get(key)
  }

  get size(): number {
    return this.#values.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** In the order in which they were put. */
  all(): IterableIterator<KeptValue> {
    return this.#values.values()
  }

  /** Why it may not be put, if it may not. */
  refusal(value: KeptValue): string | undefined {
    const { maxKeys, maxHeld } = this.#bounds
    const before = this.#values.get(value.key)
    if (before === undefined && this.#values.size >= maxKeys)
      return `there are ${maxKeys} keys, and no more may be`
    if (this.#bytes + bytesOf(value) - (before ? bytesOf(before) : 0) > maxHeld)
      return `with it all values would have more than ${maxHeld} bytes`
    return undefined
  }

  put(value: KeptValue): void {
    this.delete(value.key)
    this.#values.set(value.key, value)
    this.#bytes += bytesOf(value)
  }

  /** @returns was there one? */
  delete(key: string): boolean {
    const before = this.#values.get(key)
    if (before === undefined) return false
    this.#bytes -= bytesOf(before)
    return this.#values.delete(key)
  }

  /** From now on these are the bounds. @returns what had to go for them, those that were put first */
  limitTo(bounds: Bounds): KeptValue[] {
    const over: KeptValue[] = []
    this.#bounds = bounds
    for (const it of this.#values.values()) {
      if (this.size <= bounds.maxKeys && this.bytes <= bounds.maxHeld) break
      this.delete(it.key)
      over.push(it)
    }
    return over
  }
}

/** Of two values of a key: does `a` replace `b`? A death certificate wins over a value of its ms. */
export function wins(a: KeptValue, b: KeptValue): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp
  return b.value !== null && (a.value === null || a.value > b.value)
}

export function isKey(key: string): boolean {
  return key.length <= MAX_KEY_BYTES && Buffer.byteLength(key) <= MAX_KEY_BYTES
}

function bytesOf({ key, value }: KeptValue): number {
  return Buffer.byteLength(key) + Buffer.byteLength(value ?? '')
}
