/** Which value: several keys may have one of the same timestamp. And what a person calls it. */
import { DEFAULT_KEY } from '../../gossip/default-key.ts'

export interface ValueId {
  readonly key: string
  readonly timestamp: number
}

/** The same in one text, to compare it. */
export function idOf({ key, timestamp }: ValueId): string {
  return `${timestamp} ${key}`
}

/** The order of all values: by their timestamps, those of one ms by their keys. */
export function compareValues(a: ValueId, b: ValueId): number {
  return a.timestamp - b.timestamp || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

/** Of the key of whoever speaks of none? */
export function isUnnamed({ key }: Pick<ValueId, 'key'>): boolean {
  return key === DEFAULT_KEY
}

/**
 * "blue" or "colour: blue"; "colour deleted".
 * @param text null: it deletes; undefined: nobody said it
 * @param number which value of all it is
 */
export function nameOf(
  { key }: Pick<ValueId, 'key'>,
  text: string | null | undefined,
  number: number,
): string {
  const isOfNone = key === DEFAULT_KEY
  if (text === null) return isOfNone ? 'deleted' : `${key} deleted`
  const said = text ?? `value ${number}`
  return isOfNone ? said : `${key}: ${said}`
}

/** Something of each of some values. */
export class ValueMap<T> {
  readonly #byTime = new Map<number, Map<string, T>>()

  get(timestamp: number, key = DEFAULT_KEY): T | undefined {
    return this.#byTime.get(timestamp)?.get(key)
  }

  set({ timestamp, key }: ValueId, it: T): void {
    const those = this.#byTime.get(timestamp)
    if (those === undefined) this.#byTime.set(timestamp, new Map([[key, it]]))
    else those.set(key, it)
  }

  delete({ timestamp, key }: ValueId): void {
    const those = this.#byTime.get(timestamp)
    those?.delete(key)
    if (those?.size === 0) this.#byTime.delete(timestamp)
  }
}
