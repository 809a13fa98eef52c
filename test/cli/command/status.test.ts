import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allHold, allKnowEachOther, startCluster } from '../../cluster/many.ts'
import { ask } from '../../daemon/client.ts'
import { introduceLost } from '../../daemon/fake-peer.ts'
import { startNode } from '../../daemon/node.ts'
import { jsonLines } from '../run.ts'
import { runHere } from '../run-here.ts'

const portOf = (address: string) => Number(address.split(':')[1])

test('status --json is the answer of the node as one line', async (t) => {
  const { address } = await startNode(t)
  await ask(t, address, { type: 'value', value: 'x', timestamp: 5 })
  const { code, stdout, stderr } = await runHere(t, `gossip status -p ${portOf(address)} --json`)
  assert.deepEqual([code, stderr], [0, ''])
  const [status, ...more] = jsonLines(stdout)
  assert.equal(more.length, 0)
  assert.deepEqual([status.address, status.value, status.timestamp], [address, 'x', 5])
  const direct = await ask(t, address, { type: 'status' })
  assert.deepEqual(Object.keys(status).sort(), Object.keys(direct).sort())
})

test('status tells a reader the value, the strategy and the peers', async (t) => {
  const node = await startNode(t)
  const { address } = node
  const before = await runHere(t, `gossip status -p ${portOf(address)}`)
  assert.match(before.stdout, /no value yet/)
  await ask(t, address, { type: 'value', value: 'asdf', timestamp: 5 })
  const peer = await introduceLost(t, node)
  const { code, stdout } = await runHere(t, `gossip status -p ${portOf(address)}`)
  assert.equal(code, 0)
  for (const part of [address, '"asdf"', '5', 'push', peer])
    assert.ok(stdout.includes(part), `${part}: ${stdout}`)
})

test('status --all asks every node: a table of all, or a JSON line for each', async (t) => {
  const cluster = await startCluster(t, 4)
  await allKnowEachOther(cluster)
  cluster.live[0]?.propose('asdf', 5)
  await allHold(cluster, 'asdf')
  const addresses = cluster.members.map((it) => it.address).sort()
  const port = cluster.members[1]!.port

  const json = await runHere(t, `gossip status -p ${port} --all --json`)
  const rows = jsonLines(json.stdout)
  assert.deepEqual(rows.map((it) => it.address).sort(), addresses)
  assert.ok(rows.every((it) => it.value === 'asdf'))

  const { code, stdout } = await runHere(t, `gossip status -p ${port} --all`)
  const [head, ...lines] = stdout.trimEnd().split('\n')
  assert.equal(code, 0)
  assert.match(head!, /address.*value.*timestamp/)
  assert.deepEqual(lines.map((line) => line.split(' ')[0]).sort(), addresses)
  assert.ok(lines.every((line) => line.includes('"asdf"')))
})

test('status --all names a peer that does not answer, and shows the others', async (t) => {
  const node = await startNode(t)
  const { address } = node
  const gone = await introduceLost(t, node)
  const { stdout, stderr } = await runHere(t, `gossip status -p ${portOf(address)} --all --json`)
  assert.deepEqual(
    jsonLines(stdout).map((it) => it.address),
    [address],
  )
  assert.equal(stderr, `${gone}: nothing listens there\n`)
})
