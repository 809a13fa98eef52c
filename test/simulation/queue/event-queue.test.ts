import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EventQueue } from '../../../src/simulation/queue/event-queue.ts'

interface Entry {
  readonly time: number
  readonly id: number
}

/** The queue next to a plain array that says what is right. */
class Pair {
  readonly queue = new EventQueue<string>()
  readonly sorted: Entry[] = []
  now = 0
  #ids = 0

  add(delay: number): void {
    const entry = { time: this.now + delay, id: this.#ids++ }
    this.sorted.push(entry)
    this.queue.add(entry.time, entry.id % 256, entry.id, entry.id + 7, `item ${entry.id}`)
    assert.equal(this.queue.size, this.sorted.length)
  }

  take(): void {
    this.sorted.sort((a, b) => a.time - b.time || a.id - b.id)
    const next = this.sorted.shift()
    assert.equal(this.queue.take(), next !== undefined)
    assert.equal(this.queue.size, this.sorted.length)
    if (next === undefined) return
    const { time, kind, node, other, item } = this.queue
    const { id } = next
    assert.deepEqual(
      { time, kind, node, other, item },
      { time: next.time, kind: id % 256, node: id, other: id + 7, item: `item ${id}` },
    )
    this.now = time
  }

  takeAll(): void {
    while (this.sorted.length > 0) this.take()
    this.take()
  }
}

/** Fractions of a slot, within a turn of the fine rim (1024 ms), of the coarse one (18 hours), and beyond. */
const delay = fc.oneof(
  fc.constantFrom(0, 1 / 64, 1, 1024, 1024 * 65536),
  fc.double({ min: 0, max: 0.1, noNaN: true }),
  fc.double({ min: 0, max: 2048, noNaN: true }),
  fc.integer({ min: 0, max: 10_000 }),
  fc.double({ min: 0, max: 1e8, noNaN: true }),
  fc.double({ min: 0, max: 1e10, noNaN: true }),
)

test('when events are added then they are taken in order of time, and of arrival at the same time', () => {
  fc.assert(
    fc.property(fc.array(delay, { maxLength: 300 }), (delays) => {
      const pair = new Pair()
      for (const it of delays) pair.add(it)
      pair.takeAll()
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('when events are added between takes then the order is the same as of a sorted array', () => {
  const step = fc.oneof(fc.constant('take' as const), delay)
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const pair = new Pair()
      for (const it of steps) {
        if (it === 'take') pair.take()
        else pair.add(it)
      }
      pair.takeAll()
    }),
    { seed: 2, numRuns: 300 },
  )
})

test('when many events are due at one time then they are taken as they came', () => {
  const pair = new Pair()
  for (let i = 0; i < 3000; i++) pair.add(i % 3 === 0 ? 5 : 2000)
  pair.takeAll()
})

test('when an event is added for a time before the last one taken then it is next', () => {
  const queue = new EventQueue<undefined>()
  queue.add(5000, 0, 1, 0)
  queue.take()
  queue.add(9000, 0, 2, 0)
  queue.add(100, 0, 3, 0)
  queue.take()
  assert.equal(queue.node, 3)
})

test('when nothing is queued then there is nothing to take', () => {
  const queue = new EventQueue<undefined>()
  assert.equal(queue.take(), false)
  assert.equal(queue.size, 0)
})
