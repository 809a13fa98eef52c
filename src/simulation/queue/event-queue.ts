/**
 * The queue of what is to happen, in order of time and, at the same time, of arrival.
 *
 * A wheel of two rims: the fine one has a slot for each 1/64 ms of the next second, the coarse one a slot for
 * each second of the next 18 hours. A slot is sorted when the hand comes to it; what is added for it later waits in a
 * small heap. So adding and taking cost about the same for a thousand events as for ten million.
 */
import { Bitset } from './bitset.ts'
import { LateEvents } from './late-events.ts'
import { INTEGERS, kindOf, nodeOf, OTHER, Records, WHO, whoOf } from './records.ts'
import { Chunks, Slots } from './slots.ts'
import { TimeOrder } from './time-order.ts'

const FINE_MS = 1 / 64
const SLOTS = 1 << 16
const MASK = SLOTS - 1
const COARSE_MS = FINE_MS * SLOTS

export class EventQueue<T> {
  /** What the last `take` found. */
  time = 0
  kind = 0
  node = 0
  other = 0
  item: T | undefined

  readonly #chunks = new Chunks<T>()
  readonly #fine = new Slots(SLOTS, this.#chunks)
  readonly #coarse = new Slots(SLOTS, this.#chunks)
  readonly #occupied = new Bitset(SLOTS)
  /** The absolute number of the fine slot whose events are taken now. */
  #hand = 0
  /** The first beyond this turn of the fine rim. */
  #turnEnd = SLOTS
  #inFine = 0
  #size = 0
  /** What was in the slot under the hand as that came there, in order; and how many of it have been taken. */
  readonly #due = new Records<T>()
  readonly #order = new TimeOrder()
  #taken = 0
  readonly #late = new LateEvents<T>()
  readonly #soon: (events: Records<T>) => void

  /** @param soon told of events, many at a time, that are about to be taken, in no order */
  constructor(soon: (events: Records<T>) => void = () => {}) {
    this.#soon = soon
  }

  get size(): number {
    return this.#size
  }

  /** @param kind below 256 @param node below 2^24 */
  add(time: number, kind: number, node: number, other: number, item?: T): void {
    this.#size += 1
    this.#place(time, whoOf(kind, node), other, item)
  }

  /** When the next event is due; infinity if there is none. */
  get next(): number {
    if (this.#size === 0) return Number.POSITIVE_INFINITY
    this.#find()
    return this.#isLateNext() ? this.#late.next : this.#nextDue()
  }

  /** Takes the next event that is due by then into the fields above; false if there is none. */
  take(until = Number.POSITIVE_INFINITY): boolean {
    if (this.#size === 0) return false
    this.#find()
    if (this.#isLateNext()) {
      if (this.#late.next > until) return false
      this.#show(this.#late.records, this.#late.take())
    } else {
      if (this.#nextDue() > until) return false
      this.#show(this.#due, this.#order.order[this.#taken++]!)
    }
    this.#size -= 1
    return true
  }

  #show(records: Records<T>, i: number): void {
    const who = records.integers[i * INTEGERS + WHO]!
    this.time = records.timeOf(i)
    this.kind = kindOf(who)
    this.node = nodeOf(who)
    this.other = records.integers[i * INTEGERS + OTHER]!
    this.item = records.items[i]
  }

  #nextDue(): number {
    return this.#due.timeOf(this.#order.order[this.#taken]!)
  }

  /** Of one time what was there before comes first. */
  #isLateNext(): boolean {
    return this.#late.size > 0 && (this.#taken === this.#due.count || this.#late.next < this.#nextDue())
  }

  #place(time: number, who: number, other: number, item: T | undefined): void {
    const slot = Math.floor(time / FINE_MS)
    if (slot <= this.#hand) {
      this.#late.add(time, who, other, item)
    } else if (slot < this.#turnEnd) {
      this.#inFine += 1
      this.#occupied.fill(slot & MASK)
      this.#fine.add(slot & MASK, time, who, other, item)
    } else {
      const turn = Math.floor(time / COARSE_MS)
      const last = this.#turnEnd / SLOTS + SLOTS - 2
      this.#coarse.add(Math.min(turn, last) & MASK, time, who, other, item)
    }
  }

  /** Moves the hand until something is under it. There must be something. */
  #find(): void {
    while (this.#taken === this.#due.count && this.#late.size === 0) this.#advance()
  }

  /** Moves the hand to the next fine slot that holds something; at the end of a turn to the next coarse slot. */
  #advance(): void {
    const due = this.#due
    due.count = 0
    this.#taken = 0
    if (this.#inFine === 0) {
      this.#hand = this.#turnEnd
      this.#turnEnd += SLOTS
      this.#spread((this.#hand / SLOTS) & MASK)
      return
    }
    const slot = this.#occupied.next(this.#hand & MASK)
    this.#hand = this.#turnEnd - SLOTS + slot
    this.#occupied.empty(slot)
    this.#inFine -= this.#fine.move(slot, due)
    this.#order.sort(due)
    this.#soon(due)
  }

  /** Spreads what is due in a coarse slot over the fine rim. */
  #spread(slot: number): void {
    if (this.#coarse.isEmpty(slot)) return
    const all = new Records<T>()
    this.#coarse.move(slot, all)
    for (let i = 0; i < all.count; i++) {
      const at = i * INTEGERS
      this.#place(all.timeOf(i), all.integers[at + WHO]!, all.integers[at + OTHER]!, all.items[i])
    }
  }
}
