/** The last values that spread, as many as there is room for. */
import { MAX_SPREADS } from '../wire.ts'
import { MAX_ALL_FLIGHTS, MAX_FLIGHTS, type Room } from './flights.ts'
import type { Spread } from './spread.ts'
import { compareValues, type ValueId, ValueMap } from './value-id.ts'

export class KeptSpreads {
  /** Oldest first. */
  readonly all: Spread[] = []
  /** For messages of all of them. */
  readonly room: Room = { left: MAX_ALL_FLIGHTS }
  /** It is looked at, and kept however many others come. */
  pinned: Spread | undefined
  readonly #byValue = new ValueMap<Spread>()
  readonly #dropped: (spread: Spread) => void
  /** The newest that has been dropped: what comes late of it begins nothing again. */
  #oldest: ValueId = { key: '', timestamp: -1 }

  /** @param dropped told of each that is kept no more */
  constructor(dropped: (spread: Spread) => void) {
    this.#dropped = dropped
  }

  of(timestamp: number, key?: string): Spread | undefined {
    return this.#byValue.get(timestamp, key)
  }

  /** Was it dropped, or an even newer one? */
  isPast(id: ValueId): boolean {
    return compareValues(id, this.#oldest) <= 0
  }

  add(spread: Spread): void {
    this.all.push(spread)
    this.all.sort(compareValues)
    this.#byValue.set(spread, spread)
    if (this.all.length > MAX_SPREADS) this.#drop()
  }

  remove(spread: Spread): void {
    this.all.splice(this.all.indexOf(spread), 1)
    this.#byValue.delete(spread)
    this.room.left += spread.flights.length
    this.#dropped(spread)
  }

  /** For the messages of one more. */
  makeRoom(): void {
    while (this.room.left < MAX_FLIGHTS && this.#drop());
  }

  /** The oldest that nobody looks at. @returns was there one? */
  #drop(): boolean {
    const oldest = this.all.find((it) => it !== this.pinned)
    if (oldest === undefined) return false
    this.remove(oldest)
    if (!this.isPast(oldest)) this.#oldest = oldest
    return true
  }
}
