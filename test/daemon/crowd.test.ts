/** A stranger who claims to be very many others, at a node that knows as many as it may. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { protocol } from '../../src/gossip/protocol.ts'
import { type Address, strategy } from '../../src/gossip/strategy.ts'
import { Client } from './client.ts'
import { FakePeer, introduceAll } from './fake-peer.ts'
import { noted, startNode } from './node.ts'
import { until } from './until.ts'

const MAX_PEERS = 20
const FORGED = 10_000
const STRANGER = '127.0.0.9'

/** Remembers whom it hears from, until that is down. */
function remembering() {
  const seen = new Set<Address>()
  const it = strategy({
    summary: 'Remembers.',
    messages: { ask: {} },
    onPeerDown: (_node, peer) => void seen.delete(peer),
    onMessage: { ask: (_node, from) => void seen.add(from) },
  })
  return { protocol: protocol('remembering', it, {}), seen }
}

/** A node whose table is full of peers that it met. */
async function fullNode(t: TestContext) {
  const { protocol, seen } = remembering()
  const limits = { maxPeers: MAX_PEERS }
  const node = await startNode(t, { protocol, limits })
  const peers = await Promise.all(Array.from({ length: MAX_PEERS }, () => FakePeer.start(t)))
  await introduceAll(t, node, peers)
  return { node, seen, peers: peers.map(({ address }) => address) }
}

/** Says those 10,000 things, from another address than the peers', and waits until they were heard. */
async function flood(t: TestContext, address: string, say: (i: number) => object): Promise<void> {
  const client = await Client.open(t, address, STRANGER)
  client.say(...Array.from({ length: FORGED }, (_, i) => say(i)), { type: 'status' })
  await until('all of it was heard', () => client.lines.at(-1)?.includes('"type":"status"'))
}

const row = (address: string) => ({ address, heartbeat: Date.now() + 60_000 })
/** Ports of 127.0.0.1 and of the stranger's own address. */
const port = (i: number): number => 1 + (i % 65_000)

for (const type of ['ask', 'hi', 'value']) {
  test(`when a stranger says ${type} in the name of ${FORGED} others then those who were met stay, and are still heard`, async (t) => {
    const { node, seen, peers } = await fullNode(t)
    await flood(t, node.address, (i) => {
      const from = `127.0.0.1:${port(i)}`
      const named = [row(from), ...Array.from({ length: 5 }, (_, k) => row(`127.0.0.2:${port(5 * i + k)}`))]
      return { type, from, peers: named, ...(type === 'value' && { value: `v${i}`, timestamp: i, hops: 1 }) }
    })
    const known = node.status().peers.map(({ address }) => address)
    assert.deepEqual(known.sort(), [node.address, ...peers].sort())
    assert.ok([...seen].every((it) => peers.includes(String(it))))
    if (type === 'value') assert.equal(node.value?.value, `v${FORGED - 1}`)

    const client = await Client.open(t, node.address)
    client.say(...peers.map((from) => ({ type: 'ask', from, peers: [row(from)] })))
    await client.ask({ type: 'status' })
    assert.deepEqual([...seen].map(String).sort(), [...peers].sort())
  })
}

test('when a stranger makes up 10,000 ports of its own host then it takes the place of one other at most', async (t) => {
  const { node, seen, peers } = await fullNode(t)
  await flood(t, node.address, (i) => {
    const from = `${STRANGER}:${port(i)}`
    return { type: 'ask', from, peers: [row(from)] }
  })
  assert.ok(peers.filter((it) => node.knows(it)).length >= MAX_PEERS - 1)
  assert.ok(node.isHostOfPeer('127.0.0.1'))
  assert.ok(seen.size <= MAX_PEERS)
})

test('when each message sets off a delay then no more wait than the bound, and that is told once', async (t) => {
  const waiting = strategy({
    summary: 'Waits.',
    messages: { ask: {}, over: {} },
    onMessage: { ask: (node, from) => void node.after(1, 'over', from), over() {} },
  })
  const { log, lines } = noted('warn')
  const maxTimers = 100
  const node = await startNode(t, { protocol: protocol('waiting', waiting, {}), limits: { maxTimers }, log })
  const timers = () => process.getActiveResourcesInfo().filter((it) => it === 'Timeout').length
  const before = timers()
  await flood(t, node.address, () => ({ type: 'ask', from: '127.0.0.1:1', peers: [] }))
  assert.ok(timers() >= maxTimers && timers() <= before + maxTimers + 50, `${before} before, ${timers()} now`)
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, /drops delays of the strategy's: 100 wait, no more may/)
})
