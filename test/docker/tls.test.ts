/** Containers that talk over TLS, started by the very commands that the README gives. */
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { noOpenssl } from '../daemon/authority.ts'
import { blocksOf, textOf } from '../house/readmes.ts'
import { exchange } from './client.ts'
import { Cluster } from './cluster.ts'
import { must, type Output, root, run, whySkipped } from './engine.ts'
import { seconds, until } from './until.ts'

const NODES = 5
/** What a user has exported. */
const FILES = { GOSSIP_TLS_CERT: 'tls/node.crt', GOSSIP_TLS_KEY: 'tls/node.key', GOSSIP_TLS_CA: 'tls/ca.crt' }

const section = /^## Only among ourselves: TLS$(.*?)^## /ms.exec(textOf('src/daemon/README.md'))![1]!
const [recipe = '', containers = ''] = blocksOf(section, 'sh')

describe('containers with TLS', { skip: whySkipped() || noOpenssl }, () => {
  let folder: string
  let cluster: Cluster
  before(async () => {
    await new Cluster().remove()
    const build = await new Cluster().build()
    assert.equal(build.code, 0, `${build.stdout}\n${build.stderr}`)
    folder = await mkdtemp(join(tmpdir(), 'gossip-test-'))
    await cp(join(root, 'docker-compose.yml'), join(folder, 'docker-compose.yml'))
    // Nodes that run on are for another test, and the ports are known only later.
    const lines = `${recipe}${containers}`.split('\n').filter((it) => !/^(bin|\.\/bin)\//.test(it))
    const asRoot = process.getuid?.() === 0
    const script = lines.map((it) =>
      it.replace('node=10', `node=${NODES}`).replace(asRoot ? 'sudo ' : '', ''),
    )
    cluster = new Cluster({ ...FILES, GOSSIP_TLS_DIR: './tls-node' }, folder)
    await must('bash', ['-ec', script.join('\n')], { cwd: folder, env: cluster.env })
  })
  after(async () => {
    await cluster?.remove()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  it('when a client with a certificate hands one a value, it reaches all, and all know all', async (t) => {
    const ports = await cluster.ports()
    assert.equal(ports.length, NODES)
    await until('it is accepted', async () => {
      const { code, stderr } = await call('propagate', '-p', `${ports[0]}`, '--value', 'secret')
      return code === 0 ? undefined : stderr
    })
    const ms = await until('all hold it and know all', async () => {
      const told = await Promise.all(ports.map((it) => call('gossip', 'status', '-p', `${it}`, '--json')))
      const missing = told.filter(({ code, stdout }) => {
        if (code !== 0) return true
        const { value, peers } = JSON.parse(stdout)
        return value !== 'secret' || peers.length !== NODES
      })
      return missing.length === 0 ? undefined : `${missing[0]!.stdout}${missing[0]!.stderr}`
    })
    t.diagnostic(`all hold it and know all after ${seconds(ms)}`)
  })

  it('when a client has no certificate, it gets nothing and changes nothing', async () => {
    const ports = await cluster.ports()
    const line = `${JSON.stringify({ type: 'value', value: 'forged', timestamp: Date.now() })}\n`
    for (const port of ports) {
      // What comes back, if anything does, is no line of the protocol's.
      const answer = await exchange(port, line).catch(() => '')
      assert.doesNotMatch(answer, /"type"/)
    }
    const without = await run(`${root}bin/propagate`, ['-p', `${ports[0]}`, '--value', 'forged'])
    assert.equal(without.code, 1)
    for (const port of ports) {
      const { stdout } = await call('gossip', 'status', '-p', `${port}`, '--json')
      assert.equal(JSON.parse(stdout).value, 'secret')
    }
  })

  it('become healthy', async (t) => {
    const ms = await until('all are healthy', async () => {
      const health = (await cluster.nodes()).map((it) => it.health)
      return health.every((it) => it === 'healthy') ? undefined : health.join(' ')
    })
    t.diagnostic(`all are healthy after ${seconds(ms)} more`)
  })

  /** Runs a command in bin/ on this machine, with the certificate that the variables name. */
  function call(command: string, ...args: string[]): Promise<Output> {
    return run(`${root}bin/${command}`, args, { cwd: folder, env: FILES })
  }
})
