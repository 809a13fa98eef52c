import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../daemon/client.ts'
import { freePorts, Running, run } from './run.ts'
import { runHere } from './run-here.ts'

test('when nodes with processes of their own let nobody watch then the cluster says so once, and runs', async (t) => {
  const base = await freePorts(2)
  const flags = `-n 2 --processes --limit maxWatchers=0 --base-port ${base} --period 200ms`
  const cluster = new Running(t, `gossip cluster ${flags}`)
  await cluster.says(/all 2 know each other/)
  const { code } = await runHere(t, `propagate -p ${base} --value asdf`)
  assert.equal(code, 0)
  assert.equal((await ask(t, `127.0.0.1:${base}`, { type: 'status' })).value, 'asdf')
  const outcome = await cluster.end('SIGINT')
  assert.equal(outcome.code, 0)
  assert.match(
    outcome.stderr,
    /^can't follow what spreads: 127\.0\.0\.1:\d+: 0 watch streams are open, no more may be\n$/,
  )
})

for (const signal of ['SIGKILL', 'SIGHUP'] as const) {
  test(`when a cluster ends by ${signal} then the processes of its nodes end, too`, async (t) => {
    const base = await freePorts(2)
    const cluster = new Running(t, `gossip cluster -n 2 --processes --base-port ${base} --period 200ms`)
    await cluster.says(/all 2 know each other/)
    // Its nodes hold its output open: that is closed when they have ended.
    assert.equal((await cluster.end(signal)).signal, signal)
    for (const port of [base, base + 1]) assert.equal((await run(t, `gossip status -p ${port}`)).code, 1)
  })
}
