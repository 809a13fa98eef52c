/** Events that come for the moment under way, or one soon after it: a binary heap by time and, then, order of arrival. */
import { Records } from './records.ts'

export class LateEvents<T> {
  readonly records = new Records<T>()
  /** Numbers of records: none is before its parent. */
  readonly #heap: number[] = []
  /** As how many-th each record came; and which are free again. */
  readonly #orders: number[] = []
  readonly #free: number[] = []
  #added = 0

  get size(): number {
    return this.#heap.length
  }

  /** When the first is due. There must be one. */
  get next(): number {
    return this.records.timeOf(this.#heap[0]!)
  }

  add(time: number, who: number, other: number, item: T | undefined): void {
    const heap = this.#heap
    const id = this.#free.pop() ?? this.records.count
    if (id === this.records.count) this.records.add(time, who, other, item)
    else this.records.set(id, time, who, other, item)
    this.#orders[id] = this.#added++
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

  /** Takes the first. @returns its place among the records, until the next is added */
  take(): number {
    const heap = this.#heap
    const top = heap[0]!
    const last = heap.pop()!
    const size = heap.length
    this.#free.push(top)
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

  #isBefore(a: number, b: number): boolean {
    const difference = this.records.timeOf(a) - this.records.timeOf(b)
    return difference < 0 || (difference === 0 && this.#orders[a]! < this.#orders[b]!)
  }
}
