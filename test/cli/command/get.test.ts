import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../../daemon/client.ts'
import { closedAddress } from '../../daemon/fake-peer.ts'
import { startNode } from '../../daemon/node.ts'
import { assertRefused, jsonLines } from '../run.ts'
import { runHere } from '../run-here.ts'

const portOf = (address: string) => Number(address.split(':')[1])

test('what propagate puts under a key, get finds there and nowhere else', async (t) => {
  const { address } = await startNode(t)
  const port = portOf(address)
  const put = await runHere(t, `propagate -p ${port} --key colour --value blue`)
  assert.equal(put.code, 0, put.stderr)
  assert.match(put.stdout, /accepted "blue" of "colour"/)
  const got = await runHere(t, `gossip get -p ${port} colour`)
  assert.deepEqual([got.code, got.stdout, got.stderr], [0, 'blue\n', ''])
  assertRefused(await runHere(t, `gossip get -p ${port} shape`), /holds nothing under "shape"\n/)
  assertRefused(await runHere(t, `gossip get -p ${port}`), /holds nothing\n/)
})

test('without a key, both speak of the one that status tells', async (t) => {
  const { address } = await startNode(t)
  const port = portOf(address)
  await runHere(t, `propagate -p ${port} -v asdf --timestamp 5`)
  assert.equal((await runHere(t, `gossip get -p ${port}`)).stdout, 'asdf\n')
  const { stdout } = await runHere(t, `gossip get -p ${port} --json`)
  assert.deepEqual(jsonLines(stdout), [{ key: '', value: 'asdf', timestamp: 5 }])
})

test('--all is a JSON object for each key that has a value, in order', async (t) => {
  const { address } = await startNode(t)
  for (const key of ['b', 'a', 'gone'])
    await ask(t, address, { type: 'value', key, value: `of ${key}`, timestamp: 7 })
  await ask(t, address, { type: 'value', key: 'gone', value: null, timestamp: Date.now() })
  const { code, stdout } = await runHere(t, `gossip get -p ${portOf(address)} --all`)
  assert.equal(code, 0)
  assert.deepEqual(jsonLines(stdout), [
    { key: 'a', value: 'of a', timestamp: 7 },
    { key: 'b', value: 'of b', timestamp: 7 },
  ])
})

test('--delete takes a value away, and get says since when', async (t) => {
  const { address } = await startNode(t)
  const port = portOf(address)
  await runHere(t, `propagate -p ${port} --key a --value x`)
  const { code, stdout } = await runHere(t, `propagate -p ${port} --key a --delete`)
  assert.equal(code, 0)
  assert.match(stdout, /accepted the deletion of "a"/)
  assertRefused(
    await runHere(t, `gossip get -p ${port} a`),
    /holds nothing under "a": deleted \(timestamp \d+\)/,
  )
  const back = await runHere(t, `propagate -p ${port} --key a --value y`)
  assert.equal(back.code, 0, back.stderr)
  assert.equal((await runHere(t, `gossip get -p ${port} a`)).stdout, 'y\n')
})

test('a value that would do something to a terminal is shown instead', async (t) => {
  const { address } = await startNode(t)
  await ask(t, address, { type: 'value', value: 'a\u001b[2Jb', timestamp: 5 })
  const { stdout } = await runHere(t, `gossip get -p ${portOf(address)}`)
  assert.ok(!stdout.includes('\u001b'), stdout)
})

const long = 'x'.repeat(257)
const wrong: [what: string, command: string, says: RegExp][] = [
  ['a key and --all', 'get -p PORT a --all', /a key or --all, not both/],
  ['a key that is too long', `get -p PORT ${long}`, /at most 256 bytes/],
  ['no port', 'get a', /--port/],
  ['a value and --delete', 'propagate -p PORT --delete --value x', /give one of them/],
  ['neither', 'propagate -p PORT --key a', /--value <value>.*or --delete/],
  ['a value under a key that is too long', `propagate -p PORT --key ${long} --value x`, /at most 256 bytes/],
]
for (const [what, command, says] of wrong) {
  test(`${what}: one line, exit code 1`, async (t) => {
    const { address } = await startNode(t)
    assertRefused(await runHere(t, `gossip ${command.replace('PORT', String(portOf(address)))}`), says)
    assert.equal((await ask(t, address, { type: 'status' })).values, 0)
  })
}

test('nobody there: one line, exit code 1', async (t) => {
  assertRefused(await runHere(t, `gossip get -p ${portOf(await closedAddress())} a`), /nothing listens there/)
})
