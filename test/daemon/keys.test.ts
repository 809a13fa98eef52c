/** Values under keys, as any client sees them: get, keys, deletions, bounds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEndpoint } from '../../src/daemon/address/address.ts'
import { keysOf } from '../../src/daemon/client/held.ts'
import { ask, Client } from './client.ts'
import { FakePeer, introduce } from './fake-peer.ts'
import { startNode } from './node.ts'
import { until } from './until.ts'

const now = () => Date.now()

test('when a value is handed in under a key then get tells of that key, and of no other', async (t) => {
  const { address } = await startNode(t)
  const { outcome } = await ask(t, address, { type: 'value', key: 'a', value: 'x', timestamp: 7 })
  assert.equal(outcome, 'accepted')
  const held = (key?: string) => ask(t, address, { type: 'get', key })
  assert.deepEqual(await held('a'), { type: 'held', key: 'a', value: 'x', timestamp: 7 })
  assert.deepEqual(await held('b'), { type: 'held', key: 'b', value: null, timestamp: null })
  assert.deepEqual(await held(), { type: 'held', key: '', value: null, timestamp: null })
})

test('when no key is named then the value is that of the key "", as get and status tell', async (t) => {
  const { address } = await startNode(t)
  await ask(t, address, { type: 'value', value: 'x', timestamp: 7 })
  await ask(t, address, { type: 'value', key: 'a', value: 'y', timestamp: 8 })
  assert.equal((await ask(t, address, { type: 'get' })).value, 'x')
  const { value, timestamp, values, membership } = await ask(t, address, { type: 'status' })
  assert.deepEqual([value, timestamp, values, membership], ['x', 7, 2, 'heartbeat'])
})

test('when keys are asked for then they come in order, without those that are deleted', async (t) => {
  const { address } = await startNode(t)
  for (const key of ['b', '', 'é', 'B', 'a'])
    await ask(t, address, { type: 'value', key, value: 'x', timestamp: 7 })
  await ask(t, address, { type: 'value', key: 'b', value: null, timestamp: now() })
  const keys = (after?: string) => ask(t, address, { type: 'keys', after })
  assert.deepEqual(await keys(), { type: 'keys', keys: ['', 'B', 'a', 'é'], more: false })
  assert.deepEqual(await keys('B'), { type: 'keys', keys: ['a', 'é'], more: false })
  assert.deepEqual(await keys('zz'), { type: 'keys', keys: ['é'], more: false })
})

test('when there are more keys than a line has room for then all come in parts, each within the bound', async (t) => {
  const maxLine = 4096
  const { address } = await startNode(t, { limits: { maxLine, maxValue: 16, rowsPerMessage: 1 } })
  const all = Array.from({ length: 200 }, (_, i) => `${String(i).padStart(3, '0')}${'"é'.repeat(40)}`)
  const client = await Client.open(t, address)
  for (const key of all) await client.ask({ type: 'value', key, value: 'x', timestamp: 7 })
  const got: string[] = []
  for await (const key of keysOf(parseEndpoint(address)!)) got.push(key)
  assert.deepEqual(got, all)
  client.say({ type: 'keys' })
  await client.next()
  assert.ok(Buffer.byteLength(client.lines.at(-1)!) < maxLine)
})

const wrong = [
  { what: 'a key that is no text', line: { type: 'get', key: 5 }, says: /key/ },
  { what: 'a key of 257 bytes', line: { type: 'get', key: `${'é'.repeat(128)}x` }, says: /256 bytes/ },
  {
    what: 'a value under such a key',
    line: { type: 'value', key: 'x'.repeat(257), value: 'x', timestamp: 1 },
    says: /256 bytes/,
  },
  { what: 'keys after a number', line: { type: 'keys', after: 5 }, says: /after/ },
  {
    what: 'a value that is neither text nor null',
    line: { type: 'value', value: 5, timestamp: 1 },
    says: /value/,
  },
]
for (const { what, line, says } of wrong) {
  test(`when ${what} comes then it is answered an error, and changes nothing`, async (t) => {
    const { address } = await startNode(t)
    const { type, error } = await ask(t, address, line)
    assert.equal(type, 'error')
    assert.match(error, says)
    assert.equal((await ask(t, address, { type: 'status' })).values, 0)
  })
}

test('when a key is deleted then it is gone, and stays so whatever older value comes', async (t) => {
  const { address } = await startNode(t)
  const client = await Client.open(t, address)
  const value = (value: string | null, timestamp: number) =>
    client.ask({ type: 'value', key: 'a', value, timestamp })
  const at = now()
  assert.equal((await value('x', at)).outcome, 'accepted')
  assert.equal((await value(null, at)).outcome, 'accepted', 'of one ms the deletion wins')
  assert.equal((await value('z', at)).outcome, 'ignored')
  assert.equal((await value('old', at - 1)).outcome, 'ignored')
  assert.deepEqual(await client.ask({ type: 'get', key: 'a' }), {
    type: 'held',
    key: 'a',
    value: null,
    timestamp: at,
  })
  assert.equal((await value('new', at + 1)).outcome, 'accepted')
  assert.equal((await client.ask({ type: 'get', key: 'a' })).value, 'new')
})

test('when the bounds on keys and bytes are reached then what needs more is refused, and says so', async (t) => {
  const { address } = await startNode(t, { limits: { maxKeys: 2, maxHeld: 1024, maxValue: 2048 } })
  const client = await Client.open(t, address)
  const value = (key: string, value: string, timestamp = 7) =>
    client.ask({ type: 'value', key, value, timestamp })
  assert.equal((await value('a', 'x')).outcome, 'accepted')
  const { outcome, reason } = await value('b', 'x'.repeat(1024))
  assert.equal(outcome, 'refused')
  assert.match(reason, /no room: at most 2 keys and 1024 bytes .*--limit maxKeys, maxHeld/)
  assert.equal((await value('b', 'x')).outcome, 'accepted')
  assert.equal((await value('c', 'x')).outcome, 'refused')
  assert.equal((await value('b', 'y', 8)).outcome, 'accepted', 'a newer one of a key takes no more room')
  assert.equal((await client.ask({ type: 'status' })).refused, 2)
})

test('when values have a time to live then they are forgotten after it, and refused that old', async (t) => {
  const { address } = await startNode(t, { ttl: 400, period: 50 })
  const client = await Client.open(t, address)
  assert.equal(
    (await client.ask({ type: 'value', key: 'a', value: 'x', timestamp: now() })).outcome,
    'accepted',
  )
  await until('it is forgotten', async () => (await client.ask({ type: 'get', key: 'a' })).timestamp === null)
  const { outcome, reason } = await client.ask({
    type: 'value',
    key: 'b',
    value: 'x',
    timestamp: now() - 400,
  })
  assert.equal(outcome, 'refused')
  assert.match(reason, /forgotten by now.*--ttl/)
})

test('when a deletion has been forgotten then an older value can come back, and not before', async (t) => {
  const { address } = await startNode(t, { tombstones: 600, period: 50 })
  const client = await Client.open(t, address)
  const at = now()
  const old = { type: 'value', key: 'a', value: 'old', timestamp: at - 1 }
  await client.ask({ type: 'value', key: 'a', value: null, timestamp: at })
  assert.equal((await client.ask(old)).outcome, 'ignored')
  await until('it is forgotten', async () => (await client.ask({ type: 'get', key: 'a' })).timestamp === null)
  assert.ok(now() >= at + 600)
  assert.equal((await client.ask(old)).outcome, 'accepted')
})

test('when a node holds several values then a push brings each as a line, and peers where they are news', async (t) => {
  const { address } = await startNode(t, { period: 300 })
  const peer = await FakePeer.start(t)
  await introduce(t, address, peer.address)
  for (const key of ['', 'a', 'b'])
    await ask(t, address, { type: 'value', key, value: `of ${key}`, timestamp: 7 })
  const values = () => peer.messages.filter((it) => it.type === 'value')
  await until('each is pushed at once, and again in a period', () => values().length >= 9)
  // In the order of their first copies: a period may have passed between two of them.
  assert.deepEqual(
    [...new Map(values().map(({ key = '', value }) => [key, value]))],
    [
      ['', 'of '],
      ['a', 'of a'],
      ['b', 'of b'],
    ],
  )
  const heartbeats = values().flatMap((it) =>
    it.peers.filter((row: { address: string }) => row.address === address),
  )
  assert.ok(heartbeats.length > 0)
  const told = heartbeats.map((it: { heartbeat: number }) => it.heartbeat)
  assert.equal(new Set(told).size, told.length, 'none of its heartbeats is told twice')
})
