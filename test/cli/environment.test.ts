import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../daemon/client.ts'
import { startNode } from './a-node.ts'
import { assertRefused, jsonLines } from './run.ts'
import { runHere } from './run-here.ts'

const JOIN = 'GOSSIP_JOIN'

test('what the environment says is what the node starts with', async (t) => {
  const { running } = await startNode(t, '', {
    env: { [JOIN]: '127.0.0.1:1,127.0.0.1:2', GOSSIP_SET: 'fanout=2', GOSSIP_PERIOD: '3s' },
  })
  const [first] = jsonLines(running.stdout)
  assert.deepEqual(first.options, { fanout: 2 })
  assert.equal(first.period, 3000)
  assert.deepEqual(
    first.join.map((it: { port: number }) => it.port),
    [1, 2],
  )
})

test('an option on the command line goes before the environment', async (t) => {
  const around = { env: { GOSSIP_PERIOD: '3s', GOSSIP_STRATEGY: 'nonsense' } }
  const { running } = await startNode(t, '--join 127.0.0.1:1 --period 4s --strategy push', around)
  assert.equal(jsonLines(running.stdout)[0].period, 4000)
})

test('an empty variable counts as none', async (t) => {
  const empty = [
    'STRATEGY',
    'SET',
    'PERIOD',
    'SUBNET',
    'ADVERTISE',
    'SCAN_PORT',
    'NUMBER',
    'HOST',
    'LOG_LEVEL',
  ]
  const env = Object.fromEntries(empty.map((name) => [`GOSSIP_${name}`, '']))
  const { running, address } = await startNode(t, '--join 127.0.0.1:1', { env })
  const [first] = jsonLines(running.stdout)
  assert.deepEqual([first.strategy, first.options, first.period], ['push', { fanout: 3 }, 10_000])
  assert.equal((await ask(t, address, { type: 'status' })).strategy, 'push')
})

const bad: [name: string, value: string, says: RegExp][] = [
  ['GOSSIP_STRATEGY', 'nonsense', /no strategy "nonsense".*push/],
  ['GOSSIP_SET', 'fanuot=3', /fanuot.*fanout/],
  ['GOSSIP_SET', 'fanout', /GOSSIP_SET.*key=value/],
  ['GOSSIP_PERIOD', 'soon', /GOSSIP_PERIOD.*duration/],
  ['GOSSIP_PORT', '70000', /GOSSIP_PORT/],
  ['GOSSIP_SUBNET', '8.8.8.0/8', /GOSSIP_SUBNET/],
  ['GOSSIP_JOIN', 'a:b', /GOSSIP_JOIN/],
  ['GOSSIP_LIMIT', 'maxPers=1', /GOSSIP_LIMIT.*maxPeers/],
  ['GOSSIP_LEARN', 'all', /GOSSIP_LEARN.*public/],
]

for (const [name, value, says] of bad) {
  test(`${name}=${value}: one line, exit code 1`, async (t) => {
    const env = { [JOIN]: '127.0.0.1:1', GOSSIP_PORT: '0', [name]: value }
    assertRefused(await runHere(t, 'gossip node', { env }), says)
  })
}

test('when GOSSIP_LIMIT names limits then they hold', async (t) => {
  const env = { GOSSIP_LIMIT: 'maxValue=10,maxRows=2' }
  const { address } = await startNode(t, '--join 127.0.0.1:1', { env })
  const { reason } = await ask(t, address, { type: 'value', value: 'x'.repeat(20), timestamp: 1 })
  assert.equal(reason, 'value is longer than 10 bytes')
})
