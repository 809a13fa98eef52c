import assert from 'node:assert/strict'
import { readdirSync, readlinkSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type StartedNode, startNode } from '../../cli/a-node.ts'
import { heldBy, isHeldTold } from '../../cli/held.ts'
import { ask, Client } from '../client.ts'
import { until } from '../until.ts'

const IDLE = 500
const SLOW = 100
const WATCHING = 20
const FLOODS = 300
const VALUES = 40_000
const MiB = 2 ** 20

/** Bytes of memory that the node's process has. */
async function memoryOf({ running }: StartedNode): Promise<number> {
  return (await heldBy(running.process.pid!)).memory
}

function socketsOf({ running }: StartedNode): number {
  const folder = `/proc/${running.process.pid}/fd`
  return readdirSync(folder).filter((it) => {
    try {
      return readlinkSync(`${folder}/${it}`).startsWith('socket:')
    } catch {
      return false
    }
  }).length
}

function openMany(t: TestContext, address: string, count: number): Promise<Client[]> {
  return Promise.all(Array.from({ length: count }, () => Client.open(t, address)))
}

/** Lines far over the limit, from one connection after the other. */
async function flood(t: TestContext, address: string): Promise<void> {
  for (let i = 0; i < FLOODS / 10; i++) {
    const some = await openMany(t, address, 10)
    for (const it of some) it.write(Buffer.alloc(200_000, 'x'))
    await Promise.all(some.map((it) => it.closed()))
  }
}

/** Values as fast as the node takes them, from one client. */
async function flow(client: Client, count: number): Promise<void> {
  for (let i = 0; i < count; i += 500) {
    const first = client.lines.length
    client.say(
      ...Array.from({ length: 500 }, (_, k) => ({ type: 'value', value: 'x', timestamp: first + k })),
    )
    await until('they were taken', () => client.lines.length === first + 500, 60_000)
  }
}

test('when many are idle, slow, deaf or too loud then a value is taken all the same, in bounded memory', {
  skip: !isHeldTold && 'reads /proc',
}, async (t) => {
  const node = await startNode(t, '--join 127.0.0.1:1 --limit stuck=5s')
  const { address } = node
  const before = { memory: await memoryOf(node), sockets: socketsOf(node) }

  const idle = await openMany(t, address, IDLE)
  await Promise.all(idle.map((it) => it.ask({ type: 'status' })))
  const slow = await openMany(t, address, SLOW)
  const drip = setInterval(() => {
    for (const it of slow) if (it.socket.writable) it.write('{')
  }, 200)
  t.after(() => clearInterval(drip))
  const watching = await openMany(t, address, WATCHING)
  for (const it of watching) {
    it.say({ type: 'watch' })
    it.socket.pause()
  }

  let isOver = false
  const source = await Client.open(t, address)
  const load = Promise.all([flood(t, address), flow(source, VALUES)]).finally(() => {
    isOver = true
  })
  let [most, longest, asked] = [0, 0, 0]
  while (!isOver || asked < 10) {
    const start = performance.now()
    const { type } = await ask(t, address, { type: 'value', value: 'asked', timestamp: VALUES + asked })
    assert.equal(type, 'ack')
    longest = Math.max(longest, performance.now() - start)
    most = Math.max(most, (await memoryOf(node)) - before.memory)
    asked += 1
    await sleep(100)
  }
  await load
  const figures = () =>
    `${asked} values, the slowest taken after ${Math.round(longest)} ms; at most ${Math.round(most / MiB)} MiB more memory; ${socketsOf(node)} sockets`
  t.diagnostic(figures())
  assert.ok(longest < 10_000, `${longest} ms`)
  assert.ok(most < 100 * MiB, `${most} bytes more`)

  await until('slow writers are closed', () => slow.every((it) => it.isClosed), 60_000)
  // What the system keeps for a reader is not the node's: values flow until that is full, too. A socket that is
  // not read does not see its end: the node's side tells.
  const isDeafGone = async (): Promise<boolean> => {
    await flow(source, 1000)
    most = Math.max(most, (await memoryOf(node)) - before.memory)
    return socketsOf(node) <= before.sockets + IDLE + 1
  }
  await until('watches that are not read are closed', isDeafGone, 90_000)
  for (const it of idle) assert.equal(it.isClosed, false)
  for (const it of [...idle, ...watching, source]) it.socket.destroy()
  await until('all connections are given back', () => socketsOf(node) <= before.sockets)
  t.diagnostic(`${figures()} at the end`)
  assert.ok(most < 100 * MiB, `${most} bytes more`)
})
