import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, Client } from '../client.ts'
import { startNode } from '../node.ts'

const status = '{"type":"status"}\n'
const faults: [what: string, bytes: string | Buffer, error: RegExp][] = [
  ['bad JSON', `hello\n${status}`, /JSON/],
  ['an unknown type', `{"type":"nonsense"}\n${status}`, /nonsense/],
  ['no type', `{}\n${status}`, /type/],
  ['a wrong type', `{"type":"value","value":"x","timestamp":"now"}\n${status}`, /timestamp/],
  ['a value that is no text', `{"type":"value","value":{},"timestamp":1}\n${status}`, /value/],
  ['a bad sender', `{"type":"hi","from":"me","peers":[]}\n${status}`, /from/],
  ['a welcome that nobody asked for', '{"type":"welcome","from":"127.0.0.1:9","peers":[]}\n', /welcome/],
  ['a line over the limit', `{"type":"status","x":"${'x'.repeat(65_536)}"}\n${status}`, /65536 bytes/],
  ['a line over the limit that never ends', 'x'.repeat(70_000), /65536 bytes/],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22, 0x0a]), /UTF-8/],
]

for (const [what, bytes, error] of faults) {
  test(`${what}: one error line, the connection closed, the node goes on`, async (t) => {
    const { address } = await startNode(t)
    const client = await Client.open(t, address)
    client.write(bytes)
    await client.closed()
    assert.equal(client.lines.length, 1)
    const answer = JSON.parse(client.lines[0]!)
    assert.deepEqual(Object.keys(answer), ['type', 'error'])
    assert.equal(answer.type, 'error')
    assert.match(answer.error, error)
    assert.doesNotMatch(answer.error, /\n/)
    assert.equal((await ask(t, address, { type: 'status' })).received, 0)
  })
}

test('a line of just the limit is read', async (t) => {
  const { address } = await startNode(t)
  const client = await Client.open(t, address)
  const line = { type: 'status', x: '' }
  const room = 65_536 - JSON.stringify(line).length
  assert.equal((await client.ask({ ...line, x: 'x'.repeat(room) })).type, 'status')
})

test('what came before the fault is answered', async (t) => {
  const client = await Client.open(t, (await startNode(t)).address)
  client.write(`${status}hello\n${status}`)
  await client.closed()
  assert.deepEqual(
    client.lines.map((line) => JSON.parse(line).type),
    ['status', 'error'],
  )
})

test('an error from the other end closes the connection and is not answered', async (t) => {
  const { address } = await startNode(t)
  const client = await Client.open(t, address)
  client.write(`{"type":"error","error":"you are wrong"}\n${status}`)
  await client.closed()
  assert.deepEqual(client.lines, [])
  assert.equal((await ask(t, address, { type: 'status' })).type, 'status')
})

test('a connection that breaks off in the middle of a line harms nobody', async (t) => {
  const { address } = await startNode(t)
  for (let i = 0; i < 20; i++) {
    const client = await Client.open(t, address)
    client.write('{"type":"val')
    client.socket.resetAndDestroy()
  }
  assert.equal((await ask(t, address, { type: 'status' })).type, 'status')
})
