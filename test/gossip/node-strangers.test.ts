import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Address, strategy } from '../../src/gossip/strategy.ts'
import { meetingView } from '../membership/meeting.ts'
import { place } from '../strategy/recording-host.ts'
import { addresses, at, ME, value } from './build.ts'
import { listening } from './listening.ts'

const B = at('b')
const STRANGER = at('stranger')

/** A view with room for one peer, and for no guest. */
function full() {
  const { view } = meetingView({ maxPeers: 1, maxGuests: 0 })
  const { strategy: it, calls } = listening()
  const placed = place(it, { view })
  placed.node.meet(B, undefined, 'reached')
  placed.host.seen()
  return { ...placed, view, calls }
}

for (const from of [STRANGER, ME]) {
  const who = from === ME ? 'claims to be the node itself' : 'is nobody for whom there is room'
  test(`when a sender ${who} then a newer value counts, and no handler is told who sent what`, () => {
    const { node, host, view, calls } = full()
    assert.equal(node.receive(from, value('a', 7)), 'newer')
    assert.equal(node.receive(from, value('a', 7)), 'same')
    assert.equal(node.receive(from, value('a', 6)), 'older')
    assert.equal(node.receive(from, { type: 'ask', fields: { what: 'x' } }), 'other')
    assert.deepEqual(
      calls.filter(([call]) => call !== 'onPeerDown'),
      [['onNewer', null]],
    )
    assert.equal(node.get()?.value, 'a')
    assert.deepEqual(
      host.seen('received', 'updated', 'ignored', 'peerUp').map(([event, who]) => [event, who]),
      [
        ['received', from],
        ['updated', from],
        ['received', from],
        ['ignored', from],
        ['received', from],
        ['ignored', from],
        ['received', from],
        ['ignored', from],
      ],
    )
    assert.deepEqual(view.list(), [B])
  })
}

test('when the view is full then those in it are heard as before', () => {
  const { node, calls } = full()
  node.receive(STRANGER, value('a', 7))
  calls.splice(0)
  node.receive(B, value('a', 7))
  node.receive(B, { type: 'ask', fields: { what: 'x' } })
  assert.deepEqual(calls, [
    ['onKnown', B],
    ['ask', B, 'x'],
  ])
})

/** Remembers every address that it gets to see, until that is down. */
function hoarder() {
  const seen = new Set<Address>()
  const keep = (_node: unknown, from: Address | null): void => {
    if (from !== null) seen.add(from)
  }
  const keepOf = (node: unknown, _item: unknown, from: Address | null): void => keep(node, from)
  const it = strategy({
    summary: 'Hoards.',
    messages: { ask: {} },
    onPeriod(node) {
      for (const peer of [...node.pick(2), ...node.peers]) seen.add(peer)
    },
    onNewer: keepOf,
    onKnown: keepOf,
    onOlder: keepOf,
    onPeerDown: (_node, peer) => void seen.delete(peer),
    onMessage: { ask: keep },
  })
  return { strategy: it, seen }
}

test('when anybody claims anything then a strategy remembers no more than the view holds, and in the end nothing', () => {
  const [MAX_PEERS, MAX_GUESTS] = [4, 3]
  const who = fc.constantFrom(ME, ...addresses(12))
  const step = fc.record({
    from: who,
    timestamp: fc.nat(3),
    asks: fc.boolean(),
    reaches: fc.option(who),
    fails: fc.option(who),
    leaves: fc.option(who),
    wait: fc.nat(3),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const limits = { maxPeers: MAX_PEERS, maxGuests: MAX_GUESTS, maxForgotten: 3 }
      const { view, host } = meetingView(limits)
      const { strategy: it, seen } = hoarder()
      const { node } = place(it, { view })
      for (const { from, timestamp, asks, reaches, fails, leaves, wait } of steps) {
        if (asks) node.receive(from, { type: 'ask', fields: {} })
        else node.receive(from, value('a', timestamp))
        if (reaches !== null) node.meet(reaches, undefined, 'reached')
        if (fails !== null) node.peerDown(fails)
        if (leaves !== null) view.departed(leaves)
        host.pass(wait)
        node.period()
        assert.ok(seen.size <= MAX_PEERS + MAX_GUESTS && [...seen].every((it) => view.knows(it) && it !== ME))
        assert.ok(view.size <= MAX_PEERS && view.forgotten().length <= 3)
      }
      for (const peer of addresses(12)) view.departed(peer)
      host.pass(6)
      node.period()
      assert.deepEqual([...seen], [])
    }),
    { numRuns: 500 },
  )
})
