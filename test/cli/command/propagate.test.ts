import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { ask } from '../../daemon/client.ts'
import { FakePeer } from '../../daemon/fake-peer.ts'
import { startNode as startDaemon, YEAR_MS } from '../../daemon/node.ts'
import { startNode } from '../a-node.ts'
import { assertRefused, jsonLines } from '../run.ts'
import { runHere } from '../run-here.ts'

const portOf = (address: string) => Number(address.split(':')[1])

test('an accepted value: one readable line, exit code 0, and the node holds it', async (t) => {
  const { address } = await startDaemon(t)
  const before = Date.now()
  const { code, stdout, stderr } = await runHere(t, `propagate -p ${portOf(address)} -v asdf`)
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^[^\n]+\n$/)
  assert.ok(stdout.startsWith(`${address} accepted "asdf"`), stdout)
  assert.equal(stderr, '')
  const { value, timestamp } = await ask(t, address, { type: 'status' })
  assert.equal(value, 'asdf')
  assert.ok(timestamp >= before && timestamp <= Date.now(), 'the version is the time of the call')
})

test('long and short options, --host and --timestamp say the same to a node in a process of its own', async (t) => {
  const { address, port } = await startNode(t)
  const { code } = await runHere(t, `propagate --port ${port} --value x --host localhost --timestamp 5`)
  assert.equal(code, 0)
  const { value, timestamp } = await ask(t, address, { type: 'status' })
  assert.deepEqual([value, timestamp], ['x', 5])
})

test('--json prints the ack as one line', async (t) => {
  const { address } = await startDaemon(t)
  const command = `propagate -p ${portOf(address)} -v x --timestamp 5 --json`
  const accepted = await runHere(t, command)
  assert.deepEqual(jsonLines(accepted.stdout), [{ type: 'ack', outcome: 'accepted', timestamp: 5 }])
  assert.deepEqual([accepted.code, accepted.stderr], [0, ''])

  const ignored = await runHere(t, command)
  const [ack, ...more] = jsonLines(ignored.stdout)
  assert.deepEqual([ack.outcome, more.length], ['ignored', 0])
  assert.deepEqual([ignored.code, ignored.stderr], [1, ''])
})

test('when the value held is ahead of the clock then the next one wins all the same, and that is said', async (t) => {
  const { address } = await startDaemon(t)
  const ahead = Date.now() + 30_000
  await ask(t, address, { type: 'value', value: 'of a fast clock', timestamp: ahead })
  const { code, stdout, stderr } = await runHere(t, `propagate -p ${portOf(address)} -v x`)
  assert.deepEqual([code, stderr], [0, ''])
  const [, told] =
    /^[^\n]*timestamp (\d+); what it held is \d+ ms ahead of this clock\)\n$/.exec(stdout) ?? []
  assert.equal(Number(told), ahead + 1)
  const { value, timestamp } = await ask(t, address, { type: 'status' })
  assert.deepEqual([value, timestamp], ['x', ahead + 1])
})

test('an ignored value: one line with the reason, exit code 1', async (t) => {
  const { address } = await startDaemon(t)
  await ask(t, address, { type: 'value', value: 'x', timestamp: 5 })
  const port = portOf(address)
  assertRefused(await runHere(t, `propagate -p ${port} -v x --timestamp 5`), /ignored.*held already/)
  assertRefused(await runHere(t, `propagate -p ${port} -v x --timestamp 4`), /ignored.*newer/)
})

test('a refused value: one line with the reason, exit code 1', async (t) => {
  const { address } = await startDaemon(t)
  const timestamp = Date.now() + YEAR_MS
  const outcome = await runHere(t, `propagate -p ${portOf(address)} -v x --timestamp ${timestamp}`)
  assertRefused(outcome, /refused.*60000 ms ahead/)
})

test('a value too long for the node: its error in one line, exit code 1', async (t) => {
  const { address } = await startDaemon(t, { limits: { maxLine: 100 } })
  assertRefused(await runHere(t, `propagate -p ${portOf(address)} -v ${'x'.repeat(200)}`), /100 bytes/)
})

test('who accepts the connection and never answers is given up, in one line', async (t) => {
  const deaf = await FakePeer.start(t)
  assertRefused(await runHere(t, `propagate -p ${portOf(deaf.address)} -v x`), /did not answer within 5 s/)
})

const strangers: [what: string, answer: string, says: RegExp][] = [
  ['something else', 'HTTP/1.1 400 Bad Request\r\n\r\n', /does not speak this protocol/],
  ['another answer than an ack', '{"type":"status"}\n', /ack|outcome/],
  ['nothing, and hangs up', '', /without an answer/],
]

for (const [what, answer, says] of strangers) {
  test(`who answers ${what}: one line, exit code 1`, async (t) => {
    const server = createServer((socket) => socket.on('error', () => {}).on('data', () => socket.end(answer)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    assertRefused(await runHere(t, `propagate -p ${address.port} -v x`), says)
  })
}
