import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ME } from '../gossip/build.ts'
import { row, table } from './table.ts'

test('when something leaves then the own row rides first, and the others once', () => {
  const it = table()
  it.meets('b', 7)
  it.meets('c', 8)
  const [own, ...others] = it.shared()
  assert.deepEqual(own, row(String(ME), 1000))
  assert.deepEqual(new Set(others), new Set([row('b', 7), row('c', 8)]))
})

test('when nobody is known then the own row rides alone', () => {
  assert.deepEqual(table().shared(), [row(String(ME), 1000)])
})

for (const rows of [1, 2, 5, 8]) {
  test(`when ${rows} rows fit into a message then no more ride, and none twice`, () => {
    const it = table({ rows })
    for (let i = 0; i < 20; i++) it.meets(`p${i}`, 1)
    assert.equal(it.told().length, rows)
    assert.equal(new Set(it.told()).size, rows)
  })
}

test('when not all rows fit then the freshest half is always there, and of the rest each one at times', () => {
  const it = table({ rows: 5 })
  for (let i = 0; i < 8; i++) {
    it.meets(`p${i}`, 1)
    it.host.pass(0.01)
  }
  const all = Array.from({ length: 40 }, () => {
    it.host.pass(0.05)
    return it.told()
  })
  assert.ok(all.every((told) => told.includes('p7') && told.includes('p6')))
  assert.deepEqual(new Set(all.flat()).size, 9)
})

test('when a heartbeat has not grown for half the expiry then its row is left out', () => {
  const it = table()
  it.meets('b', 1)
  it.host.pass(2.9)
  assert.equal(it.told().length, 2)
  it.host.pass(0.1)
  assert.equal(it.told().length, 1)
})

test('when a peer has failed then it is not told to others from the next period on', () => {
  const it = table()
  it.meets('b', 1)
  it.told()
  it.view.failed('b' as never)
  it.period(1001)
  assert.deepEqual(it.shared(), [row(String(ME), 1001)])
})

test('when a peer is learnt of then it is told of at once', () => {
  const it = table()
  it.meets('b', 1)
  it.told()
  it.meets('c', 1)
  assert.equal(it.told().length, 3)
})

// Contacts are exchanged by asking a peer whether it is there.

/** When somebody was asked, in periods. */
function exchanges(it: ReturnType<typeof table>, periods: number): number[] {
  const times: number[] = []
  for (let i = 1; i <= periods * 100; i++) {
    it.host.pass(0.01)
    for (const _ of it.asked()) times.push(i / 100)
  }
  return times
}

test('when a peer was learnt of then contacts are exchanged soon, and ever less often until it is once a period', () => {
  const it = table()
  it.meets('b', 1)
  const times = exchanges(it, 12)
  const pauses = times.map((at, i) => at - (times[i - 1] ?? 0))
  const expected = [0.15, 0.225, 0.3375, 0.506, 0.759, 1, 1, 1]
  assert.ok(times.length >= expected.length, `${times}`)
  for (const [i, pause] of expected.entries())
    assert.ok(pauses[i]! >= 0.74 * pause && pauses[i]! <= 1.26 * pause + 0.01, `${i}: ${pauses[i]}`)
})

test('when another peer was learnt of then they are exchanged often again', () => {
  const it = table()
  it.meets('b', 1)
  exchanges(it, 10)
  it.meets('c', 1)
  assert.ok(exchanges(it, 2).length >= 3)
})

test('when 50 peers are known then the first pause is twice as long', () => {
  const it = table()
  for (let i = 0; i < 50; i++) it.meets(`p${i}`, 1)
  exchanges(it, 20)
  it.meets('c', 1)
  const times = exchanges(it, 2.5)
  const pauses = times.map((at, i) => at - (times[i - 1] ?? 0)).slice(1)
  assert.ok(pauses[0]! > 0.22 && pauses[0]! < 0.39, `${pauses}`)
})

test('when nobody is known then nobody is asked', () => {
  const it = table()
  it.period()
  assert.deepEqual(exchanges(it, 5), [])
})

test('when peers are known then each of them is asked at times', () => {
  const it = table()
  it.meets('b', 1)
  it.meets('c', 1)
  it.host.pass(50)
  assert.deepEqual(new Set(it.asked()), new Set(['b', 'c']))
})
