import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AskPace } from '../../../src/gossip/view/ask-pace.ts'

const MAX_GAP = 5000

/** Many nodes that ask one another by one thread, which needs that many ms for each question. */
class Crowd {
  now = 0
  readonly answers: number[] = []
  readonly #paces: AskPace[]
  readonly #asked: number[]
  readonly #queue: { readonly node: number; readonly at: number }[] = []

  constructor(nodes: number) {
    this.#paces = Array.from({ length: nodes }, () => new AskPace(MAX_GAP))
    this.#asked = Array.from({ length: nodes }, () => 0)
  }

  run(until: number, cost: number): void {
    while (this.now < until) {
      for (const [node, pace] of this.#paces.entries()) {
        while (this.#asked[node]! < Math.min(pace.window, 32) && pace.wait(this.now) === 0) {
          this.#asked[node]! += 1
          pace.asked(this.now)
          this.#queue.push({ node, at: this.now })
        }
      }
      const next = this.#queue.shift()
      this.now += next === undefined ? 1 : cost
      if (next === undefined) continue
      this.#asked[next.node]! -= 1
      // The system takes the connection at once.
      this.#paces[next.node]!.answered(next.at, next.at, this.now)
      this.answers.push(this.now - next.at)
    }
  }
}

test('when few nodes ask then they soon ask as many at a time as they may', () => {
  const crowd = new Crowd(1)
  crowd.run(50, 1)
  assert.ok(crowd.answers.length >= 49)
})

test('however many nodes share a thread, and however long it takes for each, an answer comes soon, and it is not idle', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 1000 }), fc.integer({ min: 1, max: 3 }), (nodes, cost) => {
      const crowd = new Crowd(nodes)
      crowd.run(60_000, cost)
      const settled = crowd.answers.length
      crowd.run(120_000, cost)
      const late = crowd.answers.slice(settled).sort((a, b) => a - b)
      assert.ok(late[late.length >> 1]! < 400, `${late[late.length >> 1]} ms`)
      assert.ok(late.length * cost > 60_000 / 4, `${late.length} answers`)
    }),
    { numRuns: 20 },
  )
})

test('when the network is slow then that is no reason to ask less', () => {
  const pace = new AskPace(MAX_GAP)
  for (let now = 0; now < 10_000; now += 600) pace.answered(now, now + 300, now + 600)
  assert.equal(pace.wait(10_000), 0)
  assert.ok(pace.window > 4)
})

test('when many answers to what was asked at a time are late then that counts once', () => {
  const pace = new AskPace(MAX_GAP)
  for (let i = 0; i < 4; i++) pace.answered(0, 0, 200 + i)
  assert.equal(pace.window, 2)
})

test('when none ever answers in time then it is asked no less than the greatest gap says', () => {
  const pace = new AskPace(MAX_GAP)
  for (let now = 0; now < 1e6; now += 1000) pace.late(now, now + 500)
  pace.asked(1e6)
  assert.equal(pace.wait(1e6), MAX_GAP)
})
