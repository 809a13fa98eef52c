import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { publishedOf } from '../../../src/daemon/client/published-ports.ts'
import { request } from '../../../src/daemon/client/request.ts'
import { statusLine } from '../../../src/daemon/wire.ts'
import { introduceLost } from '../../daemon/fake-peer.ts'
import { startNode } from '../../daemon/node.ts'
import { freePorts, jsonLines } from '../run.ts'
import { runHere } from '../run-here.ts'

/** As a host's published port leads to a container: what comes there goes to the node that listens on `to`. */
async function publish(t: TestContext, host: string, port: number, to: number): Promise<void> {
  const server = createServer((socket) => {
    const there = connect({ host: '127.0.0.1', port: to })
    socket.pipe(there).pipe(socket)
    for (const it of [socket, there]) it.on('error', () => it.destroy())
  })
  server.listen(port, host)
  await once(server, 'listening')
  t.after(() => server.close())
}

test('when a node is at its own address then no other port is asked', async (t) => {
  const { address } = await startNode(t)
  const at = { host: '127.0.0.1', port: Number(address.split(':')[1]) }
  const first = await request(at, { type: 'status' }, statusLine)
  assert.equal((await publishedOf(at, first, undefined)).size, 0)
})

test('when nodes are reached by published ports then status tells port and container, and needs no other way', async (t) => {
  // On a loopback address of its own: ports 7000 to 7100 of another may be in use.
  const host = `127.77.${Math.floor(Math.random() * 250)}.1`
  const port = await freePorts(2)
  const here = { host: '127.0.0.1', port }
  const own = '127.0.0.9:7000'
  const node = await startNode(t, {
    container: 'f00d',
    listen: here,
    advertise: { host: '127.0.0.9', port: 7000 },
  })
  // As in containers it was reached at its own address, where nobody outside of them can reach it.
  const other = await introduceLost(t, node, `127.0.0.1:${port}`, '127.0.0.10')
  const gone = await introduceLost(t, node, `127.0.0.1:${port}`)
  await startNode(t, {
    listen: { host: '127.0.0.1', port: port + 1 },
    advertise: { host: '127.0.0.10', port: Number(other.split(':')[1]) },
  })
  await publish(t, host, 7003, port)
  await publish(t, host, 7050, port + 1)
  const { code, stdout, stderr } = await runHere(t, `gossip status --host ${host} -p 7003 --all`)
  const [head, ...lines] = stdout.trimEnd().split('\n')
  assert.match(head!, /^address +port +container +value/)
  assert.deepEqual(
    lines.map((it) => it.split(/ +/).slice(0, 3)),
    [
      [own, '7003', 'f00d'],
      [other, '7050', '-'],
    ],
  )
  assert.deepEqual([code, stderr], [0, `${gone}: nothing listens there\n`])
  const json = await runHere(t, `gossip status --host ${host} -p 7003 --all --json`)
  assert.deepEqual(
    jsonLines(json.stdout).map((it) => it.published),
    [7003, 7050],
  )
})
