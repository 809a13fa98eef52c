/** The network between real nodes of one process loses, repeats, delays and cuts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GossipEvent } from '../../src/measure/event.ts'
import { until } from '../daemon/until.ts'
import { allHold, allKnowEachOther, SHORT, startCluster } from './many.ts'

async function watched(t: Parameters<typeof startCluster>[0], nodes: number, expiryPeriods?: number) {
  const events: GossipEvent[] = []
  const cluster = await startCluster(t, nodes, { listener: (it) => events.push(it), expiryPeriods })
  await allKnowEachOther(cluster)
  const count = (event: GossipEvent['event']) => events.filter((it) => it.event === event).length
  return { cluster, events, count }
}

test('when all messages are lost then the value stays, and each is told as sent, then lost', async (t) => {
  const { cluster, events, count } = await watched(t, 4)
  cluster.network.change({ loss: 1 })
  cluster.live[0]!.propose('x', 5)
  await until('some are lost', () => count('lost') >= 10)
  assert.equal(count('sent'), count('lost'))
  const messages = events.filter((it) => it.event === 'sent' || it.event === 'lost')
  assert.ok(messages.every((it, i) => it.event === (i % 2 === 0 ? 'sent' : 'lost')))
  assert.equal(cluster.live.filter((it) => it.status().value !== null).length, 1)

  cluster.network.change({ loss: 0 })
  await allHold(cluster, 'x')
})

test('when half is lost then the value reaches all the same', async (t) => {
  const { cluster, count } = await watched(t, 6)
  cluster.network.change({ loss: 0.5 })
  cluster.live[0]!.propose('x', 5)
  await allHold(cluster, 'x')
  await until('something was lost', () => count('lost') > 0)
})

test('when every message comes twice then twice as many are received as are sent', async (t) => {
  const { cluster, events, count } = await watched(t, 3)
  cluster.network.change({ duplicate: 1 })
  cluster.live[0]!.propose('x', 5)
  await allHold(cluster, 'x')
  cluster.network.change({ duplicate: 0, loss: 1 })
  const sent = count('sent') - count('lost')
  const repeated = events.filter((it) => it.copies === 2).length
  // The client's is received, too.
  await until('all have come', () => count('received') >= 2 * repeated + 1)
  assert.ok(sent >= repeated && repeated >= 2)
})

test('when messages take an hour then none comes, and a stop waits for none', async (t) => {
  const { cluster, count } = await watched(t, 3)
  cluster.network.change({ latency: { kind: 'constant', ms: 3_600_000 } })
  cluster.live[0]!.propose('x', 5)
  await until('some are sent', () => count('sent') >= 10)
  assert.equal(count('received'), 1)
  assert.equal(count('lost'), 0)
})

test('when messages take a while then the value takes as long for each hop', async (t) => {
  const { cluster, events } = await watched(t, 3)
  cluster.network.change({ latency: { kind: 'constant', ms: 30 } })
  cluster.live[0]!.propose('x', 5)
  await allHold(cluster, 'x')
  const [first, ...others] = events.filter((it) => it.event === 'updated')
  // Timers count in whole ms.
  for (const it of others) assert.ok(it.at - first!.at >= 29 * it.hops!, `${it.at - first!.at} ms`)
})

test('when one way is cut then values cross the other way only, until it is healed', async (t) => {
  const { cluster, events } = await watched(t, 6)
  const [near, far] = [cluster.members.slice(0, 3), cluster.members.slice(3)]
  const numbers = (of: typeof near) => of.map((it) => it.number)
  cluster.network.cut(numbers(near), numbers(far))
  const isNear = (address?: string) => near.some((it) => it.address === address)
  // Of five peers three are told at once: at least one of them is far.
  near[0]!.daemon!.propose('from near', 5)
  await until('the near hold it', () => near.every((it) => it.held?.value === 'from near'))
  await until('some that went over the cut way is lost', () =>
    events.some((it) => it.event === 'lost' && it.timestamp === 5 && !isNear(it.peer)),
  )
  assert.ok(far.every((it) => it.held === undefined))
  far[0]!.daemon!.propose('from far', 6)
  await allHold(cluster, 'from far')
  near[0]!.daemon!.propose('from near again', 7)
  await until('the near hold that', () => near.every((it) => it.held?.value === 'from near again'))
  assert.ok(far.every((it) => it.held?.value === 'from far'))
  assert.ok(!events.some((it) => it.event === 'lost' && !isNear(it.node)))

  cluster.network.heal()
  await allHold(cluster, 'from near again')
})

test('when a way is cut then its sender learns that the peer is down', async (t) => {
  const { cluster, events } = await watched(t, 3, SHORT)
  const [one, two] = cluster.members
  cluster.network.cut([0], [1])
  one!.daemon!.propose('x', 5)
  await until('it is down', () =>
    events.some((it) => it.event === 'peer-down' && it.node === one!.address && it.peer === two!.address),
  )
})
