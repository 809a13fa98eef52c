import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { type Endpoint, parseEndpoint } from '../../../src/daemon/address/address.ts'
import { TlsTransport } from '../../../src/daemon/transport/tls-transport.ts'
import type { Transport } from '../../../src/daemon/transport/transport.ts'
import { ranges } from '../../../src/network/number-ranges.ts'
import { Model } from '../../../src/page/model/model.ts'
import { RemoteSource } from '../../../src/page/server/remote-source.ts'
import { servePage } from '../../../src/page/server/server.ts'
import type { NodeRow } from '../../../src/page/wire.ts'
import { allHold, allKnowEachOther, startCluster } from '../../cluster/many.ts'
import { Authority, noOpenssl } from '../../daemon/authority.ts'
import { closedAddress } from '../../daemon/fake-peer.ts'
import { startNode } from '../../daemon/node.ts'
import { until } from '../../daemon/until.ts'
import { act, Visitor } from '../visitor.ts'

function endpoint(address: string): Endpoint {
  return parseEndpoint(address)!
}

/** A node is there before its stream is: what it does is done again until it is seen. */
async function seen(
  visitor: Visitor,
  what: string,
  again: () => unknown,
  look: () => unknown,
): Promise<void> {
  await until(
    what,
    async () => {
      await again()
      await sleep(200)
      return Boolean(look())
    },
    60_000,
  )
  assert.ok(visitor.events.length > 0)
}

async function follow(t: TestContext, address: string, transport?: Transport) {
  const source = await RemoteSource.start(endpoint(address), transport)
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => {
    server.stop()
    source.stop()
  })
  return { url: server.url, visitor: await Visitor.open(t, server.url) }
}

test('when one node is named then all are found, and what each tells comes together', async (t) => {
  const cluster = await startCluster(t, 5)
  await allKnowEachOther(cluster)
  const { url, visitor } = await follow(t, cluster.members[3]!.address)
  await visitor.hears(
    'all run',
    () => visitor.rows.length === 5 && visitor.rows.every((it) => it.state === 'runs'),
  )
  const [hello] = visitor.of('hello')
  assert.deepEqual([hello!.source, hello!.can], ['followed', ['propagate']])
  const addresses = cluster.members.map((it) => it.address)
  assert.deepEqual(visitor.rows.map((it) => it.address).sort(), addresses.toSorted())
  assert.deepEqual(
    visitor.rows.map((it) => it.number),
    [0, 1, 2, 3, 4],
  )
  const { done, words } = await act(url, { do: 'propagate', node: 1, value: 'x' })
  assert.equal(done, true)
  assert.match(words!, /accepted/)
  await allHold(cluster, 'x')
  const propagate = () => act(url, { do: 'propagate', node: 1, value: 'x' })
  await seen(visitor, 'all took it', propagate, () => {
    const took = visitor.events.filter((it) => it.event === 'updated').map((it) => it.node)
    return addresses.every((it) => took.includes(it))
  })
  await visitor.hears('the value in all rows', () =>
    visitor.rows.every((it) => it.value === 'x' && it.interested === true && it.peers === 4),
  )
})

test('when a value is handed in or deleted under a key then that node has it, and its row says of how many', async (t) => {
  const cluster = await startCluster(t, 2)
  await allKnowEachOther(cluster)
  const { url, visitor } = await follow(t, cluster.members[0]!.address)
  const valuesAre = (count: number): Promise<void> =>
    visitor.hears(
      `${count} values`,
      () => visitor.rows.length === 2 && visitor.rows.every((it) => it.values === count),
    )
  const { words } = await act(url, { do: 'propagate', node: 0, key: 'colour', value: 'blue' })
  assert.match(words!, /"blue" under "colour" from node 0/)
  await act(url, { do: 'propagate', node: 0, value: 'x' })
  await valuesAre(2)
  assert.ok(visitor.rows.every((it) => it.value === 'x'))
  assert.equal((await act(url, { do: 'propagate', node: 1, key: 'colour', delete: true })).done, true)
  await valuesAre(1)
  assert.equal(cluster.members[0]!.heldOf('colour')?.value ?? null, null)
})

test('when a node goes then it is unreachable, and when it comes back it keeps its number', async (t) => {
  const cluster = await startCluster(t, 3)
  await allKnowEachOther(cluster)
  const { visitor } = await follow(t, cluster.members[0]!.address)
  const gone = cluster.members[2]!
  const row = () => visitor.rows.find((it) => it.address === gone.address)
  await visitor.hears('it runs', () => row()?.state === 'runs')
  const { number } = row()!
  cluster.kill(gone)
  await visitor.hears('it is unreachable', () => row()?.state === 'unreachable')
  await cluster.start(gone)
  await visitor.hears('it runs again', () => row()?.state === 'runs')
  assert.equal(row()!.number, number)
  const before = visitor.events.length
  const propose = () => gone.daemon!.propose('y', Date.now())
  await seen(visitor, 'its events', propose, () =>
    visitor.events.slice(before).some((it) => it.node === gone.address && it.event === 'updated'),
  )
})

test('when the node that was named goes then the others are still followed', async (t) => {
  const cluster = await startCluster(t, 3)
  await allKnowEachOther(cluster)
  const { url, visitor } = await follow(t, cluster.members[0]!.address)
  await visitor.hears(
    'all run',
    () => visitor.rows.length === 3 && visitor.rows.every((it) => it.state === 'runs'),
  )
  const other = visitor.rows.find((it) => it.address === cluster.members[1]!.address)!.number
  cluster.kill(cluster.members[0]!)
  assert.equal((await act(url, { do: 'propagate', node: other, value: 'z' })).done, true)
  await allHold(cluster, 'z')
  await visitor.hears('the value', () => visitor.rows.filter((it) => it.value === 'z').length === 2)
})

test('when something else than propagate is asked for, or of no such node, then it is refused', async (t) => {
  const cluster = await startCluster(t, 2)
  await allKnowEachOther(cluster)
  const { url } = await follow(t, cluster.members[0]!.address)
  for (const [action, says] of [
    [{ do: 'kill', nodes: 0 }, /only followed/],
    [{ do: 'heal' }, /only followed/],
    [{ do: 'propagate', node: 5, value: 'x' }, /there is no node 5/],
    [{ do: 'propagate', node: 0, value: 5 }, /value/],
  ] as const) {
    const { done, error } = await act(url, action)
    assert.equal(done, false)
    assert.match(error!, says)
  }
  assert.ok(cluster.live.every((it) => it.value === null))
})

test('when a node refuses the value then its words are handed on', async (t) => {
  const node = await startNode(t, { limits: { maxValue: 64 } })
  const { url } = await follow(t, node.address)
  const { done, error } = await act(url, { do: 'propagate', node: 0, value: 'x'.repeat(100) })
  assert.equal(done, false)
  assert.match(error!, /refused it: value is longer than 64 bytes/)
})

test('when a node may not be watched then that is said, and its row is still told', async (t) => {
  const node = await startNode(t, { limits: { maxWatchers: 0 } })
  const { visitor } = await follow(t, node.address)
  await visitor.hears('the row', () => visitor.rows[0]?.state === 'runs')
  node.propose('x', Date.now())
  await visitor.hears('the value', () => visitor.rows[0]?.value === 'x')
})

test('when no node answers then it does not start', async () => {
  await assert.rejects(RemoteSource.start(endpoint(await closedAddress())), /nothing listens there/)
})

test('when the nodes use TLS then so does the page, and without a certificate it does not start', {
  skip: noOpenssl,
}, async (t) => {
  const transport = await TlsTransport.open(new Authority(t).issue('node'))
  t.after(() => transport.close())
  const cluster = await startCluster(t, 2, { transport })
  await allKnowEachOther(cluster)
  const { address } = cluster.members[0]!
  const { visitor } = await follow(t, address, transport)
  await visitor.hears('both run', () => visitor.rows.filter((it) => it.state === 'runs').length === 2)
  const propose = () => cluster.live[1]!.propose('x', Date.now())
  await seen(visitor, 'an event', propose, () => visitor.events.some((it) => it.event === 'updated'))
  await assert.rejects(RemoteSource.start(endpoint(address)), /does it want TLS/)
})

test('when one begins to look after a value has spread then its nodes are told as holding it, and the next one whole', async (t) => {
  const cluster = await startCluster(t, 4)
  await allKnowEachOther(cluster)
  cluster.live[0]!.propose('before', 5)
  await allHold(cluster, 'before')
  const { url, visitor } = await follow(t, cluster.members[0]!.address)
  await visitor.hears('all', () => visitor.rows.filter((it) => it.timestamp === 5).length === 4)
  const model = new Model()
  model.rows(visitor.rows)
  assert.deepEqual([model.last!.had, model.last!.took, model.figures(model.last!).residue], [4, null, 0])
  const propagate = () => act(url, { do: 'propagate', node: 1, value: 'next' })
  await seen(visitor, 'all took it', propagate, () => {
    const newest = Math.max(...visitor.rows.map((it) => it.timestamp ?? 0))
    const took = visitor.events.filter((it) => it.event === 'updated' && it.timestamp === newest)
    return newest > 5 && took.length === 4
  })
  const late = await Visitor.open(t, url)
  await late.hears('rows', () => late.rows.length === 4)
  const other = new Model()
  for (const it of late.of('past')) other.past(it)
  other.rows(late.rows)
  const { last } = other
  assert.deepEqual([last!.isWhole, last!.had, other.figures(last!).residue], [true, 4, 0])
  assert.equal(last!.curve().length, 4)
  assert.equal(other.textOf(last!), 'next')
})

test('when nodes are reached by published ports then their rows say which', async (t) => {
  // On a loopback address of its own: ports 7000 to 7100 of another may be in use.
  const host = `127.78.${Math.floor(Math.random() * 250)}.1`
  const node = await startNode(t, {
    container: 'f00d',
    listen: { host, port: 7042 },
    advertise: { host: '127.0.0.9', port: 7000 },
  })
  const { visitor } = await follow(t, `${host}:7042`)
  await visitor.hears('its port', () => visitor.rows[0]?.published !== undefined)
  const [{ address, published, container }] = visitor.rows as [NodeRow]
  assert.deepEqual([address, published, container], [node.address, 7042, 'f00d'])
})

test('when nodes are followed then whom each may pick is told, also after one was killed', async (t) => {
  const cluster = await startCluster(t, 3)
  await allKnowEachOther(cluster)
  const { visitor } = await follow(t, cluster.members[0]!.address)
  await visitor.hears('all are there', () => visitor.rows.filter((it) => it.state === 'runs').length === 3)
  /** Of each of these all others, if that is whom it may pick. */
  const knowEachOther = (numbers: readonly number[]) =>
    visitor.hears(`${numbers} know each other`, () =>
      isDeepStrictEqual(
        visitor
          .of('peers')
          .at(-1)
          ?.nodes?.map((it) => [it.number, it.peers]),
        numbers.map((number) => [number, ranges(numbers.filter((it) => it !== number))]),
      ),
    )
  await knowEachOther([0, 1, 2])
  const gone = cluster.members[2]!
  const { number } = visitor.rows.find((it) => it.address === gone.address)!
  cluster.kill(gone)
  // They may still know of it, as of one that is no node any more.
  await knowEachOther([0, 1, 2].filter((it) => it !== number))
})
