import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDaemon } from '../../src/daemon/start-daemon.ts'
import { ask } from './client.ts'
import { settings, startNode } from './node.ts'

test('a node on port 0 goes by the port that the system chose', async (t) => {
  const { address } = await startNode(t)
  assert.match(address, /^127\.0\.0\.1:[1-9]\d*$/)
  assert.equal((await ask(t, address, { type: 'status' })).address, address)
})

test('a node goes by what it advertises', async (t) => {
  const advertise = { host: '127.0.0.8', port: 7999 }
  const node = await startNode(t, { advertise })
  assert.equal(node.address, '127.0.0.8:7999')
})

test('an advertised host without a port keeps the port that it listens on', async (t) => {
  const node = await startNode(t, { advertise: { host: '127.0.0.8', port: 0 } })
  assert.match(node.address, /^127\.0\.0\.8:[1-9]\d*$/)
})

test("a stranger's network is not scanned unasked: refused in one line, and nothing listens", async () => {
  for (const host of ['8.8.8.8', '100.64.0.1', 'gossip.example']) {
    const start = startDaemon(settings({ advertise: { host, port: 7000 }, join: [] }))
    await assert.rejects(start, (error: Error) => {
      assert.match(error.message, /^[^\n]+$/)
      assert.ok(error.message.startsWith(`will not scan the network of ${host}: `), error.message)
      assert.match(error.message, /--subnet/)
      return true
    })
  }
})

test('a port that is taken is an error, and leaves no node behind', async (t) => {
  const { address } = await startNode(t)
  const port = Number(address.split(':')[1])
  await assert.rejects(startDaemon(settings({ listen: { host: '127.0.0.1', port } })), { code: 'EADDRINUSE' })
  assert.equal((await ask(t, address, { type: 'status' })).type, 'status')
})
