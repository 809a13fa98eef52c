import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Address, strategy } from '../../src/gossip/strategy.ts'
import { PeerTable, TABLE_DEFAULTS } from '../../src/gossip/view/table.ts'
import { place } from '../strategy/recording-host.ts'
import { addresses, at, EXPIRY, ME, row, value } from './build.ts'
import { listening } from './listening.ts'

const B = at('b')
const STRANGER = at('stranger')

/** A table with room for one, who does not yield to anybody. */
function full() {
  const limits = { ...TABLE_DEFAULTS, expiry: EXPIRY, maxPeers: 1 }
  const view = new PeerTable(ME, limits, 1000, () => 0)
  const { strategy: it, calls } = listening()
  const placed = place(it, { view })
  placed.node.meet(B, [row('b', 1)])
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
    assert.deepEqual(calls, [['onNewer', null]])
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
    assert.deepEqual(view.list(0), [B])
  })
}

test('when the table is full then those in it are heard as before', () => {
  const { node, calls } = full()
  node.receive(STRANGER, value('a', 7))
  node.receive(B, value('a', 7))
  node.receive(B, { type: 'ask', fields: { what: 'x' } })
  assert.deepEqual(calls.slice(1), [
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

test('when anybody claims anything then a strategy remembers no more than the table holds, and in the end nothing', () => {
  const MAX_PEERS = 4
  const who = fc.constantFrom(ME, ...addresses(12))
  const rows = fc.array(fc.record({ address: who, heartbeat: fc.nat(9) }), { maxLength: 6 })
  const step = fc.record({
    from: who,
    rows,
    timestamp: fc.nat(3),
    asks: fc.boolean(),
    fails: fc.option(who),
    wait: fc.nat(3000),
    yields: fc.nat(2),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let yields = 1
      const limits = { ...TABLE_DEFAULTS, expiry: EXPIRY, maxPeers: MAX_PEERS, maxForgotten: 3 }
      const view = new PeerTable(ME, limits, 1000, () => yields)
      const { strategy: it, seen } = hoarder()
      const { node, host } = place(it, { view })
      for (const step of steps) {
        yields = step.yields
        const peers = step.rows
        if (step.asks) node.receive(step.from, { type: 'ask', fields: {}, peers })
        else node.receive(step.from, { ...value('a', step.timestamp), peers })
        if (step.fails !== null) node.peerDown(step.fails)
        host.nowMs += step.wait
        node.period()
        assert.ok(seen.size <= MAX_PEERS && [...seen].every((it) => view.knows(it) && it !== ME))
      }
      host.nowMs += EXPIRY / 2
      node.period()
      host.nowMs += EXPIRY / 2
      node.period()
      host.nowMs += EXPIRY / 2
      node.period()
      assert.deepEqual([...seen], [])
    }),
    { numRuns: 500 },
  )
})
