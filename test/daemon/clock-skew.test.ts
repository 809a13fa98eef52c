import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ClockSkewReport } from '../../src/daemon/clock-skew.ts'
import { Client } from './client.ts'
import { FakePeer } from './fake-peer.ts'
import { HOUR_MS, noted, startNode } from './node.ts'
import { until } from './until.ts'

const PERIOD = 10_000
const BOUND = 60_000

/** Some periods in each of which each peer speaks: what the check says in the end. */
function seen(offsets: readonly number[], ages: () => number, periods = 10): number {
  const check = new ClockSkewReport(BOUND)
  let behind = 0
  for (let i = 0; i < periods; i++) {
    offsets.forEach((offset, peer) => {
      check.heard(`p${peer}`, i * PERIOD + offset - ages(), i * PERIOD)
    })
    behind = check.period(PERIOD)
  }
  return behind
}

test('when clocks differ by less than the bound then nothing is said, whatever the age of what is heard', () => {
  const offset = fc.integer({ min: -BOUND, max: BOUND })
  fc.assert(
    fc.property(fc.array(offset, { maxLength: 80 }), fc.integer({ min: 0, max: PERIOD }), (offsets, age) => {
      assert.equal(
        seen(offsets, () => age),
        0,
      )
    }),
  )
})

test('when most clocks are far from its own then the node says by how much, within a period', () => {
  const off = fc.oneof(fc.integer({ min: 80_000, max: 1e9 }), fc.integer({ min: -1e9, max: -80_000 }))
  fc.assert(
    fc.property(
      off,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: PERIOD }),
      (ahead, n, age) => {
        const offsets = [...Array(n + 1).fill(ahead), ...Array(n).fill(0)]
        const told = seen(offsets, () => age)
        assert.ok(Math.abs(told - ahead) <= PERIOD, `${told}`)
      },
    ),
  )
})

test('when one clock of many is wrong then the others do not take their own for wrong', () => {
  assert.equal(
    seen([HOUR_MS, 0, 0, 0], () => 0),
    0,
  )
})

test('when old messages come at once, as after a sleep, then that is no proof', () => {
  const check = new ClockSkewReport(BOUND)
  check.heard('a', 0, 0)
  assert.equal(check.period(PERIOD), 0)
  for (let i = 0; i < 20; i++) check.heard('a', 0, HOUR_MS)
  check.heard('a', HOUR_MS, HOUR_MS)
  assert.equal(check.period(PERIOD), 0)
})

test('when nobody is heard then nothing is said, and strangers without number are forgotten', () => {
  const check = new ClockSkewReport(BOUND)
  assert.equal(check.period(PERIOD), 0)
  for (let i = 0; i < 1000; i++) check.heard(`p${i}`, i < 900 ? HOUR_MS : 0, 0)
  check.period(PERIOD)
  assert.equal(check.period(PERIOD), 0)
})

/** A peer says hi, with a clock that is so far ahead. */
function hi(client: Client, from: string, ahead: number) {
  return client.ask({ type: 'hi', from, peers: [{ address: from, heartbeat: Date.now() + ahead }] })
}

for (const [how, ahead] of [
  ['behind', HOUR_MS],
  ['ahead of', -HOUR_MS],
] as const) {
  test(`when a node's clock is an hour ${how} its peers' then it says so once, and again when it agrees`, async (t) => {
    const { log, lines } = noted('info')
    const told = () =>
      lines.map((it) => JSON.parse(it)).filter(({ msg }) => msg.includes("this node's clock"))
    const { address } = await startNode(t, { period: 30, log, expiryPeriods: 10_000 })
    const peer = await FakePeer.start(t)
    const client = await Client.open(t, address)
    await until('it says so', async () => {
      await hi(client, peer.address, ahead)
      return told().length > 0
    })
    for (let i = 0; i < 20; i++) await hi(client, peer.address, ahead)
    const [{ level, msg }] = told()
    assert.equal(level, 40)
    const [, seconds] = new RegExp(`this node's clock is ([\\d,]+) s ${how} its peers'`).exec(msg) ?? []
    assert.ok(Math.abs(Number(seconds?.replace(',', '')) - 3600) < 60, msg)
    assert.equal(told().length, 1)
    await until('it agrees', async () => {
      await hi(client, peer.address, 0)
      return told().length > 1
    })
    assert.deepEqual([told().length, told()[1].level], [2, 30])
  })
}
