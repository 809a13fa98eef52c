import assert from 'node:assert/strict'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startDaemon } from '../../../src/daemon/start-daemon.ts'
import { Client } from '../client.ts'
import { newFolder } from '../folder.ts'
import { noted, settings, startNode } from '../node.ts'
import { until } from '../until.ts'
import { looked, reopened } from './opened.ts'

/** Puts a file where the folder is, which fails whoever runs the tests, and takes it away again. */
function broken(folder: string): () => void {
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  return () => {
    rmSync(folder)
    mkdirSync(folder)
  }
}

/** What would be there after a crash now. */
function onDisk(t: TestContext, folder: string) {
  const copy = newFolder(t)
  cpSync(folder, copy, { recursive: true })
  return reopened(copy)
}

test('when a value is acknowledged or came from a peer then it is on disk, and there after a crash', async (t) => {
  const folders = [join(newFolder(t), 'one'), join(newFolder(t), 'two')]
  const one = await startNode(t, { dataDir: folders[0] })
  const [host, port] = one.address.split(':')
  const two = await startNode(t, {
    dataDir: folders[1],
    period: 50,
    join: [{ host: host!, port: Number(port) }],
  })
  assert.equal(two.propose('asdf', 5).outcome, 'accepted')
  assert.deepEqual(onDisk(t, folders[1]!), [{ key: '', value: 'asdf', timestamp: 5 }])
  await until('it has come', () => one.value !== null)
  assert.deepEqual(onDisk(t, folders[0]!), [{ key: '', value: 'asdf', timestamp: 5 }])
  one.stop('abruptly')
  const again = await startNode(t, { dataDir: folders[0] })
  assert.deepEqual([again.value?.value, again.value?.timestamp], ['asdf', 5])
})

test('when the disk fails then a client is refused with the reason, and the node goes on with what it holds', async (t) => {
  const folder = join(newFolder(t), 'data')
  const node = await startNode(t, { dataDir: folder })
  assert.equal(node.propose('old', 5).outcome, 'accepted')
  const mend = broken(folder)
  const client = await Client.open(t, node.address)
  const ack = await client.ask({ type: 'value', value: 'new', timestamp: 6 })
  assert.deepEqual(ack, {
    type: 'ack',
    outcome: 'refused',
    timestamp: 6,
    reason: "it can't be kept: not a folder (ENOTDIR)",
  })
  const { value, refused, updates } = await client.ask({ type: 'status' })
  assert.deepEqual([value, refused, updates], ['old', 1, 1])
  mend()
  assert.equal(node.propose('new', 6).outcome, 'accepted')
  assert.equal(node.value?.value, 'new')
})

test('when the disk fails then what a peer sends is not taken, but is once there is room again, said once or not', async (t) => {
  const folder = join(newFolder(t), 'data')
  const node = await startNode(t, { dataDir: folder, period: 50 })
  const mend = broken(folder)
  const peer = await Client.open(t, node.address)
  const from = '127.0.0.1:1'
  peer.say(
    { type: 'value', value: 'newest', timestamp: 7, from },
    { type: 'value', value: 'x', timestamp: 6, from },
  )
  await until('both were refused', () => node.status().refused >= 2)
  assert.equal(node.value, null)
  mend()
  await until('it was taken', () => node.value?.value === 'newest')
  assert.deepEqual(onDisk(t, folder), [{ key: '', value: 'newest', timestamp: 7 }])
})

test('when the folder is taken or none then the node does not start, and leaves its port free', async (t) => {
  const folder = newFolder(t)
  const one = await startNode(t, { dataDir: folder })
  const { port } = new URL(`http://${one.address}`)
  await assert.rejects(startDaemon(settings({ dataDir: folder })), /another node of this process/)
  one.stop()
  writeFileSync(join(folder, 'file'), '')
  const listen = { host: '127.0.0.1', port: Number(port) }
  await assert.rejects(
    startDaemon(settings({ listen, dataDir: join(folder, 'file') })),
    /can't keep values in/,
  )
  await startNode(t, { listen, dataDir: folder })
})

const DAY_MS = 86_400_000

test('when a kept value lies a day ahead then its node is not apart: it takes what is newer by its clock', async (t) => {
  const folder = newFolder(t)
  const ahead = { value: 'of-tomorrow', timestamp: Date.now() + DAY_MS }
  writeFileSync(join(folder, 'value.json'), JSON.stringify(ahead))
  const { log, lines } = noted('warn')
  const peer = await startNode(t, { period: 50 })
  const [host, port] = peer.address.split(':')
  const joined = [{ host: host!, port: Number(port) }]
  const node = await startNode(t, { dataDir: folder, period: 50, join: joined, log })
  assert.equal(node.value, null)
  assert.equal(peer.propose('today', Date.now()).outcome, 'accepted')
  await until('it has come', () => node.value?.value === 'today')
  assert.equal(node.propose('new', Date.now() + 1).outcome, 'accepted')
  await until('the peer has it', () => peer.value?.value === 'new')
  assert.equal(peer.status().refused, 0)
  assert.equal(lines.length, 1)
  assert.match(JSON.parse(lines[0]!).msg, /its value lies 86400 s ahead of its clock.*set aside on disk/)
  node.stop()
  const { store } = looked(folder)
  assert.deepEqual([store.get('')?.value, store.ahead[0]?.value], ['new', 'of-tomorrow'])
})
