/**
 * The queue of what is to happen, in order of time and, at the same time, of arrival.
 *
 * A wheel of two rims: the fine one has a slot for each 1/64 ms of the next second, the coarse one a slot for
 * each second of the next 18 hours. What is due in the slot under the hand lies in a small binary heap, which
 * alone is sorted. So adding and taking cost about the same for a thousand events as for ten million, and an
 * event costs 40 bytes and no object.
 */
import { Bitset } from './bitset.ts'

const FINE_MS = 1 / 64
const SLOTS = 1 << 16
const COARSE_MS = FINE_MS * SLOTS
const NONE = -1

/** A record as 8-byte numbers: time, order; and as 4-byte ones, behind those: node, other, next, kind. */
const REALS = 4
const ORDER = 1
const INTEGERS = 8
const NODE = 4
const OTHER = 5
const NEXT = 6
const KIND = 7

export class EventQueue<T> {
  /** What the last `take` found. */
  time = 0
  kind = 0
  node = 0
  other = 0
  item: T | undefined

  /** Records of 32 bytes, so that an event is found in one line of the processor's cache. */
  #reals = new Float64Array(1024 * REALS)
  #integers = new Int32Array(this.#reals.buffer)
  readonly #items: (T | undefined)[] = []
  #free = NONE
  #used = 0
  #size = 0
  #order = 0

  readonly #fine = new Int32Array(SLOTS).fill(NONE)
  readonly #coarse = new Int32Array(SLOTS).fill(NONE)
  readonly #occupied = new Bitset(SLOTS)
  /** The absolute number of the fine slot whose events are in the heap. */
  #hand = 0
  #inFine = 0
  readonly #heap: number[] = []

  get size(): number {
    return this.#size
  }

  add(time: number, kind: number, node: number, other: number, item?: T): void {
    const id = this.#allocate()
    const real = id * REALS
    const integer = id * INTEGERS
    this.#reals[real] = time
    this.#reals[real + ORDER] = this.#order++
    this.#integers[integer + NODE] = node
    this.#integers[integer + OTHER] = other
    this.#integers[integer + KIND] = kind
    this.#items[id] = item
    this.#size += 1
    this.#place(id)
  }

  /** When the next event is due; infinity if there is none. */
  get next(): number {
    if (this.#size === 0) return Number.POSITIVE_INFINITY
    while (this.#heap.length === 0) this.#advance()
    return this.#reals[this.#heap[0]! * REALS]!
  }

  /** Takes the next event into the fields above; false if there is none. */
  take(): boolean {
    if (this.#size === 0) return false
    while (this.#heap.length === 0) this.#advance()
    const id = this.#pop()
    const integer = id * INTEGERS
    this.time = this.#reals[id * REALS]!
    this.kind = this.#integers[integer + KIND]!
    this.node = this.#integers[integer + NODE]!
    this.other = this.#integers[integer + OTHER]!
    this.item = this.#items[id]
    this.#items[id] = undefined
    this.#integers[integer + NEXT] = this.#free
    this.#free = id
    this.#size -= 1
    return true
  }

  #place(id: number): void {
    const slot = Math.floor(this.#reals[id * REALS]! / FINE_MS)
    if (slot <= this.#hand) {
      this.#push(id)
    } else if (Math.floor(slot / SLOTS) === Math.floor(this.#hand / SLOTS)) {
      this.#inFine += 1
      this.#occupied.fill(slot % SLOTS)
      this.#link(this.#fine, slot % SLOTS, id)
    } else {
      const turn = Math.floor(this.#reals[id * REALS]! / COARSE_MS)
      const last = Math.floor(this.#hand / SLOTS) + SLOTS - 1
      this.#link(this.#coarse, Math.min(turn, last) % SLOTS, id)
    }
  }

  /** Moves the hand to the next fine slot that holds something; at the end of a turn to the next coarse slot. */
  #advance(): void {
    const turn = Math.floor(this.#hand / SLOTS)
    if (this.#inFine === 0) {
      this.#hand = (turn + 1) * SLOTS
      this.#spread((turn + 1) % SLOTS)
      return
    }
    const slot = this.#occupied.next(this.#hand % SLOTS)
    this.#hand = turn * SLOTS + slot
    this.#occupied.empty(slot)
    for (let id = this.#fine[slot]!; id !== NONE; ) {
      const next = this.#integers[id * INTEGERS + NEXT]!
      this.#inFine -= 1
      this.#push(id)
      id = next
    }
    this.#fine[slot] = NONE
  }

  /** Spreads what is due in a coarse slot over the fine rim. */
  #spread(slot: number): void {
    let id = this.#coarse[slot]!
    this.#coarse[slot] = NONE
    while (id !== NONE) {
      const next = this.#integers[id * INTEGERS + NEXT]!
      this.#place(id)
      id = next
    }
  }

  #link(rim: Int32Array, slot: number, id: number): void {
    this.#integers[id * INTEGERS + NEXT] = rim[slot]!
    rim[slot] = id
  }

  #allocate(): number {
    if (this.#free !== NONE) {
      const id = this.#free
      this.#free = this.#integers[id * INTEGERS + NEXT]!
      return id
    }
    if (this.#used * REALS === this.#reals.length) this.#grow()
    this.#used += 1
    return this.#used - 1
  }

  #grow(): void {
    const grown = new Float64Array(this.#reals.length * 2)
    grown.set(this.#reals)
    this.#reals = grown
    this.#integers = new Int32Array(grown.buffer)
  }

  #isBefore(a: number, b: number): boolean {
    const difference = this.#reals[a * REALS]! - this.#reals[b * REALS]!
    return (
      difference < 0 ||
      (difference === 0 && this.#reals[a * REALS + ORDER]! < this.#reals[b * REALS + ORDER]!)
    )
  }

  #push(id: number): void {
    const heap = this.#heap
    let i = heap.length
    heap.push(id)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!this.#isBefore(id, heap[parent]!)) break
      heap[i] = heap[parent]!
      i = parent
    }
    heap[i] = id
  }

  #pop(): number {
    const heap = this.#heap
    const top = heap[0]!
    const last = heap.pop()!
    const size = heap.length
    if (size === 0) return top
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      if (child + 1 < size && this.#isBefore(heap[child + 1]!, heap[child]!)) child += 1
      if (!this.#isBefore(heap[child]!, last)) break
      heap[i] = heap[child]!
      i = child
    }
    heap[i] = last
    return top
  }
}
