import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Replay } from '../../../src/page/model/replay.ts'
import { nameOf, spreadOf, stories, tell } from './story.ts'

const shares = fc.array(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { minLength: 1, maxLength: 12 })

test('when one jumps about then each position shows what it would show at first', () => {
  fc.assert(
    fc.property(stories('wild'), shares, (story, jumps) => {
      const spread = spreadOf(story)
      const replay = new Replay(spread)
      for (const share of jumps) {
        const position = share * replay.length
        assert.deepEqual(replay.picture(position), new Replay(spread).picture(position))
      }
    }),
  )
})

test('when one steps forward and back then the picture is the same', () => {
  fc.assert(
    fc.property(stories('wild'), fc.double({ min: 0, max: 1, noNaN: true }), (story, share) => {
      const replay = new Replay(spreadOf(story))
      const position = Math.min(Math.floor(share * replay.length), replay.length - 1)
      const there = replay.step(position, 1)
      assert.equal(there, position + 1)
      assert.deepEqual(replay.picture(replay.step(there, -1)), replay.picture(position))
    }),
  )
})

test('when no node stops then no infected node becomes susceptible', () => {
  fc.assert(
    fc.property(stories('calm'), (story) => {
      const replay = new Replay(spreadOf(story))
      let before: readonly string[] = []
      for (let p = 0; p <= replay.length; p++) {
        const { infected } = replay.picture(p)
        assert.ok(before.every((it) => infected.has(it)))
        before = [...infected.keys()]
      }
      assert.deepEqual(before.toSorted(), [...story.holders].sort())
    }),
  )
})

test('when nodes stop and start then the last picture shows who runs and who holds the value', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const replay = new Replay(spreadOf(story))
      const { infected, stopped } = replay.picture(replay.length)
      assert.deepEqual([...infected.keys()].sort(), [...story.holders].sort())
      assert.deepEqual([...stopped].sort(), story.nodes.filter((it) => !story.live.has(it)).sort())
    }),
  )
})

test('when messages are under way then each is somewhere between its ends, and its time never runs back', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const replay = new Replay(spreadOf(story))
      let before = 0
      for (let p = 0; p <= replay.length; p += 0.5) {
        const { flights, gone, at } = replay.picture(p)
        for (const { progress } of flights) assert.ok(progress >= 0 && progress < 1)
        for (const { age } of gone) assert.ok(age >= 0 && age < 1)
        assert.ok(at >= before)
        before = at
      }
    }),
  )
})

test('when a node is infected by a peer then that peer had the value, and the message has come', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const replay = new Replay(spreadOf(story))
      for (const [i, moment] of replay.moments.entries()) {
        if (moment.what !== 'infected' || moment.infection.from === null) continue
        const { from, node } = moment.infection
        const earlier = replay.moments.slice(0, i)
        assert.ok(earlier.some((it) => it.what === 'infected' && it.infection.node === from))
        assert.ok(
          earlier.some((it) => it.what === 'ended' && it.flight.from === from && it.flight.to === node),
        )
      }
    }),
  )
})

test('when a node sends the value on then it has it by then, also where both are told of at the same time', () => {
  fc.assert(
    fc.property(stories('wild'), (story) => {
      const replay = new Replay(spreadOf(story))
      for (const [i, moment] of replay.moments.entries())
        if (moment.what === 'sent') assert.ok(replay.picture(i).infected.has(moment.flight.from))
    }),
  )
})

test('when one goes from hop to hop then each time a node of one hop more has it, until the end', () => {
  const send = (from: number, to: number) => ({ what: 'send' as const, from, to, takes: 1 })
  const replay = new Replay(
    spreadOf(tell(4, [send(0, 1), send(1, 0), send(1, 2), send(2, 0), send(2, 3), send(0, 1), send(0, 2)])),
  )
  const most = (position: number): number =>
    Math.max(-1, ...[...replay.picture(position).infected.values()].map((it) => it!.hops))
  const seen = [most(0)]
  let position = 0
  while (position < replay.length && seen.length < 9) {
    position = replay.stepHop(position, 1)
    seen.push(most(position))
  }
  assert.deepEqual(seen, [-1, 0, 1, 2, 3, 3])
  assert.equal(most(replay.stepHop(replay.stepHop(position, -1), -1)), 2)
})

test('when a node was down before the value came then it is from the beginning', () => {
  const story = tell(3, [])
  const events = [{ at: 1, node: nameOf(2), event: 'stopped' as const }, ...story.events.slice(3)]
  assert.deepEqual([...new Replay(spreadOf({ ...story, events })).picture(0).stopped], [nameOf(2)])
})

test('when a replay ends early then nothing that was sent later is in it', () => {
  fc.assert(
    fc.property(stories('wild'), fc.integer({ min: 4999, max: 5090 }), (story, until) => {
      const { moments } = new Replay(spreadOf(story), until)
      assert.ok(moments.every((it) => it.at <= until || it.what === 'ended'))
    }),
  )
})
