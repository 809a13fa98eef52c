/** The ten containers that the README starts: docker-compose build, up, propagate, logs, down. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { exchange, give } from './client.ts'
import { Cluster } from './cluster.ts'
import { docker, must, root, whySkipped } from './engine.ts'
import { seconds, timed, until } from './until.ts'

const NODES = 10

interface LogLine {
  readonly server: string
  readonly msg: string
  readonly value?: string
  readonly from?: string | null
}

describe('ten containers', { skip: whySkipped() }, () => {
  const cluster = new Cluster()
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
    await cluster.up(NODES)
  })
  after(() => cluster.remove())

  it('when started, all know all, without any value', async (t) => {
    const ms = await cluster.complete(NODES)
    t.diagnostic(`all ${NODES} know all ${NODES} after ${seconds(ms)}`)
    const size = Number(await docker('image', 'inspect', 'gossip', '--format', '{{.Size}}'))
    t.diagnostic(`image: ${Math.round(size / 1e6)} MB`)
  })

  it('run as the user node', async () => {
    for (const { id } of await cluster.nodes()) {
      const owner = await docker('exec', id, 'stat', '-c', '%U', '/proc/1')
      assert.equal(owner.trim(), 'node')
    }
  })

  it('when a value is handed to any published port, it reaches all', async (t) => {
    for (const port of await cluster.ports()) {
      const out = await must(`${root}bin/propagate`, ['-p', String(port), '--value', `asdf-${port}`])
      assert.match(out, new RegExp(`^127\\.0\\.0\\.1:${port} accepted "asdf-${port}".*\n$`))
    }
    const last = (await cluster.ports()).at(-1)
    t.diagnostic(`the last value reached all after ${seconds(await cluster.holds(`asdf-${last}`))}`)
  })

  it('docker-compose logs tells who took the value from whom', async () => {
    const nodes = await cluster.nodes()
    const addresses = nodes.map((it) => `${it.ip}:7000`)
    const value = `asdf-${nodes.at(-1)!.port}`
    const taken = parseLogs(await cluster.logs()).filter(
      (it) => it.value === value && it.msg.startsWith('took a newer value from '),
    )
    assert.deepEqual(taken.map((it) => it.server).sort(), [...addresses].sort())
    const fromClient = taken.filter((it) => it.from === null)
    assert.deepEqual(
      fromClient.map((it) => it.server),
      [addresses.at(-1)],
    )
    for (const { from, server } of taken.filter((it) => it.from !== null)) {
      assert.ok(addresses.includes(from!) && from !== server, `${server} took it from ${from}`)
    }
  })

  it('when a bare client sends an old timestamp, it is answered ignored', async () => {
    const [port] = await cluster.ports()
    const ack = await give(port!, 'stale', 1)
    assert.equal(ack.type, 'ack')
    assert.equal(ack.outcome, 'ignored')
  })

  it('when a bare client sends something else, it gets one error line and the node goes on', async () => {
    const [port] = await cluster.ports()
    const answer = await exchange(port!, 'GET / HTTP/1.1\n')
    assert.match(answer, /^\{"type":"error","error":"[^\n]*"\}\n$/)
    const ack = await give(port!, 'still here')
    assert.equal(ack.outcome, 'accepted')
  })

  it('become healthy', async () => {
    await until('all are healthy', async () => {
      const health = (await cluster.nodes()).map((it) => it.health)
      return health.every((it) => it === 'healthy') ? undefined : health.join(' ')
    })
  })

  it('when one is stopped, SIGTERM ends it with exit code 0', async (t) => {
    const [first] = await cluster.nodes()
    const [ms] = await timed(() => docker('stop', first!.id))
    t.diagnostic(`docker stop took ${seconds(ms)}`)
    const code = await docker('inspect', first!.id, '--format', '{{.State.ExitCode}}')
    assert.equal(code.trim(), '0')
  })

  it('when taken down, all end by themselves', async (t) => {
    let down = 0
    const ends = await cluster.endsDuring(async () => {
      down = (await timed(() => cluster.down()))[0]
    })
    const slowest = Math.max(...ends.map((it) => it.after))
    t.diagnostic(`docker-compose down took ${seconds(down)}, the slowest node ${seconds(slowest)} of it`)
    // What did not end by itself the engine would end by force, with another code.
    assert.deepEqual(
      ends.map((it) => it.exitCode),
      Array(NODES - 1).fill('0'),
    )
  })
})

/** The nodes' own lines, without the container's name before each. */
function parseLogs(text: string): LogLine[] {
  return text
    .split('\n')
    .map((it) => it.slice(it.indexOf('{')))
    .filter((it) => it.startsWith('{'))
    .map((it) => JSON.parse(it) as LogLine)
}
