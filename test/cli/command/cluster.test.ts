import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../../daemon/client.ts'
import { FakePeer } from '../../daemon/fake-peer.ts'
import { assertRefused, freePorts, Running, run } from '../run.ts'
import { runHere } from '../run-here.ts'

for (const how of ['', ' --processes']) {
  test(`cluster${how}: all know each other, a value reaches all, Ctrl-C ends it`, async (t) => {
    const base = await freePorts(3)
    const cluster = new Running(t, `gossip cluster -n 3 --base-port ${base} --period 200ms${how}`)
    await cluster.says(/all 3 know each other/)
    assert.match(cluster.stdout, new RegExp(`3 nodes run push on 127\\.0\\.0\\.1:${base}-${base + 2}`))
    assert.equal((await runHere(t, `propagate -p ${base + 2} --value asdf`)).code, 0)
    await cluster.says(/"asdf" reached all 3 nodes/)
    const { code, stdout, stderr } = await cluster.end('SIGINT')
    assert.equal(code, 0)
    assert.match(stdout, /all nodes ended\n$/)
    assert.equal(stderr, '')
    assertRefused(await runHere(t, `gossip status -p ${base + 1}`), /nothing listens there/)
  })
}

for (const how of ['', ' --processes']) {
  test(`when cluster${how} is given limits and kinds to learn then they hold for every node`, async (t) => {
    const base = await freePorts(2)
    const bounds = '--limit maxValue=10,maxRows=2 --learn private,name'
    const cluster = new Running(t, `gossip cluster -n 2 --base-port ${base} --period 200ms ${bounds}${how}`)
    await cluster.says(/all 2 know each other/)
    for (const port of [base, base + 1]) {
      const node = `127.0.0.1:${port}`
      const { reason } = await ask(t, node, { type: 'value', value: 'x'.repeat(20), timestamp: 1 })
      assert.equal(reason, 'value is longer than 10 bytes')
      const { error } = await ask(t, node, { type: 'hi', from: '8.8.8.8:53', peers: [] })
      assert.match(error, /this node learns loopback, private, name/)
    }
    assert.equal((await cluster.end('SIGINT')).code, 0)
  })
}

for (const how of ['', ' --processes']) {
  test(`when cluster${how} is to log more then the nodes' lines are on stderr`, async (t) => {
    const base = await freePorts(2)
    const flags = `-n 2 --base-port ${base} --period 200ms --log-level info${how}`
    const cluster = new Running(t, `gossip cluster ${flags}`)
    await cluster.says(/all 2 know each other/)
    const { code, stderr } = await cluster.end('SIGINT')
    assert.equal(code, 0)
    for (const port of [base, base + 1]) assert.match(stderr, new RegExp(`"listening as 127.0.0.1:${port}"`))
  })
}

test('SIGTERM ends a cluster too', async (t) => {
  const base = await freePorts(2)
  const cluster = new Running(t, `gossip cluster -n 2 --base-port ${base} --period 200ms`)
  await cluster.says(/all 2 know each other/)
  assert.equal((await cluster.end('SIGTERM')).code, 0)
})

test('a cluster of one is complete', async (t) => {
  const base = await freePorts(1)
  const cluster = new Running(t, `gossip cluster -n 1 --base-port ${base}`)
  await cluster.says(/all 1 know each other/)
  assert.equal((await cluster.end('SIGINT')).code, 0)
})

test('a port in the middle that is taken: one line, exit code 1, and no node is left', async (t) => {
  const base = await freePorts(3)
  await FakePeer.start(t, { port: base + 1 })
  const outcome = await run(t, `gossip cluster -n 3 --base-port ${base}`)
  assertRefused(outcome, new RegExp(`127\\.0\\.0\\.1:${base + 1}: that port is taken`))
  assertRefused(await runHere(t, `gossip status -p ${base}`), /nothing listens there/)
})
