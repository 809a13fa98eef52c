import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { DEFAULTS } from '../../../src/daemon/settings.ts'
import { ConnectionGate } from '../../../src/daemon/transport/connection-gate.ts'
import { FakePeer, introduce } from '../fake-peer.ts'
import { startNode } from '../node.ts'
import { until } from '../until.ts'

/**
 * Connects from that address of this machine, and watches: who watches keeps its place.
 * @returns the sockets that the node let in, once that is clear
 */
async function comeIn(t: TestContext, to: string, from: string, count: number): Promise<Socket[]> {
  const [host, port] = to.split(':')
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: host!, port: Number(port), localAddress: from })
    t.after(() => socket.destroy())
    return socket.on('error', () => {})
  })
  const answered = new Set<Socket>()
  const closed = new Set<Socket>()
  for (const socket of sockets) {
    socket.on('data', (it) => it.includes('"error"') || answered.add(socket))
    socket.on('close', () => closed.add(socket))
    if (socket.connecting) await Promise.race([once(socket, 'connect'), once(socket, 'close')])
    if (socket.writable) socket.write('{"type":"status"}\n{"type":"watch"}\n')
  }
  await until('each is answered or closed', () => sockets.every((it) => answered.has(it) || closed.has(it)))
  return sockets.filter((it) => answered.has(it))
}

test('when one address opens more connections than it may then others still come in', async (t) => {
  const { address } = await startNode(t, { limits: { maxPerLoopback: 3 } })
  assert.equal((await comeIn(t, address, '127.0.0.2', 10)).length, 3)
  assert.equal((await comeIn(t, address, '127.0.0.3', 10)).length, 3)
})

test('when strangers take all connections that they can get then one from the host of a peer comes in', async (t) => {
  const { address } = await startNode(t, { limits: { maxConnections: 10, reserved: 4 }, period: 50 })
  const peer = await FakePeer.start(t, { host: '127.0.0.7' })
  const [socket] = await comeIn(t, address, '127.0.0.7', 1)
  socket!.write(`{"type":"hi","from":"${peer.address}","peers":[]}\n`)
  await until('the node asks the peer', () => peer.accepted > 0)
  assert.equal((await comeIn(t, address, '127.0.0.2', 20)).length, 5)
  assert.equal((await comeIn(t, address, '127.0.0.3', 20)).length, 0)
  assert.equal((await comeIn(t, address, '127.0.0.7', 20)).length, 4)
})

test('when a stranger says hi as a peer of another host then its own host is still a stranger', async (t) => {
  const { address } = await startNode(t, { limits: { maxConnections: 10, reserved: 4 } })
  await introduce(t, address, '127.0.0.99:1')
  assert.ok((await comeIn(t, address, '127.0.0.2', 20)).length <= 6)
})

test('when many come from one address that is not this machine then it has its own bound', () => {
  const door = new ConnectionGate(DEFAULTS.limits, () => false)
  const from = (host: string) => Array.from({ length: 3000 }, () => door.enter(host)).filter(Boolean).length
  const { maxPerHost, maxConnections, reserved } = DEFAULTS.limits
  assert.equal(from('10.0.0.1'), maxPerHost)
  door.leave('10.0.0.1')
  assert.equal(from('10.0.0.1'), 1)
  assert.equal(from('127.0.0.1'), maxConnections - reserved - maxPerHost)
})

test('when strangers from elsewhere take all that they can get then some places are left for this machine', () => {
  const gate = new ConnectionGate(DEFAULTS.limits, () => false)
  for (let i = 0; i < 3000; i++) gate.enter(`10.0.${i >> 8}.${i & 255}`)
  assert.match(gate.refusal('10.1.0.1')!.why, /^1776 connections are open, no more may be$/)
  assert.equal(gate.refusal('127.0.0.1'), undefined)
})

test('when it is known of why one is not let in then that says which bound it was', () => {
  const limits = { ...DEFAULTS.limits, maxPerHost: 1 }
  const few = new ConnectionGate(limits, () => false, { own: 2, common: { left: 0 } })
  few.enter('10.0.0.1')
  assert.deepEqual(few.refusal('10.0.0.1'), {
    why: '1 connections from 10.0.0.1 are open, no more may be',
    isOfHost: true,
  })
  few.enter('10.0.0.2')
  assert.deepEqual(few.refusal('10.0.0.3'), {
    why: '2 connections are open, and this process may open no more files',
    isOfHost: false,
  })
})
