import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addresses, at, ME } from '../gossip/build.ts'
import { type Row, table } from '../membership/table.ts'

const PEERS = 8

interface Told {
  readonly from: string
  readonly rows: readonly Row[]
}

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
      return others.map((rows) => ({
        from: String(from),
        rows: [own, ...rows.filter(({ address }) => address !== from)],
      }))
    })
    return fc.uniqueArray(told, { selector: ({ from }) => from, maxLength: PEERS })
  })

/** A table that has reached all of them. */
function met() {
  const it = table()
  for (const peer of addresses(PEERS)) it.view.reached(peer)
  return it
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
      const [one, other] = [met(), met()]
      for (const { from, rows } of told) one.says(from, ...rows)
      for (const { from, rows } of shuffled) other.says(from, ...rows)
      assert.deepEqual([one.rows, one.peers], [other.rows, other.peers])
    }),
    { numRuns: 500 },
  )
})

test('when anything is told, true or not, then bounds hold, and a pick never has the node itself or one twice', () => {
  const anybody = fc.constantFrom(ME, ...addresses(12))
  const anyRow = fc.record({ address: anybody, heartbeat: fc.nat(9) })
  const step = fc.record({
    from: anybody,
    rows: fc.array(anyRow, { maxLength: 8 }),
    wait: fc.nat(4),
    reaches: fc.option(anybody),
    fails: fc.boolean(),
    k: fc.nat(9),
    dice: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 }),
  })
  const limits = { maxPeers: 5, maxForgotten: 3, maxGuests: 4 }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const it = table({ rows: 4 }, limits)
      const { view, host } = it
      for (const { from, rows, wait, reaches, fails, k, dice } of steps) {
        let thrown = 0
        const random = () => dice[thrown++ % dice.length]!
        host.pass(wait)
        if (reaches !== null) view.reached(reaches)
        it.says(String(from), ...rows)
        if (fails) view.failed(from)
        view.period()
        const picked = view.pick(k, [], random)
        assert.equal(new Set(picked).size, picked.length)
        assert.equal(picked.length, Math.min(k, view.list().length))
        assert.ok(!picked.includes(ME) && !view.list().includes(ME) && !view.forgotten().includes(ME))
        assert.ok(view.size <= limits.maxPeers && view.forgotten().length <= limits.maxForgotten)
        const shared = it.told()
        assert.ok(shared.length <= 4)
        assert.equal(shared[0], String(ME))
        assert.equal(new Set(shared).size, shared.length)
        assert.ok(shared.every((one) => one === String(ME) || view.has(at(one))))
      }
    }),
    { numRuns: 300 },
  )
})
