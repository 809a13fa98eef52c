import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { closedAddress, FakePeer, introduce, introduceLost } from '../fake-peer.ts'
import { pushTo, startNode } from '../node.ts'
import { until } from '../until.ts'

test('a peer that never reads and one that refuses hold up nobody else', async (t) => {
  const node = await startNode(t, { limits: { maxPending: 10_000 } })
  const deaf = await FakePeer.start(t, { reads: false })
  const good = await FakePeer.start(t)
  for (const peer of [deaf.address, await closedAddress(), good.address])
    await introduce(t, node.address, peer)
  for (let i = 0; i < 300; i++) {
    node.propose('x'.repeat(1000), i)
    if (i % 5 === 0) await until('the good peer has it', () => good.messages.some((it) => it.timestamp === i))
  }
  await until('the good peer has the last', () => good.messages.some((it) => it.timestamp === 299))
  assert.ok(deaf.accepted >= 1)
})

test('a peer that cannot be reached is passed over: nothing more is sent to it', async (t) => {
  const node = await startNode(t, { protocol: pushTo(10) })
  const good = await FakePeer.start(t)
  const bad = await introduceLost(t, node)
  await introduce(t, node.address, good.address)
  const sent: string[] = []
  let isDown = false
  const listener = ({ event, peer = '' }: GossipEvent): void => {
    if (event === 'sent') sent.push(peer)
    // At once, while the first pause surely lasts.
    if (event !== 'peer-down' || isDown) return
    assert.equal(peer, bad)
    isDown = true
    sent.length = 0
    setImmediate(() => {
      for (let i = 10; i < 30; i++) node.propose('x', i)
    })
  }
  node.events.listen(listener)
  node.propose('x', 1)
  await until('it is down and more was sent', () => isDown && sent.length >= 20)
  assert.deepEqual(new Set(sent), new Set([good.address]))
})

test('a peer that was passed over is back when it speaks', async (t) => {
  const node = await startNode(t)
  const events: string[] = []
  node.events.listen(({ event }) => {
    if (event.startsWith('peer-')) events.push(event)
  })
  const address = await introduceLost(t, node)
  node.propose('x', 1)
  await until('it is down', () => events.includes('peer-down'))

  const peer = await FakePeer.start(t, { port: Number(address.split(':')[1]) })
  await introduce(t, node.address, peer.address)
  await until('it is up again', () => events.filter((it) => it === 'peer-up').length === 2)
  node.propose('y', 2)
  await until('it has the value', () => peer.values.includes('y'))
})
