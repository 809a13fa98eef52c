/** The values that are kept, one a key, and how much of them there may be. */
import { MAX_HELD_BYTES, MAX_KEYS } from '../../gossip/defaults.ts'
import { MAX_KEY_BYTES, type Value } from '../../gossip/value.ts'

export interface Bounds {
  readonly maxKeys: number
  /** Bytes of all keys and values, as UTF-8. */
  readonly maxHeld: number
}

export const DEFAULT_BOUNDS: Bounds = { maxKeys: MAX_KEYS, maxHeld: MAX_HELD_BYTES }

/** A value a key, within bounds. */
export class BoundedValues {
  #bounds: Bounds
  readonly #values = new Map<string, Value>()
  #bytes = 0

  constructor(bounds: Bounds) {
    this.#bounds = bounds
  }

  get(key: string): Value | undefined {
    return this.#values.get(key)
  }

  get size(): number {
    return this.#values.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** In the order in which they were put. */
  all(): IterableIterator<Value> {
    return this.#values.values()
  }

  /** Why it may not be put, if it may not. */
  refusal(value: Value): string | undefined {
    const { maxKeys, maxHeld } = this.#bounds
    const before = this.#values.get(value.key)
    if (before === undefined && this.#values.size >= maxKeys)
      return `there are ${maxKeys} keys, and no more may be`
    if (this.#bytes + bytesOf(value) - (before ? bytesOf(before) : 0) > maxHeld)
      return `with it all values would have more than ${maxHeld} bytes`
    return undefined
  }

  put(value: Value): void {
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
  limitTo(bounds: Bounds): Value[] {
    const over: Value[] = []
    this.#bounds = bounds
    for (const it of this.#values.values()) {
      if (this.size <= bounds.maxKeys && this.bytes <= bounds.maxHeld) break
      this.delete(it.key)
      over.push(it)
    }
    return over
  }
}

export function isKey(key: string): boolean {
  return key.length <= MAX_KEY_BYTES && Buffer.byteLength(key) <= MAX_KEY_BYTES
}

function bytesOf({ key, value }: Value): number {
  return Buffer.byteLength(key) + Buffer.byteLength(value ?? '')
}
