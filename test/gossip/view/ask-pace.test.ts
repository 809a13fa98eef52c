import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AskPace } from '../../../src/gossip/view/ask-pace.ts'

/** Ms between two questions, at most. */
const MAX_GAP = 5000
const TIMER_MS = 100

interface Node {
  readonly pace: AskPace
  asked: number
  timerSetAt: number
}

/** Many nodes that ask one another by one thread: it does what has come, so many ms each, then timers have their turn. */
class Crowd {
  now = 0
  readonly answers: number[] = []
  readonly #nodes: Node[]
  #queue: { readonly node: Node; readonly at: number }[] = []

  constructor(nodes: number) {
    this.#nodes = Array.from({ length: nodes }, () => ({
      pace: new AskPace(),
      asked: 0,
      timerSetAt: 0,
    }))
  }

  run(until: number, cost: number): void {
    while (this.now < until) {
      const due = this.#queue
      this.#queue = []
      for (const { node, at } of due) {
        this.now += cost
        node.asked -= 1
        this.answers.push(this.now - at)
      }
      if (due.length === 0) this.now += 1
      for (const it of this.#nodes) this.#turn(it)
    }
  }

  #turn(node: Node): void {
    const { pace } = node
    if (this.now - node.timerSetAt >= TIMER_MS) {
      pace.wentOff(node.timerSetAt, TIMER_MS, this.now)
      node.timerSetAt = this.now
    }
    while (node.asked < Math.min(pace.window, 32) && pace.wait(this.now) === 0) {
      node.asked += 1
      pace.asked(this.now)
      this.#queue.push({ node, at: this.now })
    }
  }
}

test('when timers are in time then more and more are asked at a time', () => {
  const pace = new AskPace()
  assert.deepEqual([pace.window, pace.wait(0)], [4, 0])
  for (let i = 0; i < 50; i++) pace.wentOff(i, 10, i + 15)
  assert.ok(pace.window > 32, `${pace.window}`)
})

test('however many nodes share a thread, and however long it takes for each, an answer comes soon, and it is not idle', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 1000 }), fc.integer({ min: 1, max: 3 }), (nodes, cost) => {
      const crowd = new Crowd(nodes)
      crowd.run(60_000, cost)
      const settled = crowd.answers.length
      crowd.run(120_000, cost)
      const late = crowd.answers.slice(settled).sort((a, b) => a - b)
      // All of them ask at the same moments here: so long it takes in any case, if each asks one.
      const bound = 200 + nodes * cost
      assert.ok(late[late.length >> 1]! < bound, `${late[late.length >> 1]} ms`)
      assert.ok(late.length * cost > 60_000 / 8, `${late.length} answers`)
    }),
    { numRuns: 20 },
  )
})

test('when many timers that were set before are late then that counts once', () => {
  const pace = new AskPace()
  for (let i = 0; i < 4; i++) pace.wentOff(i, 10, 500)
  assert.equal(pace.window, 2)
})

test('when timers are always late then one is asked at a time, no less than the greatest gap says', () => {
  const pace = new AskPace()
  for (let now = 0; now < 1e5; now += 1000) pace.wentOff(now, 10, now + 500)
  pace.asked(1e5)
  assert.deepEqual([pace.window, pace.wait(1e5)], [1, MAX_GAP])
})

test('when timers are in time again then it asks as before', () => {
  const pace = new AskPace()
  for (let now = 0; now < 1e5; now += 1000) pace.wentOff(now, 10, now + 500)
  for (let i = 0; i < 100; i++) pace.wentOff(1e6 + i, 10, 1e6 + i + 10)
  pace.asked(1e6)
  assert.deepEqual([pace.window > 4, pace.wait(1e6)], [true, 0])
})
