import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../src/daemon/limits.ts'
import { ask } from './client.ts'
import { FakePeer } from './fake-peer.ts'
import { startNode } from './node.ts'
import { until } from './until.ts'

/** Of an address at which nobody is this many failures would be enough. */
const REFUSALS = 3 * DEFAULT_LIMITS.maxFailures

test('when a peer has no room at first then it is asked again, and not taken for one that is not there', async (t) => {
  let asked = 0
  const server = createServer((socket) => {
    socket.on('error', () => {}).setEncoding('utf8')
    socket.on('data', () => {
      asked += 1
      const isFull = asked <= REFUSALS
      if (isFull) socket.end('{"type":"error","error":"no more connections may be open: try again later"}\n')
      else socket.write(`{"type":"welcome","from":"${address}","peers":[]}\n`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const node = await startNode(t, { period: 50, limits: { dialsPerAddress: 1000 } })
  const other = await FakePeer.start(t, { welcomes: true })
  await until('it is a peer', async () => {
    const peers = [other.address, address].map((it) => ({ address: it, heartbeat: Date.now() }))
    await ask(t, node.address, { type: 'hi', from: other.address, peers })
    return asked > REFUSALS && node.knows(address)
  })
  assert.ok(asked > REFUSALS)
})
