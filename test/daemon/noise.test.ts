/** What stands in the log: once what goes on, and of what each period repeats nothing at info. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { DeduplicatedLog } from '../../src/daemon/deduplicated-log.ts'
import { JOIN_GRACE_MS } from '../../src/daemon/discovery/join-report.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { strategy, z } from '../../src/gossip/strategy.ts'
import flood from '../../src/strategy/flood.ts'
import { ask, Client } from './client.ts'
import { FakePeer, introduce, introduceAll } from './fake-peer.ts'
import { noted, pushTo, startNode, YEAR_MS } from './node.ts'
import { until } from './until.ts'

const messages = (lines: readonly string[], text: string) =>
  lines.map((it) => JSON.parse(it)).filter(({ msg }) => msg.includes(text))

test('when a value is pushed period by period then info has its first push only, debug all', async (t) => {
  const [info, debug] = [noted('info'), noted('debug')]
  const peers: string[] = []
  for (const { log } of [info, debug]) {
    const peer = await FakePeer.start(t)
    peers.push(peer.address)
    const { address } = await startNode(t, { log, period: 20, protocol: pushTo(1), expiryPeriods: 10_000 })
    await introduce(t, address, peer.address)
    await ask(t, address, { type: 'value', value: 'x'.repeat(5000), timestamp: 5 })
    await until('it was pushed often', () => peer.values.length > 10)
  }
  const [sent, ...more] = messages(info.lines, 'sent the value')
  assert.deepEqual(more, [])
  assert.deepEqual(sent.knownPeers, [peers[0]])
  assert.deepEqual({ ...sent.messageSent, value: '' }, { type: 'value', value: '', timestamp: 5, hops: 1 })
  const [taken] = messages(info.lines, 'took a newer value')
  for (const { value } of [sent.messageSent, taken]) assert.ok(value.length <= 257 && value.startsWith('xxx'))
  assert.ok(messages(debug.lines, 'sent the value').length > 10)
})

test('when a protocol tells all then the log of its first push is bounded', async (t) => {
  const { log, lines } = noted('info')
  const node = await startNode(t, { log, protocol: protocol('flood', flood) })
  const peers = await Promise.all(Array.from({ length: 20 }, () => FakePeer.start(t)))
  await introduceAll(t, node, peers)
  await ask(t, node.address, { type: 'value', value: 'x', timestamp: 5 })
  await until('all have it', () => peers.every((it) => it.values.length > 0))
  assert.equal(messages(lines, 'sent the value').length, 8)
  assert.deepEqual(
    messages(lines, 'found').map((it) => it.peers),
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
})

test('when refused values come and come then each kind, from each, is one warning', async (t) => {
  const { log, lines } = noted('warn')
  const { address } = await startNode(t, { log })
  const client = await Client.open(t, address)
  for (let i = 0; i < 20; i++) {
    await client.ask({ type: 'value', value: 'x', timestamp: Date.now() + YEAR_MS + i })
    await client.ask({ type: 'value', value: 'x'.repeat(40_000), timestamp: i })
  }
  assert.deepEqual(
    lines.map((it) => JSON.parse(it).msg),
    ['refused a value from the future, from a client', 'refused a value that is too long, from a client'],
  )
})

test('when a strategy makes a message longer than a line may be then it is not sent, the log says so once, and the rest goes on', async (t) => {
  const { log, lines } = noted('warn')
  const talks = strategy({
    summary: 'It says much.',
    messages: { much: { text: z.string() }, little: {} },
    onPeriod(node) {
      node.send(node.peers, 'much', { text: 'x'.repeat(70_000) })
      node.send(node.peers, 'little')
    },
    onMessage: { much() {}, little() {} },
  })
  const peer = await FakePeer.start(t)
  const { address } = await startNode(t, {
    log,
    period: 20,
    expiryPeriods: 10_000,
    protocol: protocol('talks', talks),
  })
  await introduce(t, address, peer.address)
  const of = (type: string) => peer.messages.filter((it) => it.type === type).length
  await until('it said little often', () => of('little') > 10)
  assert.equal(of('much'), 0)
  const said = messages(
    lines,
    'message much is longer than a line may be (--limit maxLine) and is not sent: ',
  )
  assert.equal(said.length, 1)
  assert.ok(said[0].bytes > 70_000)
})

test("when a strategy's handler fails in each period then the log says so once", async (t) => {
  const { log, lines } = noted('info')
  let periods = 0
  const failing = strategy({
    summary: 'It fails.',
    onPeriod() {
      periods += 1
      throw new Error(`planted, in period ${periods}`)
    },
  })
  await startNode(t, { log, period: 10, protocol: protocol('failing', failing) })
  await until('it failed often', () => periods > 10)
  assert.equal(messages(lines, 'planted').length, 1)
})

test('when nothing happens then nothing is written at info, period after period', async (t) => {
  const { log, lines } = noted('info')
  const one = await startNode(t, { period: 20 })
  const port = Number(one.address.split(':')[1])
  const join = [{ host: '127.0.0.1', port }]
  const { address } = await startNode(t, { log, period: 20, join, expiryPeriods: 10_000 })
  await ask(t, address, { type: 'value', value: 'x', timestamp: 5 })
  await until(
    'the other one has it',
    async () => (await ask(t, one.address, { type: 'status' })).value === 'x',
  )
  await sleep(100)
  const before = lines.length
  await sleep(1000)
  assert.deepEqual(lines.slice(before), [])
})

test('when strangers make subjects up then what is remembered, and said, is bounded', () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const once = new DeduplicatedLog(() => log)
  for (let round = 0; round < 3; round++) for (let i = 0; i < 1000; i++) once.warn(`s${i}`, {}, 'said')
  assert.equal(lines.length, 256)
})

test('when what was said is over then it is said again when it comes back', () => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line).msg) })
  const once = new DeduplicatedLog(() => log)
  once.over('a', 'a is well')
  for (const text of ['a is bad', 'a is bad', 'a is worse']) once.warn('a', {}, text)
  once.over('a', 'a is well')
  once.over('a', 'a is well')
  once.warn('a', {}, 'a is bad')
  assert.deepEqual(lines, ['a is bad', 'a is worse', 'a is well', 'a is bad'])
})

/** @returns where somebody answers that is no node */
async function nonsense(t: TestContext): Promise<string> {
  const server = createServer((socket) => void socket.on('error', () => {}).end('220 at your service\n'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('when a peer is not where it says it is then the log tells of it a few times, and that it comes and goes', async (t) => {
  const { log, lines } = noted('info')
  const { address } = await startNode(t, { log, period: 20 })
  const { from, heartbeat } = { from: await nonsense(t), heartbeat: Date.now() }
  const client = await Client.open(t, address)
  let times = 0
  await until('it was found often', async () => {
    client.say({ type: 'hi', from, peers: [{ address: from, heartbeat: heartbeat + times }] })
    times += 1
    await sleep(20)
    return times > 100
  })
  const told = lines.map((it) => JSON.parse(it)).filter(({ peer }) => peer === from)
  assert.ok(told.length <= 6, lines.join(''))
  assert.deepEqual(
    told.filter(({ msg }) => msg.includes('comes and goes')).map(({ msg }) => msg),
    [`lost ${from}: it comes and goes, and may not be where it says it is`],
  )
})

test('when a name to join does not exist then it is said once, in words', async (t) => {
  const { log, lines } = noted('info')
  await startNode(t, { log, period: 20, join: [{ host: 'no.such.invalid', port: 7000 }] })
  await until('it is told', () => messages(lines, 'nobody answers').length > 0, JOIN_GRACE_MS * 3)
  await sleep(500)
  assert.deepEqual(
    messages(lines, 'nobody answers').map(({ msg }) => msg),
    ['nobody answers at no.such.invalid:7000 (--join): no such host'],
  )
})
