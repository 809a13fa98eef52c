import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, Client } from '../../daemon/client.ts'
import { until } from '../../daemon/until.ts'
import { startNode } from '../a-node.ts'
import { assertRefused, jsonLines, run } from '../run.ts'

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends a node with exit code 0, whoever is still connected`, async (t) => {
    const { running, address } = await startNode(t)
    const watcher = await Client.open(t, address)
    watcher.say({ type: 'watch' })
    await watcher.ask({ type: 'status' })
    const { code, stderr } = await running.end(signal)
    assert.deepEqual([code, stderr], [0, ''])
    await watcher.closed()
    assert.equal(JSON.parse(watcher.lines.at(-1)!).event, 'stopped')
  })
}

test('the log is JSON lines, each with the address of the node', async (t) => {
  const one = await startNode(t)
  const two = await startNode(t, `--join ${one.address} --period 100ms`)
  await ask(t, two.address, { type: 'value', value: 'asdf', timestamp: 5 })
  await until(
    'the value has come',
    async () => (await ask(t, one.address, { type: 'status' })).value === 'asdf',
  )
  await one.running.end('SIGTERM')
  const { stdout, stderr } = await two.running.end('SIGTERM')
  assert.equal(stderr, '')
  const lines = jsonLines(stdout)
  assert.ok(lines.every((it) => it.server === two.address && typeof it.msg === 'string' && it.level))
  const sent = lines.find((it) => it.messageSent !== undefined)
  assert.deepEqual(sent.messageSent, { type: 'value', value: 'asdf', timestamp: 5, hops: 1 })
  assert.deepEqual(sent.knownPeers, [one.address])
})

test('a port that is taken: one line, exit code 1', async (t) => {
  const { port } = await startNode(t)
  const outcome = await run(t, `gossip node --port ${port} --join 127.0.0.1:1`)
  assertRefused(outcome, new RegExp(`127\\.0\\.0\\.1:${port}: that port is taken`))
})

const bad = {
  nonsense: {},
  '{"type":"value"}': {},
  '{"type":"error","error":"x"}': {},
  '{"type":"error","error":{"toString":1}}': {},
  '{"type":"__proto__","from":"127.0.0.1:1"}': {},
}

for (const [line, options] of Object.entries(bad)) {
  test(`the line ${line} does not end the node`, options, async (t) => {
    const { address } = await startNode(t)
    const client = await Client.open(t, address)
    client.write(`${line}\n`)
    client.socket.end()
    await client.closed()
    assert.equal((await ask(t, address, { type: 'status' })).type, 'status')
  })
}

test('a node known by a name is joined by it', async (t) => {
  const one = await startNode(t)
  const two = await startNode(t, `--join localhost:${one.port}`)
  await until('they know each other', async () => {
    const { peers } = await ask(t, two.address, { type: 'status' })
    return peers.some((it: { address: string }) => it.address === one.address)
  })
})
