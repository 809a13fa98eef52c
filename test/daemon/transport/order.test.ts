import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from '../client.ts'
import { startNode } from '../node.ts'

const value = (text: string, timestamp: number) => ({ type: 'value', value: text, timestamp })

test('several messages in one write are answered in their order', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  client.say(value('a', 1), { type: 'status' }, value('b', 2), { type: 'status' }, value('c', 1))
  const answers = [await client.next(), await client.next(), await client.next(), await client.next()]
  const last = await client.next()
  assert.deepEqual(
    answers.map((it) => it.value ?? it.outcome),
    ['accepted', 'a', 'accepted', 'b'],
  )
  assert.deepEqual([last.type, last.outcome, last.timestamp], ['ack', 'ignored', 1])
})

test('a message in many small writes is one message', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  client.socket.setNoDelay(true)
  for (const byte of Buffer.from(`${JSON.stringify(value('ż€𝄞', 5))}\n`)) {
    client.write(Buffer.from([byte]))
    await new Promise(setImmediate)
  }
  assert.equal((await client.next()).outcome, 'accepted')
  assert.equal((await client.ask({ type: 'status' })).value, 'ż€𝄞')
})

test('empty lines between messages are passed over', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  client.write('\n\r\n{"type":"status"}\r\n\n')
  assert.equal((await client.next()).type, 'status')
  client.say(value('x', 1))
  assert.equal((await client.next()).type, 'ack')
})

test('a client that ends its side after asking still gets the answer', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  client.socket.end(`${JSON.stringify(value('x', 1))}\n`)
  assert.equal((await client.next()).outcome, 'accepted')
  await client.closed()
})
