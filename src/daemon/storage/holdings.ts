/**
 * What a node keeps: values, and those that lie ahead of its clock. It is told the same entries as its journal, so a
 * journal that is read again ends in the same.
 */

import type { Value } from '../../gossip/value.ts'
import { BoundedValues, type Bounds } from './bounded-values.ts'
import { type Entry, FORMAT } from './entry.ts'

/** Bytes of a line beside its key and value. */
const LINE_BYTES = 76

export class Holdings {
  readonly kept: BoundedValues
  readonly ahead: BoundedValues

  constructor(bounds: Bounds) {
    this.kept = new BoundedValues(bounds)
    this.ahead = new BoundedValues(bounds)
  }

  /** @returns why there is no room for it, if there is none; then nothing changes */
  apply(entry: Entry): string | undefined {
    if ('format' in entry) return undefined
    if ('forgotten' in entry) this.kept.delete(entry.forgotten)
    else if ('aheadNoMore' in entry) this.ahead.delete(entry.aheadNoMore)
    else if ('ahead' in entry) return this.#setAside(entry)
    else {
      const why = this.kept.refusal(entry)
      if (why !== undefined) return why
      this.kept.put(entry)
    }
    return undefined
  }

  #setAside({ key, value, timestamp }: Value): string | undefined {
    const it = { key, value, timestamp }
    const why = this.ahead.refusal(it)
    if (why !== undefined) return why
    const kept = this.kept.get(key)
    if (kept?.value === value && kept.timestamp === timestamp) this.kept.delete(key)
    this.ahead.put(it)
    return undefined
  }

  /** From now on these are the bounds. @returns what had to go, those that were written first */
  limitTo(bounds: Bounds): Entry[] {
    const ahead = this.ahead.limitTo(bounds)
    return [...this.kept.limitTo(bounds), ...ahead.map((it) => ({ ...it, ahead: true }) as const)]
  }

  /** All that a journal must tell. */
  *entries(): Generator<Entry> {
    yield { format: FORMAT }
    yield* this.kept.all()
    for (const it of this.ahead.all()) yield { ...it, ahead: true }
  }

  /** Bytes of a journal that tells it, about: less where many characters have to be escaped. */
  get bytes(): number {
    return this.kept.bytes + this.ahead.bytes + LINE_BYTES * (this.kept.size + this.ahead.size)
  }
}
