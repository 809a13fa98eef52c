import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Seat, Turns } from '../../../src/daemon/transport/turns.ts'

/** Time passes only while somebody works, and the next round begins when the test says so. */
class World {
  now = 0
  #rounds: (() => void)[] = []
  readonly turns = new Turns({ now: () => this.now, soon: (act) => void this.#rounds.push(act) })
  /** Who was worked for, and when that began. */
  readonly log: { readonly who: string; readonly at: number }[] = []

  /** Has so many jobs that take so many ms each. */
  client(who: string, jobs: number, ms: number): { readonly seat: Seat; left: number } {
    const client: { readonly seat: Seat; left: number } = {
      left: jobs,
      seat: this.turns.seat((isOver) => {
        while (client.left > 0) {
          this.log.push({ who, at: this.now })
          this.now += ms
          client.left -= 1
          if (isOver()) break
        }
        return client.left > 0
      }),
    }
    return client
  }

  round(): void {
    for (const act of this.#rounds.splice(0)) act()
  }

  finish(): void {
    for (let i = 0; i < 1e6 && this.#rounds.length > 0; i++) this.round()
  }
}

test('when nobody waits then it is done at once', () => {
  const world = new World()
  world.turns.ask(world.client('one', 3, 0.1).seat)
  assert.equal(world.log.length, 3)
})

test('when 200 have thousands of lines then one line of somebody else is heard in the round that it came in', () => {
  const world = new World()
  for (let i = 0; i < 200; i++) world.turns.ask(world.client('loud', 100_000, 0.05).seat)
  for (let i = 0; i < 500; i++) world.round()
  const delays: number[] = []
  const single = world.client('single', 0, 0.05)
  for (let i = 0; i < 100; i++) {
    const came = world.now
    single.left = 1
    world.turns.ask(single.seat)
    world.round()
    const { who, at } = world.log.findLast((it) => it.who === 'single')!
    assert.equal(who, 'single')
    delays.push(at - came)
    for (let round = 0; round < 10; round++) world.round()
  }
  assert.ok(Math.max(...delays) < 1.1, `${Math.max(...delays)} ms`)
})

test('whoever comes as somebody new each time does not keep those that wait from their turn for ever', () => {
  const world = new World()
  const loud = world.client('loud', 1000, 1)
  world.turns.ask(loud.seat)
  let left = loud.left
  for (let more = 0; more < 5; more++) {
    for (let round = 0; round < 400; round++) {
      // More than fits into a round.
      for (let i = 0; i < 5; i++) world.turns.ask(world.client('new', 1, 1).seat)
      world.round()
    }
    assert.ok(loud.left < left, `${left} left, and none of them was done`)
    left = loud.left
  }
})

test('whatever their lines cost, those that always have some have alike much of the time, and all is done', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 2, maxLength: 20 }), (costs) => {
      const world = new World()
      const clients = costs.map((cost, i) => world.client(String(i), 2000, cost / 4))
      for (const { seat } of clients) world.turns.ask(seat)
      for (let i = 0; i < 100; i++) world.round()
      const fair = world.now / clients.length
      for (const [i, { left }] of clients.entries()) {
        const used = ((2000 - left) * costs[i]!) / 4
        assert.ok(used > fair / 2 - 4, `${used} of ${fair} ms`)
      }
      world.finish()
      assert.ok(clients.every(({ left }) => left === 0))
    }),
  )
})

test('whoever has left is not worked for', () => {
  const world = new World()
  const [one, other] = [world.client('one', 10, 1), world.client('other', 10, 1)]
  world.turns.ask(one.seat)
  world.turns.ask(other.seat)
  world.turns.leave(other.seat)
  world.finish()
  assert.equal(world.log.filter(({ who }) => who === 'other').length, 0)
})

test('when some wait then the backlog is how long the first of them has waited', () => {
  const world = new World()
  assert.equal(world.turns.backlog, 0)
  world.turns.ask(world.client('loud', 100, 1).seat)
  world.turns.ask(world.client('other', 1, 1).seat)
  const before = world.turns.backlog
  world.now += 30
  assert.equal(world.turns.backlog, before + 30)
  world.finish()
  assert.equal(world.turns.backlog, 0)
})
