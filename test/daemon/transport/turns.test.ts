import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { type TestContext, test } from 'node:test'
import { realClock } from '../../../src/daemon/clock.ts'
import { DEFAULT_LIMITS } from '../../../src/daemon/limits.ts'
import { ConnectionGate } from '../../../src/daemon/transport/connection-gate.ts'
import { Guests } from '../../../src/daemon/transport/guests.ts'
import { MemoryBudget } from '../../../src/daemon/transport/memory-budget.ts'
import { type Answer, Server } from '../../../src/daemon/transport/server.ts'
import { Client } from '../client.ts'
import { until } from '../until.ts'

const LOUD = 200
const WORK_MS = 1

/** A server that works on each line, and counts the connections that it let in. */
async function serverThat(t: TestContext, answer: Answer): Promise<{ server: Server; address: string }> {
  const server = new Server(
    (line, connection) => {
      answer(line, connection)
      for (const start = performance.now(); performance.now() - start < WORK_MS; );
    },
    DEFAULT_LIMITS,
    new Guests(new ConnectionGate(DEFAULT_LIMITS, () => false), realClock),
    new MemoryBudget(2 ** 20, 2 ** 16),
  )
  const port = await server.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => server.close('abruptly'))
  return { server, address: `127.0.0.1:${port}` }
}

const LINES = Array.from({ length: LOUD }, (_, i) => `loud ${i}`)

test('when a client sends many lines at once then one with a single line has its turn between them, and all are heard', async (t) => {
  const heard: string[] = []
  let single: Client | undefined
  const { server, address } = await serverThat(t, (line) => {
    heard.push(line)
    // By now all the others are here: what comes after this waits for the node, not for the network.
    if (heard.length === 1) single!.write('single\n')
  })
  single = await Client.open(t, address)
  const loud = await Client.open(t, address)
  await until('both are let in', () => server.size === 2)
  loud.write(`${LINES.join('\n')}\n`)
  await until('all are heard', () => heard.length === LOUD + 1)
  const at = heard.indexOf('single')
  assert.ok(at < LOUD / 2, `it was heard after ${at} lines of the other`)
  assert.deepEqual(
    heard.filter((it) => it !== 'single'),
    LINES,
  )
})

test('when a client sends many lines and says at once that no more comes then each is answered', async (t) => {
  const { address } = await serverThat(t, (line, connection) => connection.send(`${line}\n`))
  const client = await Client.open(t, address)
  client.socket.end(`${LINES.join('\n')}\n`)
  await client.closed()
  assert.deepEqual(client.lines, LINES)
})
