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

test('when many speak then a few are asked, and another for each that answers', () => {
  const world = crowdSpeaks()
  assert.equal(world.asked.length, 4)
  for (let i = 0; i < 10; i++) world.answers(world.asked[i]!)
  assert.equal(world.asked.length, 14)
})

test('when those that are asked take the connection then they have some time to answer before others are asked', () => {
  const world = crowdSpeaks()
  for (const it of world.asked.slice()) world.verifier.opened(it)
  assert.equal(world.up.size, 4)
  world.pass(249)
  assert.equal(world.asked.length, 4)
  world.pass(1)
  assert.ok(world.asked.length >= 8, `${world.asked.length} were asked`)
})

test('when none of those that spoke answers at all then each is asked within a bounded time', () => {
  const world = crowdSpeaks()
  world.pass(300_000)
  assert.equal(new Set(world.asked).size, CROWD.length)
})

test('when timers are late then others are asked seldom, those that are up as well', () => {
  const world = crowdSpeaks()
  world.up.add(at('up'))
  for (let i = 0; i < 20; i++) {
    world.now += 4000
    world.pass(0)
  }
  const before = world.asked.length
  for (let i = 0; i < 100; i++) {
    world.verifier.greet(at('up'), undefined, false)
    world.pass(10)
  }
  assert.ok(world.asked.length - before <= 4, `${world.asked.length - before} times in a second`)
})
