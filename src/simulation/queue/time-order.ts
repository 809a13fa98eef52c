/** Sorts numbered events by time; those of one time stay as they are numbered. */

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

  /** @param times of the events 0 to `count` - 1 */
  sort(times: Float64Array, count: number): void {
    if (this.order.length < count) this.#grow(Math.max(count, 2 * this.order.length))
    if (count <= FEW) for (let i = 0; i < count; i++) this.order[i] = i
    else this.#distribute(times, count)
    if (!this.#insert(times, count)) this.#sortSurely(times, count)
  }

  /** Into about as many buckets as there are events, each for as long a time. */
  #distribute(times: Float64Array, count: number): void {
    const { order } = this
    const bucketOf = this.#bucketOf
    const ends = this.#ends
    let least = times[0]!
    let most = least
    for (let i = 1; i < count; i++) {
      const time = times[i]!
      if (time < least) least = time
      else if (time > most) most = time
    }
    const buckets = Math.min(MOST_BUCKETS, count)
    const scale = most > least ? (buckets - 1) / (most - least) : 0
    ends.fill(0, 0, buckets)
    for (let i = 0; i < count; i++) {
      const bucket = Math.floor((times[i]! - least) * scale)
      bucketOf[i] = bucket
      ends[bucket]! += 1
    }
    for (let bucket = 1; bucket < buckets; bucket++) ends[bucket]! += ends[bucket - 1]!
    for (let i = count - 1; i >= 0; i--) order[--ends[bucketOf[i]!]!] = i
  }

  /** @returns false if that is taking too long */
  #insert(times: Float64Array, count: number): boolean {
    const { order } = this
    let moves = MOVES * count + FEW * FEW
    for (let i = 1; i < count; i++) {
      const number = order[i]!
      const time = times[number]!
      let j = i - 1
      for (; j >= 0 && times[order[j]!]! > time; j--) order[j + 1] = order[j]!
      order[j + 1] = number
      moves -= i - 1 - j
      if (moves < 0) return false
    }
    return true
  }

  #sortSurely(times: Float64Array, count: number): void {
    this.order.subarray(0, count).sort((a, b) => times[a]! - times[b]! || a - b)
  }

  #grow(room: number): void {
    this.order = new Uint32Array(room)
    this.#bucketOf = new Uint16Array(room)
  }
}
