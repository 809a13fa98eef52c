import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Address } from '../../../src/gossip/strategy.ts'
import { Verifier } from '../../../src/gossip/view/verifier.ts'
import { addresses, at } from '../build.ts'

/** One that can ask as many as it likes, of whom nobody answers but as the test says so. */
class World {
  now = 0
  readonly asked: Address[] = []
  readonly up = new Set<Address>()
  readonly #timers: { readonly due: number; readonly act: () => void }[] = []
  readonly verifier: Verifier

  constructor() {
    this.verifier = new Verifier(
      {
        peers: {
          size: 0,
          hasRoom: true,
          has: (it) => this.up.has(it),
          isUp: (it) => this.up.has(it),
          isWorthAsking: (it) => !this.up.has(it),
        },
        allows: () => true,
        random: () => 0.5,
        now: () => this.now,
        schedule: (ms, act) => void this.#timers.push({ due: this.now + ms, act }),
        ask: (peer) => void this.asked.push(peer),
        reached: (peer) => void this.up.add(peer),
        gone: (peer) => this.verifier.drop(peer),
      },
      { expiry: 60_000, period: 10_000, maxLinks: 128 },
    )
  }

  answers(peer: Address): void {
    this.up.add(peer)
    this.verifier.answered(peer)
  }

  pass(ms: number): void {
    const until = this.now + ms
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]
      if (next === undefined) break
      this.#timers.splice(this.#timers.indexOf(next), 1)
      this.now = Math.max(this.now, next.due)
      next.act()
    }
    this.now = until
  }
}

const CROWD = addresses(100)

function crowdSpeaks(): World {
  const world = new World()
  for (const it of CROWD) world.verifier.spoke(it, it)
  return world
}

test('when many speak then a few are asked, and more for each that answers', () => {
  const world = crowdSpeaks()
  assert.equal(world.asked.length, 4)
  for (let i = 0; i < 10; i++) world.answers(world.asked[i]!)
  assert.ok(world.asked.length > 20, `${world.asked.length} were asked`)
})

test('when those that are asked take the connection and do not answer then no others are asked in the meantime', () => {
  const world = crowdSpeaks()
  for (const it of world.asked.slice()) world.verifier.opened(it)
  world.pass(2900)
  assert.equal(world.asked.length, 4)
  assert.equal(world.up.size, 4)
})

test('when they never answer then others are asked, fewer at a time', () => {
  const world = crowdSpeaks()
  for (const it of world.asked.slice()) world.verifier.opened(it)
  world.pass(3000)
  assert.equal(world.asked.length, 6)
})

test('when none of those that spoke answers at all then each is asked within a bounded time', () => {
  const world = crowdSpeaks()
  world.pass(300_000)
  assert.equal(new Set(world.asked).size, CROWD.length)
})

test('when answers are late then those that are up are asked seldom, as well', () => {
  const world = new World()
  world.up.add(at('up'))
  for (let i = 0; i < 20; i++) {
    world.verifier.spoke(at(i), at(i))
    world.pass(1000)
    world.verifier.opened(at(i))
    world.pass(1500)
    world.answers(at(i))
  }
  const before = world.asked.length
  for (let i = 0; i < 100; i++) {
    world.verifier.greet(at('up'), undefined, false)
    world.pass(10)
  }
  assert.ok(world.asked.length - before <= 2, `${world.asked.length - before} times in a second`)
})
