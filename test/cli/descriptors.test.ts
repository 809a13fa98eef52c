import assert from 'node:assert/strict'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ask, Client } from '../daemon/client.ts'
import { newFolder } from '../daemon/folder.ts'
import { until } from '../daemon/until.ts'
import { startNode } from './a-node.ts'
import { assertRefused, freePorts, jsonLines, Running, run } from './run.ts'

/** Only Linux tells a process what it may open, and lets a shell lower it for one. */
const options = { skip: !existsSync('/proc/self/limits') }

for (const flags of ['', '--processes']) {
  const [nodes, files] = flags === '' ? [60, 256] : [100, 256]
  test(
    `when ${nodes} nodes ${flags} do not fit the files that may be open then cluster says what they need`,
    options,
    async (t) => {
      const base = await freePorts(2)
      const outcome = await run(t, `gossip cluster -n ${nodes} ${flags} --base-port ${base}`, { files })
      assertRefused(
        outcome,
        new RegExp(`${nodes} nodes need \\d+ file descriptors, .* may open ${files}: .*ulimit -n \\d+`),
      )
    },
  )
}

test(
  'when there are more idle connections than files that may be open then a node turns some away and lives',
  options,
  async (t) => {
    const files = 200
    const { running, address } = await startNode(t, '--join 127.0.0.1:1', { files })
    const idle: Socket[] = []
    let closed = 0
    for (let i = 0; i < files + 50; i++) {
      const { socket } = await Client.open(t, address)
      socket.on('close', () => {
        closed += 1
      })
      idle.push(socket)
    }
    await until('some are turned away', () => closed > 50)
    const value = { type: 'value', value: 'asdf', timestamp: 5 }
    // As soon as one of them was silent for a while, it makes room.
    await until('a value is taken', async () => {
      const ack = await ask(t, address, value).catch(() => undefined)
      return ack?.type === 'ack'
    })
    for (const it of idle) it.destroy()
    await until('there is room again', async () => {
      const status = await ask(t, address, { type: 'status' }).catch(() => undefined)
      return status?.type === 'status'
    })
    assert.equal(running.process.exitCode, null)
    const full = jsonLines(running.stdout).filter(({ msg }) => msg.startsWith('turns new connections away'))
    // None, where each came so late that another one had been silent for long.
    assert.ok(full.length <= 1)
  },
)

test('when files are few then a cluster still spreads a value to all', options, async (t) => {
  const base = await freePorts(10)
  const cluster = new Running(t, `gossip cluster -n 10 --base-port ${base} --period 200ms`, { files: 160 })
  await cluster.says(/all 10 know each other/)
  await ask(t, `127.0.0.1:${base}`, { type: 'value', value: 'asdf', timestamp: 5 })
  await cluster.says(/"asdf" reached all 10/)
  assert.equal((await cluster.end('SIGINT')).code, 0)
})

/** An environment in which a process opens all files that it may, as long as a trigger is there. */
function exhausted(t: TestContext) {
  const folder = newFolder(t)
  const [trigger, done] = [join(folder, 'now'), join(folder, 'done')]
  const file = join(folder, 'planted.mjs')
  writeFileSync(
    file,
    `import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs'
const open = []
setInterval(() => {
  if (!existsSync(${JSON.stringify(trigger)})) { for (const it of open.splice(0)) closeSync(it); return }
  if (open.length === 0) writeFileSync(${JSON.stringify(done)}, '')
  try { for (;;) open.push(openSync('/dev/null')) } catch {}
}, 5).unref()`,
  )
  return {
    env: { NODE_OPTIONS: `--import=${pathToFileURL(file)}` },
    begin: async () => {
      writeFileSync(trigger, '')
      await until('all files are open', () => existsSync(done))
    },
    end: () => rmSync(trigger),
  }
}

test(
  'when no file descriptor is left at all then a node lives, and is well when there are some again',
  options,
  async (t) => {
    const { env, begin, end } = exhausted(t)
    const one = await startNode(t)
    const around = { env, files: 256 }
    const flags = `--host 127.0.0.1 --period 50ms --join ${one.address} --join localhost:1`
    const running = new Running(t, `gossip node --port 0 ${flags}`, around)
    const [, address] = await running.says(/"server":"(127\.0\.0\.1:\d+)"/)
    const client = await Client.open(t, address!)
    await client.ask({ type: 'status' })
    await begin()
    // Accepting, dialling and looking up a name all need a descriptor.
    for (let i = 0; i < 20; i++) {
      const { socket } = await Client.open(t, address!)
      socket.destroy()
      await client.ask({ type: 'value', value: `no ${i}`, timestamp: i + 1 })
    }
    end()
    const value = { type: 'value', value: 'after', timestamp: 1000 }
    await client.ask(value)
    await until('it has come', async () => (await ask(t, one.address, { type: 'status' })).value === 'after')
    assert.equal(running.process.exitCode, null)
    const told = jsonLines(running.stdout).filter(
      ({ level, msg }) => level === 'warn' && /files open/.test(msg),
    )
    assert.ok(told.length <= 2, JSON.stringify(told))
  },
)
