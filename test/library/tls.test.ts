import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type NodeOptions, startNode } from '../../src/library/index.ts'
import { Authority, noOpenssl } from '../daemon/authority.ts'
import { until } from '../daemon/until.ts'

async function start(t: TestContext, options: NodeOptions) {
  const node = await startNode(options)
  t.after(() => node.stop())
  return node
}

test('when nodes of a script are given tls then they gossip with each other', {
  skip: noOpenssl,
}, async (t) => {
  const authority = new Authority(t)
  const first = await start(t, { tls: authority.issue('one') })
  const second = await start(t, { tls: authority.issue('two'), join: first.address })
  await until('they know each other', () => first.status().peers.length === 2)
  first.propagate('hello', 5)
  await until('it has come', () => second.status().value === 'hello')
})

test('when tls names files that are no use then startNode says which', async () => {
  await assert.rejects(
    startNode({ tls: { cert: '/no', key: '/no', ca: '/no' } }),
    /can't read \/no: no such file/,
  )
  await assert.rejects(
    startNode({ tls: { cert: '/no' } as never }),
    /^Error: startNode: tls\.key is missing: must be the path/,
  )
})
