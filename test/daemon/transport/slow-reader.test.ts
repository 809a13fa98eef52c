import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { DEFAULTS } from '../../../src/daemon/settings.ts'
import { Connection } from '../../../src/daemon/transport/connection.ts'
import { Client } from '../client.ts'
import { startNode } from '../node.ts'
import { until } from '../until.ts'
import { StuckSocket } from './stuck-socket.ts'

test('what waits for a reader that never reads is bounded; the rest is dropped, and that is said', async (t) => {
  const socket = new StuckSocket()
  t.after(() => socket.destroy())
  const events = { line() {}, closed() {} }
  const limits = { ...DEFAULTS.limits, maxLine: 100, maxPending: 1000, idle: 1000 }
  const connection = new Connection(socket as unknown as Socket, limits, events)
  const taken = Array.from({ length: 500 }, () => connection.send(`${'x'.repeat(99)}\n`))
  assert.equal(taken.filter(Boolean).length, 10)
  // What is said in one turn is written at its end.
  await setImmediate()
  assert.equal(socket.writableLength, 1000)
})

test('a watcher that reads late gets whole lines, and the node goes on meanwhile', async (t) => {
  const node = await startNode(t, { limits: { maxPending: 10_000 } })
  const client = await Client.open(t, node.address)
  client.say({ type: 'watch' })
  await until('the node is watched', () => node.events.isHeard)
  client.socket.pause()
  const count = 20_000
  for (let i = 0; i < count; i++) node.propose('x', i)
  const other = await Client.open(t, node.address)
  assert.equal((await other.ask({ type: 'status' })).timestamp, count - 1)

  client.socket.resume()
  await until('it has caught up', () => {
    node.propose('x', count + client.lines.length)
    return client.lines.some((line) => JSON.parse(line).timestamp >= count)
  })
  const timestamps = client.lines.slice(1).map((line) => JSON.parse(line).timestamp)
  assert.deepEqual(
    timestamps,
    timestamps.toSorted((a, b) => a - b),
  )
})

test('a client that asks without reading is not listened to until it reads', async (t) => {
  const node = await startNode(t, { limits: { maxPending: 100_000_000 } })
  const client = await Client.open(t, node.address)
  client.socket.pause()
  const question = `{"type":"value","value":"x","timestamp":1}\n`
  for (let i = 0; i < 300; i++) client.write(question.repeat(100))
  await until('some were answered', () => node.status().received > 0)
  client.socket.resume()
  await until('all were answered', () => client.lines.length === 30_000)
  assert.equal(client.lines.filter((line) => line.includes('"ignored"')).length, 29_999)
})
