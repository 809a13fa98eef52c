import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, Client } from '../client.ts'
import { ManualClock } from '../manual-clock.ts'
import { startNode } from '../node.ts'
import { until } from '../until.ts'

test('a connection that says nothing is closed after a while', async (t) => {
  const client = await Client.open(t, (await startNode(t, { limits: { idle: 100 } })).address)
  await client.closed()
  assert.deepEqual(client.lines, [])
})

test('one that watches may be silent for longer', async (t) => {
  const node = await startNode(t, { limits: { idle: 100 } })
  const [watcher, other] = [await Client.open(t, node.address), await Client.open(t, node.address)]
  assert.equal((await watcher.ask({ type: 'watch' })).event, 'started')
  await other.closed()
  node.propose('x', 1)
  assert.equal((await watcher.next()).event, 'received')
})

test('connections over the bound are told so and closed; when one ends there is room again', async (t) => {
  const { address } = await startNode(t, { limits: { maxConnections: 2, reserved: 0 } })
  const [one, two] = [await Client.open(t, address), await Client.open(t, address)]
  for (const it of [one, two]) {
    it.say({ type: 'watch' })
    await it.ask({ type: 'status' })
  }
  const three = await Client.open(t, address)
  await three.closed()
  assert.deepEqual(three.lines, [
    '{"type":"error","error":"2 connections are open, no more may be: try again later"}',
  ])
  one.socket.destroy()
  await until('there is room', async () => {
    const client = await Client.open(t, address)
    client.say({ type: 'status' })
    await until('an answer', () => client.lines.length > 0)
    return client.lines[0]!.includes('"status"')
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
  // Nodes of one process take turns: what came for this one was there before what another one was asked.
  const other = await startNode(t)
  for (let i = 0; i < 10; i++) await ask(t, other.address, { type: 'status' })
  assert.equal(client.lines.length, 1)
  node.resume()
  assert.equal((await client.next()).outcome, 'accepted')
  assert.equal((await ask(t, node.address, { type: 'status' })).value, 'x')
})

test('when a line is written a byte at a time then it must end within its time', async (t) => {
  const client = await Client.open(t, (await startNode(t, { limits: { lineTime: 200 } })).address)
  await client.ask({ type: 'status' })
  const slow = setInterval(() => client.write(' '), 20)
  t.after(() => clearInterval(slow))
  assert.equal((await client.next()).error, 'a line took too long')
  await client.closed()
})

test('when lines end in time then the connection stays, however many come and however they are cut', async (t) => {
  const clock = new ManualClock()
  const node = await startNode(t, { clock, limits: { lineTime: 1000 } })
  const client = await Client.open(t, node.address)
  for (let i = 0; i < 60; i++) {
    client.write('"}\n{"type":"status","x":"'.slice(i === 0 ? 3 : 0))
    await until('what has ended was answered', () => client.lines.length === i)
    clock.pass(25)
  }
  assert.ok(client.lines.every((it) => it.startsWith('{"type":"status"')))
})

test('when no line comes at first, only empty ones, then the connection is closed', async (t) => {
  const client = await Client.open(t, (await startNode(t, { limits: { firstLine: 200 } })).address)
  const blank = setInterval(() => client.write('\n'), 20)
  t.after(() => clearInterval(blank))
  assert.equal((await client.next()).error, 'no line came')
  await client.closed()
})

test('when a watch is never read then it is closed, and the node goes on', async (t) => {
  const node = await startNode(t, { limits: { maxPending: 100_000, stuck: 200 } })
  const client = await Client.open(t, node.address)
  client.say({ type: 'watch' })
  await until('the node is watched', () => node.events.isHeard)
  client.socket.pause()
  let i = 0
  await until('nobody watches any more', () => {
    for (let n = 0; n < 1000; n++) node.propose('x', i++)
    return !node.events.isHeard
  })
  assert.equal((await ask(t, node.address, { type: 'status' })).timestamp, i - 1)
})

test('when more watch than may then the next is told so and closed; when one ends there is room again', async (t) => {
  const node = await startNode(t, { limits: { maxWatchers: 2 } })
  const clients = [await Client.open(t, node.address), await Client.open(t, node.address)]
  for (const client of clients) {
    client.say({ type: 'watch' })
    await client.ask({ type: 'status' })
  }
  const third = await Client.open(t, node.address)
  assert.equal((await third.ask({ type: 'watch' })).error, '2 watch streams are open, no more may be')
  await third.closed()
  clients[0]!.socket.destroy()
  await until('there is room', async () => {
    const client = await Client.open(t, node.address)
    return (await client.ask({ type: 'watch' })).event === 'started'
  })
})

test('when one host has taken all watch streams then another gets one of them, and no more than its share', async (t) => {
  const node = await startNode(t, { limits: { maxWatchers: 4 } })
  const watching = async (host: string) => {
    const client = await Client.open(t, node.address, host)
    const first = await client.ask({ type: 'watch' })
    return { client, first }
  }
  const greedy = []
  for (let i = 0; i < 4; i++) greedy.push(await watching('127.0.0.2'))
  const mine = [await watching('127.0.0.1'), await watching('127.0.0.1')]
  assert.deepEqual(
    [...greedy, ...mine].map(({ first }) => first.event),
    Array.from({ length: 6 }, () => 'started'),
  )
  for (const { client } of greedy.slice(0, 2)) {
    await client.closed()
    assert.match(client.lines.at(-1)!, /"error":"its host has most watch streams/)
  }
  for (const host of ['127.0.0.1', '127.0.0.2'])
    assert.equal((await watching(host)).first.error, '4 watch streams are open, no more may be')
  node.propose('x', 1)
  for (const { client } of [...greedy.slice(2), ...mine])
    await until('it hears more', () => client.lines.some((it) => it.includes('"updated"')))
})

test('when lines come faster than they may then they wait, and none is lost', async (t) => {
  const node = await startNode(t, { limits: { rate: 200, burst: 100 } })
  const client = await Client.open(t, node.address)
  const start = performance.now()
  client.write('{"type":"status"}\n'.repeat(300))
  const other = await Client.open(t, node.address)
  await other.ask({ type: 'status' })
  await until('all were answered', () => client.lines.length === 300)
  // 200 more than at once, at 200 a second.
  assert.ok(performance.now() - start >= 900)
})

test('when too much waits in all connections then those with the largest heaps give way', async (t) => {
  const limits = { maxBuffered: 100_000, maxConnections: 10, reserved: 0 }
  const node = await startNode(t, { limits })
  const heap = Buffer.alloc(60_000, ' ')
  const hoarders = [await Client.open(t, node.address), await Client.open(t, node.address)]
  const small = await Client.open(t, node.address)
  for (const client of hoarders) client.write(heap)
  await until('one was closed', () => hoarders.some((it) => it.isClosed))
  assert.match(hoarders.flatMap((it) => it.lines).join(), /too much is waiting to be read/)
  assert.equal((await small.ask({ type: 'status' })).type, 'status')
})
