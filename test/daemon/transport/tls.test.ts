import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { parseEndpoint } from '../../../src/daemon/address/address.ts'
import { type Clock, realClock } from '../../../src/daemon/clock.ts'
import { DEFAULTS } from '../../../src/daemon/settings.ts'
import { OutboundConnections } from '../../../src/daemon/transport/outbound.ts'
import { type TlsOptions, TlsTransport } from '../../../src/daemon/transport/tls-transport.ts'
import { plain, type Transport } from '../../../src/daemon/transport/transport.ts'
import type { Address } from '../../../src/gossip/strategy.ts'
import { allHold, allKnowEachOther, startCluster } from '../../cluster/many.ts'
import { Authority, expired, noOpenssl, selfSigned } from '../authority.ts'
import { Client } from '../client.ts'
import { noted, startNode } from '../node.ts'
import { serialOf, tlsClient } from '../tls-client.ts'
import { until } from '../until.ts'

const skip = noOpenssl

async function secured(t: TestContext, authority: Authority, name = 'node', options: TlsOptions = {}) {
  const transport = await TlsTransport.open(authority.issue(name), options)
  t.after(() => transport.close())
  return transport
}

/** By it nobody is ever silent for long, and has to make room for another. */
const standing: Clock = { ...realClock, now: () => 0 }

/** Counts the connections that are taken. */
function counting(transport: Transport): { transport: Transport; count(): number } {
  let count = 0
  return {
    transport: {
      isSecure: transport.isSecure,
      addressesOf: transport.addressesOf,
      connect: (to, opened) => transport.connect(to, opened),
      serve: (admit, accept) => {
        const server = transport.serve(admit, accept)
        server.on('connection', () => {
          count += 1
        })
        return server
      },
    },
    count: () => count,
  }
}

test('when ten nodes use TLS then they find each other and all take a value', { skip }, async (t) => {
  const cluster = await startCluster(t, 10, { transport: await secured(t, new Authority(t)) })
  await allKnowEachOther(cluster)
  assert.equal(cluster.live[3]!.propose('over TLS', 5).outcome, 'accepted')
  await allHold(cluster, 'over TLS')
})

test('when a client shows a certificate of the CA then it is answered', { skip }, async (t) => {
  const authority = new Authority(t)
  const { address } = await startNode(t, { transport: await secured(t, authority) })
  const client = tlsClient(t, address, authority.issue('client'))
  assert.equal((await client.ask({ type: 'value', value: 'x', timestamp: 5 })).outcome, 'accepted')
  assert.equal((await client.ask({ type: 'status' })).value, 'x')
})

test('when a client says at once that no more comes then all its lines are answered', { skip }, async (t) => {
  const authority = new Authority(t)
  const { address } = await startNode(t, { transport: await secured(t, authority) })
  const client = tlsClient(t, address, authority.issue('client'))
  const lines = Array.from({ length: 1000 }, (_, i) =>
    JSON.stringify({ type: 'value', value: 'x', timestamp: i }),
  )
  client.socket.end(`${lines.join('\n')}\n`)
  await client.closed()
  assert.equal(client.lines.filter((it) => it.includes('accepted')).length, lines.length)
})

const strangers: [who: string, open: (t: TestContext, address: string, authority: Authority) => Client][] = [
  ['speaks plain text', (t, address) => new Client(t, address)],
  ['shows no certificate', (t, address) => tlsClient(t, address)],
  ['signed its own', (t, address, it) => tlsClient(t, address, it.issue('self', selfSigned))],
  ['has another CA', (t, address) => tlsClient(t, address, new Authority(t).issue('node'))],
  ['shows an expired one', (t, address, it) => tlsClient(t, address, it.issue('old', expired))],
]
for (const [who, open] of strangers) {
  test(`when a client ${who} then it gets nothing and changes nothing`, { skip }, async (t) => {
    const authority = new Authority(t)
    const node = await startNode(t, { transport: await secured(t, authority) })
    node.propose('kept', 5)
    const { uptime: _, ...before } = node.status()
    const client = open(t, node.address, authority)
    const peers = [{ address: '127.0.0.1:9', heartbeat: Date.now() }]
    client.say({ type: 'value', value: 'forged', timestamp: 6 })
    client.say({ type: 'hi', from: '127.0.0.1:9', peers }, { type: 'status' }, { type: 'watch' })
    await client.closed()
    assert.deepEqual(client.lines, [])
    const { uptime: __, ...after } = node.status()
    assert.deepEqual(after, before)
    assert.equal(node.events.isHeard, false)
  })
}

const refused: [
  who: string,
  issue: (t: TestContext, authority: Authority) => ReturnType<Authority['issue']>,
][] = [
  ['an expired certificate', (_t, it) => it.issue('old', expired)],
  ['a certificate of another CA', (t, it) => ({ ...new Authority(t).issue('node'), ca: it.ca })],
  ['a CA of its own', (t) => new Authority(t).issue('node')],
]
for (const [who, issue] of refused) {
  test(`when a node has ${who} then it finds that it can't reach the others`, { skip }, async (t) => {
    const authority = new Authority(t)
    const node = await startNode(t, { transport: await secured(t, authority) })
    const transport = await TlsTransport.open(issue(t, authority))
    t.after(() => transport.close())
    const failed: string[] = []
    const limits = { ...DEFAULTS.limits, idle: 60_000 }
    const links = new OutboundConnections(
      4,
      limits,
      { mayDial: () => true, line: () => {}, failed: (peer) => failed.push(String(peer)) },
      transport,
    )
    t.after(() => links.destroy())
    links.send(node.address as unknown as Address, '{"type":"value","value":"x","timestamp":5}\n')
    await until('the link fails', () => failed.length > 0)
    assert.deepEqual(failed, [node.address])
    assert.equal(node.value, null)
  })
}

test('when a plain node and one with TLS ask each other then neither knows the other, and little is logged', {
  skip,
}, async (t) => {
  const loud = noted('debug')
  const one = counting(await secured(t, new Authority(t), 'node', { log: loud.log }))
  const two = counting(plain)
  const secure = await startNode(t, { transport: one.transport, log: loud.log })
  const bare = await startNode(t, {
    transport: two.transport,
    log: loud.log,
    join: [{ host: '127.0.0.1', port: Number(secure.address.split(':')[1]) }],
  })
  const third = await startNode(t, {
    transport: await secured(t, new Authority(t)),
    log: loud.log,
    join: [{ host: '127.0.0.1', port: Number(bare.address.split(':')[1]) }],
  })
  await until('they have asked several times', () => one.count() >= 3 && two.count() >= 3)
  for (const node of [secure, bare, third]) assert.equal(node.status().peers.length, 1)
  const attempts = loud.lines.filter((line) => line.includes('refuses a connection'))
  assert.ok(attempts.length <= one.count())
  for (const line of attempts) assert.equal(JSON.parse(line).level, 20)
  assert.ok(loud.lines.length <= 10 + one.count() + two.count(), loud.lines.join(''))
})

test('when a handshake is not finished in time then the connection is closed', { skip }, async (t) => {
  const authority = new Authority(t)
  const transport = await secured(t, authority, 'node', { handshake: 100 })
  const { address } = await startNode(t, { transport })
  const [silent, slow] = [await Client.open(t, address), await Client.open(t, address)]
  // The beginning of a handshake, and then a byte at a time.
  slow.write(Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]))
  const timer = setInterval(() => slow.write(Buffer.from([0])), 30)
  t.after(() => clearInterval(timer))
  await Promise.all([silent.closed(), slow.closed()])
  assert.equal(typeof (await serialOf(t, address, authority.issue('client'))), 'string')
})

test('when handshakes are not finished then they count as connections', { skip }, async (t) => {
  const authority = new Authority(t)
  const transport = await secured(t, authority, 'node', { handshake: 60_000 })
  const node = await startNode(t, { transport, clock: standing, limits: { maxConnections: 2, reserved: 0 } })
  const halves = [await Client.open(t, node.address), await Client.open(t, node.address)]
  const files = authority.issue('client')
  const third = tlsClient(t, node.address, files)
  third.say({ type: 'status' })
  await third.closed()
  assert.deepEqual(third.lines, [])
  for (const half of halves) half.socket.destroy()
  await until('there is room', () => serialOf(t, node.address, files).catch(() => undefined))
})

test('when one host opens more connections than it may and finishes no handshake then others still come in', {
  skip,
}, async (t) => {
  const authority = new Authority(t)
  const transport = await secured(t, authority, 'node', { handshake: 60_000 })
  const limits = { maxPerLoopback: 5, maxConnections: 100, reserved: 0 }
  const node = await startNode(t, { transport, clock: standing, limits })
  const { port } = parseEndpoint(node.address)!
  const halves = Array.from({ length: 20 }, () => {
    const socket = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.9' })
    return new Client(t, node.address, socket)
  })
  await until('those over the bound are closed', () => halves.filter((it) => it.isClosed).length === 15)
  const files = authority.issue('client')
  assert.equal(typeof (await serialOf(t, node.address, files)), 'string')
  // The five count until they are closed.
  const again = () => serialOf(t, node.address, files, '127.0.0.9')
  await assert.rejects(again())
  for (const half of halves) half.socket.destroy()
  await until('there is room', () => again().catch(() => undefined))
})

test('when a node stops then its port is free, whoever has not finished a handshake', { skip }, async (t) => {
  const transport = await secured(t, new Authority(t))
  const node = await startNode(t, { transport })
  await Client.open(t, node.address)
  node.stop()
  await assert.rejects(Client.open(t, node.address), { code: 'ECONNREFUSED' })
})
