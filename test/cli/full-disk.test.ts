/** What can't be written any more: one line, exit code 1. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { assertRefused, freePorts, Running, run } from './run.ts'

/** Every write to it fails as on a full disk; Linux has it. */
const FULL = '/dev/full'
const options = { skip: !existsSync(FULL) }

for (const command of ['simulate --strategy push --nodes 9', 'strategies', 'check push --seeds 1']) {
  test(`when standard output is full then ${command} says so`, options, async (t) => {
    const wrapper = ['sh', '-c', `exec "$@" > ${FULL}`, 'sh']
    assertRefused(
      await run(t, `gossip ${command}`, { wrapper }),
      /^error: standard output: the disk is full\n$/,
    )
  })
}

test('when the file of events is full then a cluster says so as it ends', options, async (t) => {
  const base = await freePorts(2)
  const cluster = new Running(t, `gossip cluster -n 2 --period 200ms --base-port ${base} --trace ${FULL}`)
  await cluster.says(/all 2 know each other/)
  const { code, stderr } = await cluster.end('SIGINT')
  assert.equal(code, 1)
  assert.match(stderr, /^error: \/dev\/full: the disk is full[^\n]*\n$/)
})
