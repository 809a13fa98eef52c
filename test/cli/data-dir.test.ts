import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ask } from '../daemon/client.ts'
import { newFolder } from '../daemon/folder.ts'
import { until } from '../daemon/until.ts'
import { startNode } from './a-node.ts'
import { assertRefused, freePorts, jsonLines, Running, run } from './run.ts'
import { runHere } from './run-here.ts'

const ALONE = '--join 127.0.0.1:1'
const held = async (...of: Parameters<typeof ask>) => (await ask(...of)).value
const status = { type: 'status' }
const value = { type: 'value', value: 'asdf', timestamp: 5 }

test('when a node is killed right after the ack then the value is there when it starts again', async (t) => {
  const folder = newFolder(t)
  const options = `${ALONE} --data-dir ${folder}`
  const one = await startNode(t, options)
  assert.equal((await ask(t, one.address, value)).outcome, 'accepted')
  await one.running.end('SIGKILL')
  const again = await startNode(t, '', { env: { GOSSIP_DATA_DIR: folder, GOSSIP_JOIN: '127.0.0.1:1' } })
  assert.equal(await held(t, again.address, status), 'asdf')
  assert.match(again.running.stdout, /keeps its values in .*: 1 there/)
  await again.running.end('SIGTERM')
  assert.deepEqual(readdirSync(folder), ['values.jsonl'])
})

test('when a node has no data folder then it says that its values are in memory only', async (t) => {
  const { running } = await startNode(t)
  await running.says(/in memory only/)
})

test('when all nodes of a cluster are killed at once then all have the value when they start again', async (t) => {
  const folder = newFolder(t)
  const base = await freePorts(3)
  const ports = [base, base + 1, base + 2]
  const start = async (port: number) => {
    const running = new Running(
      t,
      `gossip node --port ${port} --join 127.0.0.1:${base},127.0.0.1:${base + 1} --period 200ms --data-dir ${folder}/${port}`,
    )
    await running.says(/listening as/)
    return running
  }
  const nodes = await Promise.all(ports.map(start))
  assert.equal((await runHere(t, `propagate -p ${base + 2} --value asdf`)).code, 0)
  const allHold = () =>
    until('all hold it', async () => {
      const all = await Promise.all(ports.map((port) => held(t, `127.0.0.1:${port}`, status)))
      return all.every((it) => it === 'asdf')
    })
  await allHold()
  await Promise.all(nodes.map((it) => it.end('SIGKILL')))
  await Promise.all(ports.map(start))
  await allHold()
})

for (const how of ['', ' --processes']) {
  test(`when cluster${how} has a data folder then each node has one of its own in it, and starts with what is there`, async (t) => {
    const folder = newFolder(t)
    const base = await freePorts(2)
    const command = `gossip cluster -n 2 --base-port ${base} --period 200ms --data-dir ${folder}${how}`
    const cluster = new Running(t, command)
    await cluster.says(/all 2 know each other/)
    await runHere(t, `propagate -p ${base} --value asdf`)
    await cluster.says(/"asdf" reached all 2 nodes/)
    assert.equal((await cluster.end('SIGTERM')).code, 0)
    assert.deepEqual(readdirSync(folder).sort(), [`${base}`, `${base + 1}`])
    await until(
      'the ports are free',
      async () => (await runHere(t, `gossip status -p ${base + 1}`)).code === 1,
    )
    const again = new Running(t, command)
    await again.says(/all 2 know each other/)
    for (const port of [base, base + 1]) assert.equal(await held(t, `127.0.0.1:${port}`, status), 'asdf')
    assert.equal((await again.end('SIGTERM')).code, 0)
  })
}

test('when the file is damaged then the node starts without it, warns, and keeps it aside', async (t) => {
  const folder = newFolder(t)
  writeFileSync(join(folder, 'values.jsonl'), '{"key":"","value":"as')
  const { running, address } = await startNode(t, `${ALONE} --data-dir ${folder}`)
  assert.equal(await held(t, address, status), null)
  const warned = jsonLines(running.stdout).find((it) => it.level === 'warn')
  assert.match(warned.msg, /values\.jsonl in .*: damaged lines \(1\) set aside in values\.jsonl\.aside-\d+/)
  assert.match(readdirSync(folder).join(), /values\.jsonl\.aside-\d+/)
})

test('when the disk fails then propagate says that the value is refused and why, and the node lives', async (t) => {
  const folder = join(newFolder(t), 'data')
  const { running, address, port } = await startNode(t, `${ALONE} --data-dir ${folder}`)
  await ask(t, address, value)
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  const { code, stderr } = await runHere(t, `propagate -p ${port} --value new`)
  assert.equal(code, 1)
  assert.match(stderr, /refused.*it can't be kept: not a folder \(ENOTDIR\)\n$/)
  assert.equal(await held(t, address, status), 'asdf')
  await running.says(/"level":"warn".*refused a newer value \(it can't be kept/)
})

test('when the folder is none, or another node has it, then the node does not start: one line', async (t) => {
  const folder = newFolder(t)
  writeFileSync(join(folder, 'file'), '')
  const node = (dir: string) => run(t, `gossip node --port 0 --log-level silent ${ALONE} --data-dir ${dir}`)
  assertRefused(await node(join(folder, 'file')), /can't keep values in .*file: not a folder/)
  const { running } = await startNode(t, `${ALONE} --data-dir ${folder}`)
  assertRefused(await node(folder), new RegExp(`process id ${running.process.pid} keeps its values in`))
})

/** Where no folder can be made, whoever asks. */
const impossible = ['/proc/x', '/proc/x/y', '/dev/null', '/dev/full', 'file', 'file/x', 'circle', 'circle/x']
for (const where of impossible) {
  const options = { skip: where.startsWith('/') && !existsSync(where.split('/', 2).join('/')) }
  test(
    `when no folder can be made at ${where} then a node and a cluster end at once: one line`,
    options,
    async (t) => {
      const folder = newFolder(t)
      writeFileSync(join(folder, 'file'), '')
      symlinkSync('circle', join(folder, 'circle'))
      const dir = where.startsWith('/') ? where : join(folder, where)
      const base = await freePorts(2)
      for (const command of [
        `gossip node --port 0 ${ALONE}`,
        `gossip cluster -n 2 --base-port ${base}`,
        `gossip cluster -n 2 --base-port ${base} --processes`,
      ]) {
        const perform = command.endsWith('--processes') ? run : runHere
        const outcome = await perform(t, `${command} --data-dir ${dir}`)
        assertRefused(outcome, new RegExp(`can't keep values in ${dir}.*: .* \\(E[A-Z]+\\)`))
      }
    },
  )
}

test('when the lock is a pipe then the node does not wait for it: one line', async (t) => {
  const folder = newFolder(t)
  execFileSync('mkfifo', [join(folder, 'lock')])
  assertRefused(await runHere(t, `gossip node --port 0 ${ALONE} --data-dir ${folder}`), /lock is no file/)
})

test('when a scenario is played then a data folder is refused', async (t) => {
  const outcome = await runHere(t, `gossip cluster --scenario one-way-cut --data-dir ${newFolder(t)}`)
  assertRefused(outcome, /leave --data-dir out/)
})
