import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { test } from 'node:test'
import { Buffered } from '../../src/daemon/buffered.ts'
import { Door } from '../../src/daemon/door.ts'
import { DEFAULT_LIMITS } from '../../src/daemon/limits.ts'
import { Server } from '../../src/daemon/server.ts'
import { Client } from './client.ts'
import { until } from './until.ts'

const LOUD = 200
const WORK_MS = 1

test('when a client sends many lines at once then one with a single line has its turn between them, and all are heard', async (t) => {
  const heard: string[] = []
  let single: Client | undefined
  const door = new Door(DEFAULT_LIMITS, () => false)
  const server = new Server(
    (line) => {
      heard.push(line)
      // By now all the others are here: what comes after this waits for the node, not for the network.
      if (heard.length === 1) single!.write('single\n')
      for (const start = performance.now(); performance.now() - start < WORK_MS; );
    },
    DEFAULT_LIMITS,
    door,
    new Buffered(2 ** 20, 2 ** 16),
  )
  const port = await server.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => server.close('abruptly'))
  single = await Client.open(t, `127.0.0.1:${port}`)
  const loud = await Client.open(t, `127.0.0.1:${port}`)
  await until('both are let in', () => server.size === 2)
  const lines = Array.from({ length: LOUD }, (_, i) => `loud ${i}`)
  loud.write(`${lines.join('\n')}\n`)
  await until('all are heard', () => heard.length === LOUD + 1)
  const at = heard.indexOf('single')
  assert.ok(at < LOUD / 2, `it was heard after ${at} lines of the other`)
  assert.deepEqual(
    heard.filter((it) => it !== 'single'),
    lines,
  )
})
