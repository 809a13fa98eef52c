import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../../cli/run.ts'
import { ask } from '../client.ts'
import { noted, startNode } from '../node.ts'
import { until } from '../until.ts'

const twins = (lines: readonly string[]) => lines.filter((it) => it.includes('goes by'))

test('when two nodes advertise one address then each says so, once', async (t) => {
  const [first, second] = [noted('warn'), noted('warn')]
  const one = await startNode(t, { log: first.log, period: 20 })
  const [host = '', port = ''] = one.address.split(':')
  const advertise = { host, port: Number(port) }
  await sleep(30)
  const other = await startNode(t, { log: second.log, period: 20, advertise, join: [advertise] })
  assert.equal(other.address, one.address)
  await until('both say so', () => twins(first.lines).length > 0 && twins(second.lines).length > 0)
  assert.match(
    twins(first.lines)[0]!,
    /another node, that is reached at 127\.0\.0\.1, goes by 127\.0\.0\.1:\d+ as this one does/,
  )
  await sleep(600)
  assert.deepEqual([twins(first.lines).length, twins(second.lines).length], [1, 1])
})

test('when a node asks its own address then it does not take itself for another', async (t) => {
  const { log, lines } = noted('warn')
  const port = await freePorts(1)
  const own = { host: '127.0.0.1', port }
  await startNode(t, { log, period: 1, listen: own, join: [own] })
  await sleep(1500)
  assert.deepEqual(lines, [])
})

test('when a stranger claims to be the node itself, again and again, then that is one line', async (t) => {
  const { log, lines } = noted('warn')
  const { address } = await startNode(t, { log })
  for (let i = 0; i < 20; i++) {
    await ask(t, address, { type: 'hi', from: address, peers: [{ address, heartbeat: Date.now() + i + 5 }] })
  }
  assert.equal(twins(lines).length, 1)
})
