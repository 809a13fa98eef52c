import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, Client } from './client.ts'
import { startNode } from './node.ts'
import { until } from './until.ts'

test('a connection that says nothing is closed after a while', async (t) => {
  const client = await Client.open(t, (await startNode(t, { limits: { idle: 100 } })).address)
  await client.closed()
  assert.deepEqual(client.lines, [])
})

test('one that watches may be silent for longer', async (t) => {
  const node = await startNode(t, { limits: { idle: 100 } })
  const [watcher, other] = [await Client.open(t, node.address), await Client.open(t, node.address)]
  watcher.say({ type: 'watch' })
  await until('the node is watched', () => node.feed.isHeard)
  await other.closed()
  node.propose('x', 1)
  assert.equal((await watcher.next()).event, 'received')
})

test('connections over the bound are closed at once; when one ends there is room again', async (t) => {
  const { address } = await startNode(t, { limits: { maxConnections: 2, reserved: 0 } })
  const [one, two] = [await Client.open(t, address), await Client.open(t, address)]
  await one.ask({ type: 'status' })
  await two.ask({ type: 'status' })
  const three = await Client.open(t, address)
  await three.closed()
  assert.deepEqual(three.lines, [])
  one.socket.destroy()
  await until('there is room', async () => {
    const client = await Client.open(t, address)
    client.say({ type: 'status' })
    return until('an answer or the end', () => client.lines.length > 0 || (client.isClosed && 'closed')).then(
      (it) => it === true,
    )
  })
})

test('a stopped node ends its connections and takes no more', async (t) => {
  const node = await startNode(t)
  const client = await Client.open(t, node.address)
  await client.ask({ type: 'status' })
  node.stop()
  await client.closed()
  await assert.rejects(Client.open(t, node.address), { code: 'ECONNREFUSED' })
})

test('a paused node answers nothing until it resumes', async (t) => {
  const node = await startNode(t)
  const client = await Client.open(t, node.address)
  await client.ask({ type: 'status' })
  node.pause()
  client.say({ type: 'value', value: 'x', timestamp: 5 })
  await new Promise((resolve) => setTimeout(resolve, 200))
  assert.equal(client.lines.length, 1)
  node.resume()
  assert.equal((await client.next()).outcome, 'accepted')
  assert.equal((await ask(t, node.address, { type: 'status' })).value, 'x')
})
