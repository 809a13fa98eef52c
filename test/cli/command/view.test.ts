import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { closedAddress, FakePeer } from '../../daemon/fake-peer.ts'
import { newFolder } from '../../daemon/folder.ts'
import { act, get, Visitor } from '../../page/visitor.ts'
import { startNode } from '../a-node.ts'
import { assertRefused, freePorts, Running, run } from '../run.ts'
import { runHere } from '../run-here.ts'

const portOf = (address: string) => Number(address.split(':')[1])

function recording(t: TestContext, text: string): string {
  const file = `${newFolder(t)}/run.jsonl`
  writeFileSync(file, text)
  return file
}

async function open(running: Running): Promise<string> {
  const [, url] = await running.says(/open (http:\/\/127\.0\.0\.1:\d+)\n/)
  return url!
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`when a node is viewed then a browser sees it and hands it a value, until ${signal}`, async (t) => {
    const { address } = await startNode(t)
    const view = new Running(t, `gossip view -p ${portOf(address)} --http-port 0`)
    const url = await open(view)
    const visitor = await Visitor.open(t, url)
    await visitor.hears('the node', () => visitor.rows[0]?.address === address)
    assert.equal((await act(url, { do: 'propagate', node: 0, value: 'asdf' })).done, true)
    await visitor.hears('the value', () => visitor.rows[0]?.value === 'asdf')
    const { code, stderr } = await view.end(signal)
    assert.deepEqual([code, stderr], [0, ''])
  })
}

test('when a simulation was recorded then it can be viewed', async (t) => {
  const file = `${newFolder(t)}/run.jsonl`
  assert.equal((await runHere(t, `gossip simulate --strategy push --nodes 8 --trace ${file}`)).code, 0)
  const view = new Running(t, `gossip view --trace ${file} --http-port 0`)
  const url = await open(view)
  const visitor = await Visitor.open(t, url)
  await visitor.hears('the end', () => visitor.of('end').length === 1)
  assert.equal(visitor.rows.length, 8)
  assert.equal(new Set(visitor.events.filter((it) => it.event === 'updated').map((it) => it.node)).size, 8)
  assert.equal((await view.end('SIGINT')).code, 0)
})

test('when the page is published elsewhere then view prints where a browser finds it', async (t) => {
  const file = recording(t, EVENT)
  const view = new Running(t, `gossip view --trace ${file} --http-port 0`, {
    env: { GOSSIP_HTTP_PUBLISHED: '18080' },
  })
  assert.equal(await open(view), 'http://127.0.0.1:18080')
})

const EVENT = '{"at":1,"node":"a:1","event":"started"}\n'
const wrong: [what: string, command: (t: TestContext) => Promise<string>, says: RegExp][] = [
  ['nothing is named', async () => 'gossip view', /-p PORT of a node, or --trace FILE/],
  ['both are named', async () => 'gossip view -p 7000 --trace x', /only one/],
  ['a port is none', async () => 'gossip view -p seven', /must be a whole number from 1 to 65535/],
  [
    'no browser can come by such a port',
    async () => 'gossip view -p 7000 --http-published 0',
    /must be a whole number from 1 to 65535/,
  ],
  ['the page has no such port', async () => 'gossip view -p 7000 --http-port 65536', /from 0 to 65535/],
  [
    'no node is there',
    async () => `gossip view -p ${portOf(await closedAddress())}`,
    /nothing listens there/,
  ],
  ['there is no such file', async () => 'gossip view --trace no-such-file', /no-such-file: no such file/],
  [
    'a line is damaged',
    async (t) => `gossip view --trace ${recording(t, `${EVENT}\n{"at":1,\n`)}`,
    /run\.jsonl:3 is not an event: .* is not JSON/,
  ],
  [
    'a line is something else',
    async (t) => `gossip view --trace ${recording(t, `${EVENT}{"at":1,"node":"a:1","event":"sung"}\n`)}`,
    /run\.jsonl:2 is not an event: event/,
  ],
  ['nothing is in it', async (t) => `gossip view --trace ${recording(t, '')}`, /holds no event/],
]
for (const [what, command, says] of wrong) {
  test(`when ${what} then view says so in one line, exit code 1`, async (t) =>
    assertRefused(await runHere(t, await command(t)), says))
}

test('when the port of the page is taken then view names another, exit code 1', async (t) => {
  const port = await freePorts(2)
  await FakePeer.start(t, { port })
  const file = recording(t, EVENT)
  const around = { env: { GOSSIP_HTTP_PORT: String(port) } }
  const says = new RegExp(`127\\.0\\.0\\.1:${port}, for the page, is taken: .*--http-port ${port + 1}`)
  assertRefused(await run(t, `gossip view --trace ${file}`, around), says)
})

for (const how of ['', ' --processes']) {
  test(`when cluster${how} has a page then its nodes are there, and a value reaches all`, async (t) => {
    const base = await freePorts(3)
    const cluster = new Running(
      t,
      `gossip cluster -n 3 --base-port ${base} --period 200ms --http-port 0${how}`,
    )
    const url = await open(cluster)
    await cluster.says(/all 3 know each other/)
    assert.equal((await get(url, '/')).status, 200)
    const visitor = await Visitor.open(t, url)
    await visitor.hears('all run', () => visitor.rows.filter((it) => it.state === 'runs').length === 3)
    assert.equal((await act(url, { do: 'propagate', node: 0, value: 'asdf' })).done, true)
    await visitor.hears('all have it', () => visitor.rows.every((it) => it.value === 'asdf'))
    const { code, stderr } = await cluster.end('SIGINT')
    assert.deepEqual([code, stderr], [0, ''])
  })
}

test('when the port of the page is taken then cluster says what to type, and no node is left', async (t) => {
  const base = await freePorts(3)
  await FakePeer.start(t, { port: base + 2 })
  const outcome = await run(t, `gossip cluster -n 2 --base-port ${base} --http-port ${base + 2}`)
  assert.equal(outcome.code, 1)
  assert.match(outcome.stderr, new RegExp(`^error: [^\\n]*npm start -- --http-port ${base + 3}\\)\\n$`))
  assertRefused(await runHere(t, `gossip status -p ${base}`), /nothing listens there/)
})

test('when a scenario is played with a page then a browser sees what it does', async (t) => {
  const base = await freePorts(3)
  const scenario = recording(
    t,
    '[{"at":0,"do":"propagate","node":0,"value":"x"},{"at":1,"do":"kill","nodes":2},{"at":"1h","do":"restart","nodes":2}]',
  )
  const cluster = new Running(
    t,
    `gossip cluster -n 3 --base-port ${base} --period 200ms --http-port 0 --scenario ${scenario}`,
  )
  const visitor = await Visitor.open(t, await open(cluster))
  await visitor.hears('a dead node', () => visitor.rows[2]?.state === 'dead')
  assert.equal((await cluster.end('SIGINT')).code, 1)
})
