import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { parseEndpoint } from '../../src/daemon/address/address.ts'
import { ownHost } from '../../src/daemon/address/interfaces.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { ask } from './client.ts'
import { FakePeer, introduce } from './fake-peer.ts'
import { HOUR_MS, noted, startNode } from './node.ts'
import { until } from './until.ts'

const OLD = '127.0.0.2'
const NEW = '127.0.0.3'
const PERIOD = 100
/** Periods: nobody is forgotten for being silent. */
const FOREVER = HOUR_MS / PERIOD

/** A way to a port of 127.0.0.1 by another of this machine's addresses, until it is taken away. */
async function wayTo(t: TestContext, port: number, host: string): Promise<() => void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const inner = connect(port, '127.0.0.1')
    for (const it of [socket, inner]) {
      sockets.add(it)
      it.on('error', () => {}).on('close', () => {
        socket.destroy()
        inner.destroy()
      })
    }
    socket.pipe(inner).pipe(socket)
  }).listen(port, host)
  await once(server, 'listening')
  const end = (): void => {
    server.close()
    for (const it of sockets) it.destroy()
  }
  t.after(end)
  return end
}

/** A node whose machine's address is what the test says. */
async function moving(t: TestContext, change = {}) {
  const place = { host: OLD }
  const loud = noted('info')
  const node = await startNode(t, {
    period: PERIOD,
    expiryPeriods: FOREVER,
    ownHost: () => place.host,
    log: loud.log,
    ...change,
  })
  const { port } = parseEndpoint(node.address)!
  return { node, port, place, lines: loud.lines }
}

test("when a node's machine gets another address then peers know it by that one, and by the old one no more", async (t) => {
  const { node, port, place, lines } = await moving(t)
  const closeOld = await wayTo(t, port, OLD)
  const join = [{ host: OLD, port }]
  const others = await Promise.all(
    [0, 1].map(() => startNode(t, { period: PERIOD, expiryPeriods: FOREVER, join })),
  )
  await until('all know it', () => others.every((it) => it.knows(`${OLD}:${port}`)))
  const events: GossipEvent[] = []
  node.events.listen((event) => events.push(event))
  node.propose('before', 5)

  closeOld()
  await wayTo(t, port, NEW)
  place.host = NEW
  await until('all know it by the new one', () => others.every((it) => it.knows(`${NEW}:${port}`)))
  assert.equal(node.address, `${NEW}:${port}`)
  assert.equal(node.status().address, node.address)
  await until('nobody knows it by the old one', () => others.every((it) => !it.knows(`${OLD}:${port}`)))
  // The others tell each other of it by the old one no more, and it does not take its old self for a peer.
  others[0]!.propose('after', 6)
  await until('all hold it', () => [node, ...others].every((it) => it.value?.value === 'after'))
  const { peers } = node.status()
  assert.ok(peers.every(({ address }) => address !== `${OLD}:${port}`))
  assert.equal(node.status().updates, 2)

  const line = lines.map((it) => JSON.parse(it)).find((it) => /goes by/.test(it.msg))
  assert.deepEqual([line?.server, line?.before], [`${NEW}:${port}`, `${OLD}:${port}`])
  const at = (event: string) => events.find((it) => it.event === event)?.node
  assert.deepEqual([at('stopped'), at('started')], [`${OLD}:${port}`, `${NEW}:${port}`])
})

test('when a node goes by another address then its peers get a goodbye from the old one first, then contacts', async (t) => {
  const { node, port, place } = await moving(t, { period: HOUR_MS, expiryPeriods: 6 })
  const peer = await FakePeer.start(t)
  await introduce(t, node.address.replace(OLD, '127.0.0.1'), peer.address)
  peer.messages.length = 0
  place.host = NEW
  await until('it greets', () => peer.messages.some((it) => it.from === `${NEW}:${port}`))
  const from = peer.messages.map((it) => [it.type, it.from])
  const bye = from.findIndex(([type]) => type === 'bye')
  assert.deepEqual(from.slice(bye, bye + 2), [
    ['bye', `${OLD}:${port}`],
    ['hi', `${NEW}:${port}`],
  ])
  assert.ok(from.slice(bye + 1).every(([, it]) => it === `${NEW}:${port}`))
})

test('when a peer was at the address that a node gets then it is gone, and its hearsay is nobody', async (t) => {
  const { node, port, place } = await moving(t)
  const was = `${NEW}:${port}`
  const direct = `127.0.0.1:${port}`
  await introduce(t, direct, was)
  place.host = NEW
  await until('it goes by the new one', () => node.address === was)
  const { address: other } = await FakePeer.start(t)
  const row = { address: was, heartbeat: Date.now() + 60_000 }
  const old = { address: `${OLD}:${port}`, heartbeat: 1 }
  await ask(t, direct, { type: 'hi', from: other, peers: [row, old] })
  await until('the other one is known', () => node.knows(other))
  const peers = node.status().peers.map(({ address }) => address)
  assert.deepEqual(peers, [was, other])
})

test('when a node that scans its own network gets into another one then it scans that', async (t) => {
  const there = await startNode(t, { listen: { host: '127.0.9.1', port: 0 } })
  const scanPort = parseEndpoint(there.address)!.port
  const { node, place } = await moving(t, { join: [], scanPort })
  assert.ok(!node.knows(there.address))
  place.host = '127.0.9.2'
  await until('it has found the one there', () => node.knows(there.address))
})

test('when a node gets into a network that is not to be scanned then it says so, and goes on', async (t) => {
  const { node, place, lines } = await moving(t, { join: [] })
  place.host = '8.8.8.8'
  await until('it says so', () => lines.find((it) => it.includes('will not scan the network of 8.8.8.8')))
  assert.equal(node.propose('x', 5).outcome, 'accepted')
})

test('when a node was told what to advertise, or at which address to listen, then it keeps to that', async (t) => {
  let asked = 0
  const ownHost = () => {
    asked += 1
    return asked > 1 ? NEW : OLD
  }
  const told = await startNode(t, { ownHost, advertise: { host: '127.0.0.8', port: 7999 } })
  const listens = await startNode(t, { period: PERIOD })
  const before = listens.address
  const { node, port, place } = await moving(t)
  place.host = NEW
  await until('one that was told nothing has moved', () => node.address === `${NEW}:${port}`)
  assert.deepEqual([asked, told.address, listens.address], [0, '127.0.0.8:7999', before])
})

const ALL = { host: '0.0.0.0', port: 7000 }
const hosts: readonly (readonly [string | undefined, readonly string[], string])[] = [
  [undefined, [], '127.0.0.1'],
  [undefined, ['8.8.8.8', '172.28.0.3'], '172.28.0.3'],
  [undefined, ['8.8.8.8'], '8.8.8.8'],
  ['172.28.0.3', ['10.0.0.5', '172.28.0.3'], '172.28.0.3'],
  ['172.28.0.3', ['172.28.0.4'], '172.28.0.4'],
  // Cut off from every network it waits for one, under the name it had.
  ['172.28.0.3', [], '172.28.0.3'],
  ['127.0.0.1', ['172.28.0.4'], '172.28.0.4'],
]
for (const [present, own, host] of hosts) {
  test(`when a node that goes by ${present ?? 'nothing yet'} finds ${own.join(', ') || 'no address'} then it goes by ${host}`, () => {
    assert.equal(ownHost(ALL, present, own), host)
    assert.equal(ownHost({ ...ALL, host: '::' }, present, own), host)
    assert.equal(ownHost({ ...ALL, host: '10.9.9.9' }, present, own), '10.9.9.9')
  })
}
