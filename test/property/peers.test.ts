import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PeerRow } from '../../src/gossip/message.ts'
import type { Address } from '../../src/gossip/strategy.ts'
import type { PeerTable } from '../../src/gossip/view/table.ts'
import { addresses, ME, table } from '../gossip/build.ts'

interface Told {
  readonly from: Address
  readonly rows: readonly PeerRow[]
}

const PEERS = 8

/** Each peer speaks at most once, of itself and of some others; nobody knows a peer's heartbeat before itself. */
const honest: fc.Arbitrary<Told[]> = fc
  .array(fc.nat(100), { minLength: PEERS, maxLength: PEERS })
  .chain((heartbeats) => {
    const rowAbout = fc
      .nat(PEERS - 1)
      .chain((i) =>
        fc.record({ address: fc.constant(addresses(PEERS)[i]!), heartbeat: fc.nat(heartbeats[i]!) }),
      )
    const told = fc.nat(PEERS - 1).chain((i) => {
      const from = addresses(PEERS)[i]!
      const own = { address: from, heartbeat: heartbeats[i]! }
      const others = fc.array(rowAbout, { maxLength: 6 })
      return others.map((rows) => ({ from, rows: [own, ...rows.filter(({ address }) => address !== from)] }))
    })
    return fc.uniqueArray(told, { selector: ({ from }) => from, maxLength: PEERS })
  })

function known(peers: PeerTable): unknown {
  const byAddress = (a: PeerRow, b: PeerRow): number => (a.address < b.address ? -1 : 1)
  return { all: peers.all().sort(byAddress), list: peers.list(0).sort() }
}

test('when two tables hear the same in another order, or twice, then they know the same', () => {
  const runs = honest.chain((told) =>
    fc
      .subarray(told)
      .chain((again) =>
        fc.tuple(
          fc.constant(told),
          fc.shuffledSubarray([...told, ...again], { minLength: told.length + again.length }),
        ),
      ),
  )
  fc.assert(
    fc.property(runs, ([told, shuffled]) => {
      const [one, other] = [table(), table()]
      for (const { from, rows } of told) one.heard(from, rows, 0)
      for (const { from, rows } of shuffled) other.heard(from, rows, 0)
      assert.deepEqual(known(one), known(other))
    }),
    { numRuns: 500 },
  )
})

test('when anything is told, true or not, then bounds hold, and a pick never has the node itself or one twice', () => {
  const anyRow = fc.record({ address: fc.constantFrom(ME, ...addresses(12)), heartbeat: fc.nat(9) })
  const step = fc.record({
    from: fc.constantFrom(ME, ...addresses(12)),
    rows: fc.array(anyRow, { maxLength: 8 }),
    wait: fc.nat(4000),
    fails: fc.boolean(),
    k: fc.nat(9),
    dice: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 }),
  })
  const limits = { maxPeers: 5, maxForgotten: 3, rowsPerMessage: 4 }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const peers = table(limits)
      let now = 0
      for (const { from, rows, wait, fails, k, dice } of steps) {
        let thrown = 0
        const random = () => dice[thrown++ % dice.length]!
        now += wait
        peers.heard(from, rows, now)
        if (fails) peers.failed(from, now)
        peers.period(now, now)
        const picked = peers.pick(k, [], random, now)
        assert.equal(new Set(picked).size, picked.length)
        assert.equal(picked.length, Math.min(k, peers.list(now).length))
        assert.ok(!picked.includes(ME) && !peers.list(now).includes(ME) && !peers.forgotten().includes(ME))
        assert.ok(peers.size <= limits.maxPeers && peers.forgotten().length <= limits.maxForgotten)
        const shared = peers.share(random, now)
        assert.ok(shared.length <= limits.rowsPerMessage)
        assert.equal(shared[0]?.address, ME)
        assert.equal(new Set(shared.map(({ address }) => address)).size, shared.length)
      }
    }),
    { numRuns: 300 },
  )
})
