/** Sorts numbered events by time; those of one time stay as they are numbered. */

import { REALS, type Records } from './records.ts'

type Times = Pick<Records<unknown>, 'reals' | 'count'>

/** So few are sorted by insertion alone. */
const FEW = 16
const MOST_BUCKETS = 4096
/** What insertion may move for each event, before something slower but surer takes over. */
const MOVES = 16

export class TimeOrder {
  /** The numbers, in order, after `sort`. */
  order = new Uint32Array(64)
  #bucketOf = new Uint16Array(64)
  readonly #ends = new Uint32Array(MOST_BUCKETS)

  sort(events: Times): void {
    const { count } = events
    if (this.order.length < count) this.#grow(Math.max(count, 2 * this.order.length))
    if (count <= FEW) for (let i = 0; i < count; i++) this.order[i] = i
    else this.#distribute(events)
    if (!this.#insert(events)) this.#sortSurely(events)
  }

  /** Into about as many buckets as there are events, each for as long a time. */
  #distribute({ reals, count }: Times): void {
    const { order } = this
    const bucketOf = this.#bucketOf
    const ends = this.#ends
    let least = reals[0]!
    let most = least
    for (let i = 1; i < count; i++) {
      const time = reals[i * REALS]!
      if (time < least) least = time
      else if (time > most) most = time
    }
    const buckets = Math.min(MOST_BUCKETS, count)
    const scale = most > least ? (buckets - 1) / (most - least) : 0
    ends.fill(0, 0, buckets)
    for (let i = 0; i < count; i++) {
      const bucket = Math.floor((reals[i * REALS]! - least) * scale)
      bucketOf[i] = bucket
      ends[bucket]! += 1
    }
    for (let bucket = 1; bucket < buckets; bucket++) ends[bucket]! += ends[bucket - 1]!
    for (let i = count - 1; i >= 0; i--) order[--ends[bucketOf[i]!]!] = i
  }

  /** @returns false if that is taking too long */
  #insert({ reals, count }: Times): boolean {
    const { order } = this
    let moves = MOVES * count + FEW * FEW
    for (let i = 1; i < count; i++) {
      const number = order[i]!
      const time = reals[number * REALS]!
      let j = i - 1
      for (; j >= 0 && reals[order[j]! * REALS]! > time; j--) order[j + 1] = order[j]!
      order[j + 1] = number
      moves -= i - 1 - j
      if (moves < 0) return false
    }
    return true
  }

  #sortSurely({ reals, count }: Times): void {
    this.order.subarray(0, count).sort((a, b) => reals[a * REALS]! - reals[b * REALS]! || a - b)
  }

  #grow(room: number): void {
    this.order = new Uint32Array(room)
    this.#bucketOf = new Uint16Array(room)
  }
}
