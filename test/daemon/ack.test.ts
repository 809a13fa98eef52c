import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from './client.ts'
import { startNode, YEAR_MS } from './node.ts'

test('a newer value is accepted; the very same and an older one are ignored', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  const timestamp = Date.now()
  const value = { type: 'value', value: 'hi', timestamp }
  assert.deepEqual(await client.ask(value), { type: 'ack', outcome: 'accepted', timestamp })

  const same = await client.ask(value)
  assert.deepEqual([same.outcome, same.timestamp], ['ignored', timestamp])
  const older = await client.ask({ ...value, timestamp: timestamp - 1 })
  assert.deepEqual([older.outcome, older.timestamp], ['ignored', timestamp - 1])
  assert.notEqual(same.reason, older.reason)

  const status = await client.ask({ type: 'status' })
  assert.deepEqual([status.value, status.timestamp], ['hi', timestamp])
})

test('of two values with one timestamp the greater wins, whichever comes first', async (t) => {
  for (const [first, second, outcome] of [
    ['a', 'b', 'accepted'],
    ['b', 'a', 'ignored'],
  ]) {
    const client = await Client.open(t, (await startNode(t)).address)
    await client.ask({ type: 'value', value: first, timestamp: 5 })
    assert.equal((await client.ask({ type: 'value', value: second, timestamp: 5 })).outcome, outcome)
    assert.equal((await client.ask({ type: 'status' })).value, 'b')
  }
})

test('a value a year ahead is refused with the reason, and changes nothing', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  const timestamp = Date.now() + YEAR_MS
  const ack = await client.ask({ type: 'value', value: 'x', timestamp })
  assert.deepEqual(ack, {
    type: 'ack',
    outcome: 'refused',
    timestamp,
    reason: "timestamp is more than 60000 ms ahead of this node's clock",
  })
  const status = await client.ask({ type: 'status' })
  assert.deepEqual([status.value, status.timestamp, status.refused], [null, null, 1])
})

test('a value may be empty, and a timestamp 0', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  assert.equal((await client.ask({ type: 'value', value: '', timestamp: 0 })).outcome, 'accepted')
  const status = await client.ask({ type: 'status' })
  assert.deepEqual([status.value, status.timestamp], ['', 0])
})

test('a claimed bound on clock drift is the one that holds', async (t) => {
  const client = await Client.open(t, (await startNode(t, { maxClockDrift: 2 * YEAR_MS })).address)
  const ack = await client.ask({ type: 'value', value: 'x', timestamp: Date.now() + YEAR_MS })
  assert.equal(ack.outcome, 'accepted')
})
