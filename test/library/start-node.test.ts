import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type GossipEvent, measure, type NodeOptions, startNode } from '../../src/library/index.ts'
import { ask } from '../daemon/client.ts'
import { newFolder } from '../daemon/folder.ts'
import { until } from '../daemon/until.ts'
import { mine } from './strategies.ts'

async function start(t: TestContext, options?: NodeOptions) {
  const node = await startNode(options)
  t.after(() => node.stop())
  return node
}

test('when a node is started with nothing then it listens on 127.0.0.1 and holds no value', async (t) => {
  const node = await start(t)
  assert.match(node.address, /^127\.0\.0\.1:\d+$/)
  const { strategy, value, peers } = node.status()
  assert.deepEqual([strategy, value, peers.map(({ address }) => address)], ['push', null, [node.address]])
})

test('when one node joins another then what one is given the other has, and their events can be measured', async (t) => {
  const events: GossipEvent[] = []
  const onEvent = (event: GossipEvent): void => void events.push(event)
  const first = await start(t, { strategy: { ...mine, name: 'mine' }, options: { fanout: 1 }, onEvent })
  const second = await start(t, { join: [first.address], strategy: mine, onEvent })
  await until('they know each other', () => first.status().peers.length === 2)
  assert.equal(first.propagate('hello', 5).outcome, 'accepted')
  await until('it has come', () => second.status().value === 'hello')
  assert.deepEqual([first.status().strategy, second.status().timestamp], ['mine', 5])
  const [measured] = measure(events)
  assert.deepEqual([measured?.timestamp, measured?.infected, measured?.residue], [5, 2, 0])
})

test('when a value is older, or far ahead, then it is not taken', async (t) => {
  const node = await start(t)
  assert.equal(node.propagate('a').outcome, 'accepted')
  assert.equal(node.propagate('b', 1).outcome, 'ignored')
  assert.equal(node.propagate('c', Date.now() + 3_600_000).outcome, 'refused')
  assert.equal(node.status().value, 'a')
})

test('when a value or timestamp is wrong then propagate says so', async (t) => {
  const node = await start(t)
  assert.throws(() => node.propagate(5 as never), /^Error: propagate: value: /)
  assert.throws(() => node.propagate('a', -1), /^Error: propagate: timestamp: /)
  assert.throws(() => node.propagate('x'.repeat(40_000)), /value: .* must be at most 32768 bytes/)
})

test('when a node is stopped then its port is free, and it takes nothing more', async (t) => {
  const node = await start(t)
  node.stop()
  node.stop()
  assert.throws(() => node.propagate('a'), /was stopped/)
  const port = Number(node.address.split(':')[1])
  assert.equal((await start(t, { port })).address, node.address)
})

test('when it has a data folder then what it acknowledged is there when it is started again, and the folder is its own', async (t) => {
  const dataDir = newFolder(t)
  const node = await start(t, { dataDir })
  assert.equal(node.propagate('asdf', 5).outcome, 'accepted')
  await assert.rejects(startNode({ dataDir }), /another node of this process keeps its values in/)
  node.stop()
  assert.equal((await start(t, { dataDir })).status().value, 'asdf')
})

test('when it is given limits and kinds to learn then they hold', async (t) => {
  const node = await start(t, {
    limits: { maxValue: 10, idle: '200s', maxLine: '128KiB' },
    learn: ['private'],
  })
  assert.equal(node.propagate('x'.repeat(8)).outcome, 'accepted')
  assert.throws(() => node.propagate('x'.repeat(9)), /value: .* must be at most 10 bytes/)
  const long = await ask(t, node.address, { type: 'value', value: 'x'.repeat(9), timestamp: 9e14 })
  assert.equal(long.reason, 'value is longer than 10 bytes')
  const { error } = await ask(t, node.address, { type: 'hi', from: '8.8.8.8:53', peers: [] })
  assert.match(error, /this node learns loopback, private/)
  const large = await start(t, { limits: { maxValue: 40_000 } })
  assert.equal(large.propagate('x'.repeat(39_000)).outcome, 'accepted')
})

test('when the port is taken then it says so', async (t) => {
  const port = Number((await start(t)).address.split(':')[1])
  await assert.rejects(startNode({ port }), /EADDRINUSE.*127\.0\.0\.1/)
})

const wrong: [what: string, asked: object, says: RegExp][] = [
  ['an unknown setting', { ports: 1 }, /^startNode: there is no ports; there are: port, /],
  ['a port that is none', { port: 70_000 }, /^startNode: port: .* must be a port from 0 to 65535/],
  ['an unknown strategy', { strategy: 'pusch' }, /no strategy "pusch"/],
  ['a wrong option', { options: { fanout: 'x' } }, /options of push: fanout/],
  ['a strange peer', { join: ['no where'] }, /join\.0: "no where" is not host or host:port/],
  ['a peer that is a number', { join: 7000 }, /join: .* must be host:port/],
  ['a strange period', { period: 'often' }, /period: .* must be a duration/],
  ['a strange log', { log: 'loud' }, /log: /],
  ['an unknown limit', { limits: { maxPers: 1 } }, /limits: no limit "maxPers"; there are: maxLine, /],
  [
    'a limit out of its range',
    { limits: { maxPeers: 0 } },
    /limits: maxPeers must be a whole number from 1 /,
  ],
  ['a strange limit', { limits: { idle: 'long' } }, /limits: idle must be a whole number .*\(ms\)/],
  ['limits that do not fit', { limits: { maxValue: 65_000 } }, /limits: .*more than maxLine/],
  ['a strange kind', { learn: ['all'] }, /learn\.0: /],
]
for (const [what, asked, says] of wrong) {
  test(`when startNode is given ${what} then it says so in one line`, async () => {
    await assert.rejects(startNode(asked), ({ message }: Error) => {
      assert.match(message, says)
      assert.ok(!message.includes('\n'))
      return true
    })
  })
}
