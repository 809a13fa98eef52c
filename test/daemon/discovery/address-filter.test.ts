import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scope } from '../../../src/daemon/address/address-scope.ts'
import { AddressFilter } from '../../../src/daemon/discovery/address-filter.ts'
import { DEFAULTS } from '../../../src/daemon/settings.ts'
import { parseLine, type Request } from '../../../src/daemon/wire.ts'
import { ask, Client } from '../client.ts'
import { closedAddress, FakePeer, introduce } from '../fake-peer.ts'
import { heartbeats, pushTo, startNode } from '../node.ts'
import { until } from '../until.ts'

const rowsOf = (...addresses: string[]) => addresses.map((address) => ({ address, heartbeat: Date.now() }))
const namesOf = (status: { peers: { address: string }[] }) => status.peers.map((it) => it.address).slice(1)

/** What a node that learns these kinds makes of a line. No socket: what it learnt it would dial. */
function sifted(kinds: readonly Scope[], line: object): Request {
  const hearsay = new AddressFilter(new Set(kinds), DEFAULTS.limits, () => false)
  return hearsay.sift(parseLine(JSON.stringify(line), pushTo(3), heartbeats()))
}

const ALL = ['10.0.0.5:1', '127.0.0.1:22', '8.8.8.8:53', 'victim.example:80', '0.0.0.0:1', '127.1:1']
const believed: [kinds: Scope[], from: string, addresses: string[]][] = [
  [['private'], '10.0.0.4:1', ['10.0.0.5:1']],
  [['private', 'name'], 'node-4:1', ['10.0.0.5:1', 'victim.example:80']],
  [['loopback'], '127.0.0.4:1', ['127.0.0.1:22']],
  [['public'], '9.9.9.9:1', ['8.8.8.8:53']],
]
for (const [kinds, from, addresses] of believed) {
  test(`when a node learns ${kinds} and rows name all kinds then it believes ${addresses}`, () => {
    const hi = sifted(kinds, { type: 'hi', from, peers: rowsOf(...ALL) })
    assert.deepEqual(hi.kind === 'hi' && hi.peers.map(({ address }) => String(address)), addresses)
    const value = sifted(kinds, { type: 'value', value: '', timestamp: 1, from, peers: rowsOf(...ALL) })
    const told = value.kind === 'gossip' ? (value.rides?.peers as { address: string }[]) : []
    assert.deepEqual(
      told.map(({ address }) => String(address)),
      addresses,
    )
  })
}

for (const from of ['10.0.0.4:22', '8.8.8.8:53', 'victim.example:80', '0.0.0.0:80']) {
  test(`when ${from} says hi to a node on loopback then that is an error, and it is not learnt`, async (t) => {
    const node = await startNode(t)
    const { type, error } = await ask(t, node.address, { type: 'hi', from, peers: [] })
    assert.equal(type, 'error')
    assert.match(error, /this node learns loopback \(--learn\)/)
    assert.deepEqual(namesOf(node.status()), [])
  })
}

test('when an address or a list of peers is longer than its bound then it is not taken', async (t) => {
  const node = await startNode(t, { limits: { maxAddress: 16, maxRows: 2 } })
  const long = '127.111.111.111:65535'
  const one = (await FakePeer.start(t)).address
  const other = (await FakePeer.start(t, { host: '127.0.0.2' })).address
  const hi = { type: 'hi', from: one, peers: rowsOf(long, other) }
  await ask(t, node.address, hi)
  await until('both are known', () => node.status().peers.length === 3)
  assert.deepEqual(namesOf(node.status()), [one, other])
  const longer = await ask(t, node.address, { ...hi, from: long })
  assert.equal(longer.error, 'from is longer than 16 characters')
  const more = await ask(t, node.address, {
    ...hi,
    peers: rowsOf('127.0.0.2:1', '127.0.0.3:1', '127.0.0.4:1'),
  })
  assert.equal(more.error, 'more than 2 peers in one message')
})

test('when a value is longer than its bound then a client is told, a peer is not, and neither value is held', async (t) => {
  const node = await startNode(t, { limits: { maxValue: 10 } })
  const refused = await ask(t, node.address, { type: 'value', value: 'x'.repeat(9), timestamp: 5 })
  assert.deepEqual([refused.outcome, refused.reason], ['refused', 'value is longer than 10 bytes'])
  const escaped = await ask(t, node.address, { type: 'value', value: '\n\n\n\n\n', timestamp: 5 })
  assert.equal(escaped.outcome, 'refused')
  const client = await Client.open(t, node.address)
  client.say({ type: 'value', value: '€€€', timestamp: 6, from: '127.0.0.1:7', peers: [] })
  assert.equal((await client.ask({ type: 'status' })).value, null)
  assert.equal(node.status().refused, 3)
  const longest = await ask(t, node.address, { type: 'value', value: 'x'.repeat(8), timestamp: 5 })
  assert.equal(longest.outcome, 'accepted')
})

test('when an address known only from others fails so often then it is not dialled, nor learnt again', async (t) => {
  const node = await startNode(t, { period: 50, limits: { maxFailures: 1 } })
  const witness = await FakePeer.start(t)
  const victim = await closedAddress('127.0.0.9')
  const peers = () => [...rowsOf(witness.address), { address: victim, heartbeat: Date.now() }]
  await until('the victim was tried and is forgotten', async () => {
    await ask(t, node.address, { type: 'hi', from: witness.address, peers: peers() })
    return !namesOf(node.status()).includes(victim)
  })
  await ask(t, node.address, { type: 'hi', from: witness.address, peers: peers() })
  assert.ok(!namesOf(node.status()).includes(victim))
})

test('when a stranger makes a node known to somebody again and again then it dials within the bound', async (t) => {
  const node = await startNode(t, { period: 20, limits: { dialsPerAddress: 3 } })
  // It takes a connection and ends it: there is somebody, but no node.
  const victim = await FakePeer.start(t, { host: '127.0.0.9' })
  const ends = setInterval(() => {
    for (const socket of victim.open) socket.destroy()
  }, 5)
  t.after(() => clearInterval(ends))
  for (let i = 1; i <= 200; i++) {
    await introduce(t, node.address, victim.address)
    node.propose(`value ${i}`, i)
  }
  await until('it was dialled', () => victim.accepted >= 3)
  assert.ok(victim.accepted <= 3, `${victim.accepted} dials`)
})
