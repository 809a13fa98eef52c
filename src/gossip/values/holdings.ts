/**
 * What a node holds: entries by their keys. Most nodes of most simulations hold nothing or one value, and pay for no more
 * than that: a single entry is its own holdings, and as values come what is there is replaced.
 */
import type { Entry } from './held.ts'

export interface Holdings {
  /** How many keys. */
  readonly size: number
  /** Of all keys and texts, in UTF-8. */
  readonly bytes: number
  /** Keys that are deleted. */
  readonly deleted: number
  get(key: string): Entry | undefined
  /** In the order in which the keys came. */
  all(): readonly Entry[]
  /** Newest first, by timestamp and key. */
  ordered(): readonly Entry[]
  /**
   * Those taken in the last periods, the last one first.
   * @param calm periods that have passed since the last of them was taken
   */
  recent(periods: number, calm: number): readonly Entry[]
  /** A period has passed. */
  age(): void
  /** @param calm as of `recent`, before */
  with(entry: Entry, calm: number): Holdings
  without(key: string): Holdings
}

/** Nobody can write to a list that many share. */
const NONE: readonly Entry[] = Object.freeze([])

class Nothing implements Holdings {
  readonly size = 0
  readonly bytes = 0
  readonly deleted = 0

  get(): undefined {}

  all(): readonly Entry[] {
    return NONE
  }

  ordered(): readonly Entry[] {
    return NONE
  }

  recent(): readonly Entry[] {
    return NONE
  }

  age(): void {}

  with(entry: Entry): Holdings {
    return entry
  }

  without(): Holdings {
    return this
  }
}

export const NOTHING: Holdings = new Nothing()

/** Newest first: by timestamp, and of one ms by key. */
export function compare(a: Order, b: Order): number {
  if (a.timestamp !== b.timestamp) return b.timestamp - a.timestamp
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

export interface Order {
  readonly timestamp: number
  readonly key: string
}
