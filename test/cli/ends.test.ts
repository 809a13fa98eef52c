import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ask, Client } from '../daemon/client.ts'
import { FakePeer, introduce } from '../daemon/fake-peer.ts'
import { newFolder } from '../daemon/folder.ts'
import { startNode } from './a-node.ts'
import { freePorts, jsonLines, Running } from './run.ts'

/** A node may take two seconds; the rest is for a busy machine. What nothing bounds takes minutes. */
const BOUND_MS = 8000

test('when a peer never reads and a client never closes then SIGTERM ends a node with 0 within its bound', async (t) => {
  const peer = await FakePeer.start(t, { reads: false })
  const { running, address } = await startNode(t)
  await introduce(t, address, peer.address)
  const idle = await Client.open(t, address)
  idle.socket.pause()
  const client = await Client.open(t, address)
  for (let i = 0; i < 30; i++) await client.ask({ type: 'value', value: 'x'.repeat(60_000), timestamp: i })
  const began = performance.now()
  const { code, stderr } = await running.end('SIGTERM')
  assert.deepEqual([code, stderr], [0, ''])
  assert.ok(performance.now() - began < BOUND_MS, `${performance.now() - began} ms`)
})

test('when a node is told to end then it says goodbye to its peers', async (t) => {
  const peer = await FakePeer.start(t)
  const { running, address } = await startNode(t)
  await introduce(t, address, peer.address)
  await running.end('SIGTERM')
  const bye = peer.messages.find((it) => it.type === 'bye')
  assert.equal(bye?.from, address)
})

const faults = {
  'a timer throws': "throw new Error('planted', { cause: new Error('the root') })",
  'nobody catches a rejection': "void Promise.reject(new Error('planted', { cause: new Error('the root') }))",
}
/** An environment in which a process has that fault as soon as it is told to. */
function planted(t: TestContext, fault: string) {
  const folder = newFolder(t)
  const trigger = join(folder, 'now')
  const file = join(folder, 'planted.mjs')
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs'
const timer = setInterval(() => { if (existsSync(${JSON.stringify(trigger)})) { ${fault} } }, 20)
timer.unref()`,
  )
  return {
    env: { NODE_OPTIONS: `--import=${pathToFileURL(file)}` },
    happen: () => writeFileSync(trigger, ''),
  }
}

for (const [what, fault] of Object.entries(faults)) {
  test(`when ${what} then the node logs it with its cause and ends with exit code 1`, async (t) => {
    const { env, happen } = planted(t, fault)
    const { running, address } = await startNode(t, '--join 127.0.0.1:1', { env })
    happen()
    const { code, stdout } = await running.ended
    assert.equal(code, 1)
    const last = jsonLines(stdout).find((it) => it.level === 'fatal')
    assert.deepEqual([last.server, last.msg], [address, 'ends: planted'])
    assert.match(JSON.stringify(last.err), /the root/)
  })
}

for (const [what, fault] of Object.entries(faults)) {
  test(`when ${what} in a cluster then that is logged with its cause, all nodes end, and the exit code is 1`, async (t) => {
    const { env, happen } = planted(t, fault)
    const base = await freePorts(2)
    const cluster = new Running(t, `gossip cluster -n 2 --base-port ${base} --period 200ms`, { env })
    await cluster.says(/all 2 know each other/)
    happen()
    const { code, stderr } = await cluster.ended
    assert.equal(code, 1)
    const [last, ...more] = jsonLines(stderr)
    assert.deepEqual([last.level, last.msg, more.length], ['fatal', 'ends: planted', 0])
    assert.match(JSON.stringify(last.err), /the root/)
    for (const port of [base, base + 1])
      await assert.rejects(Client.open(t, `127.0.0.1:${port}`), { code: 'ECONNREFUSED' })
  })
}

test("when a strategy's handler throws then that is logged, and the node goes on", async (t) => {
  const file = join(newFolder(t), 'faulty.ts')
  writeFileSync(join(file, '../package.json'), '{ "type": "module" }')
  writeFileSync(file, "export default { summary: 'Faulty.', onNewer() { throw new Error('planted') } }")
  const { running, address } = await startNode(t, `--join 127.0.0.1:1 --strategy ${file}`)
  const value = { type: 'value', value: 'asdf', timestamp: 5 }
  assert.equal((await ask(t, address, value)).outcome, 'accepted')
  await running.says(/"level":"error".*"handler":"onNewer".*planted/)
  assert.equal((await ask(t, address, { type: 'status' })).value, 'asdf')
})
