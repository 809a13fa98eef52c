import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import type { TlsFiles } from '../../src/daemon/transport/tls-files.ts'
import { Authority, CA_RECIPE, expired, NODE_RECIPE, noOpenssl } from '../daemon/authority.ts'
import { startNode as startPlain } from '../daemon/node.ts'
import { serialOf } from '../daemon/tls-client.ts'
import { until } from '../daemon/until.ts'
import { shellLines } from '../house/readmes.ts'
import { assertRefused, freePorts, Running, root } from './run.ts'
import { runHere } from './run-here.ts'

const skip = noOpenssl

const flags = ({ cert, key, ca }: TlsFiles) => `--tls-cert ${cert} --tls-key ${key} --tls-ca ${ca}`
const variables = ({ cert, key, ca }: TlsFiles) => ({
  GOSSIP_TLS_CERT: cert,
  GOSSIP_TLS_KEY: key,
  GOSSIP_TLS_CA: ca,
})

async function startNode(t: TestContext, files: TlsFiles) {
  const running = new Running(t, `gossip node --port 0 --join 127.0.0.1:1 ${flags(files)}`)
  const [, address] = await running.says(/"server":"(127\.0\.0\.1:\d+)"/)
  return { running, address: address!, port: Number(address!.split(':')[1]) }
}

test('when node, propagate and status are given the three files then they talk', { skip }, async (t) => {
  const authority = new Authority(t)
  const { port } = await startNode(t, authority.issue('node'))
  const client = authority.issue('client')
  const said = await runHere(t, `propagate -p ${port} -v secret ${flags(client)}`)
  assert.equal(said.code, 0, said.stderr)
  const asked = await runHere(t, `gossip status -p ${port} --json`, { env: variables(client) })
  assert.equal(asked.code, 0, asked.stderr)
  assert.equal(JSON.parse(asked.stdout).value, 'secret')
})

test('when a client is none of the CA then it says so in one line', { skip }, async (t) => {
  const authority = new Authority(t)
  const { address, port } = await startNode(t, authority.issue('node'))
  const propagate = (files?: TlsFiles) =>
    runHere(t, `propagate -p ${port} -v forged ${files === undefined ? '' : flags(files)}`)
  const stranger = new Authority(t).issue('client')
  assertRefused(await propagate(), new RegExp(`${address} closed the connection.*want TLS: --tls-cert`))
  assertRefused(await propagate(stranger), new RegExp(`${address} shows a certificate that this CA did not`))
  const itsCa = { ...stranger, ca: authority.ca }
  assertRefused(await propagate(itsCa), new RegExp(`${address} refuses this certificate`))
  const old = authority.issue('old', expired)
  assertRefused(await propagate(old), new RegExp(`${address} refuses this certificate`))
  const { stdout } = await runHere(t, `gossip status -p ${port} --json ${flags(authority.issue('client'))}`)
  assert.equal(JSON.parse(stdout).value, null)
})

test('when a client wants TLS of a node without it then it says so in one line', { skip }, async (t) => {
  const { address } = await startPlain(t)
  const files = new Authority(t).issue('client')
  const outcome = await runHere(t, `gossip status -p ${address.split(':')[1]} ${flags(files)}`)
  assertRefused(outcome, new RegExp(`${address} (does not speak TLS|did not answer .*has it TLS on)`))
})

test('when a node gets SIGHUP then it takes the new files at once', { skip }, async (t) => {
  const authority = new Authority(t)
  const [files, next, client] = [authority.issue('node'), authority.issue('next'), authority.issue('client')]
  const { running, address } = await startNode(t, files)
  const before = await serialOf(t, address, client)
  copyFileSync(next.cert, files.cert)
  copyFileSync(next.key, files.key)
  running.process.kill('SIGHUP')
  await running.says(/has taken new certificates/)
  assert.notEqual(await serialOf(t, address, client), before)
  assert.equal((await running.end('SIGTERM')).code, 0)
})

for (const how of ['', '--processes']) {
  test(`when a cluster ${how} is given the three files then its nodes talk over TLS`, { skip }, async (t) => {
    const authority = new Authority(t)
    const port = await freePorts(3)
    const files = flags(authority.issue('node'))
    const cluster = new Running(t, `gossip cluster -n 3 --base-port ${port} --period 200ms ${how} ${files}`)
    await cluster.says(/all 3 know each other/)
    const { code, stderr } = await runHere(t, `propagate -p ${port + 2} -v asdf ${files}`)
    assert.equal(code, 0, stderr)
    await cluster.says(/"asdf" reached all 3 nodes/)
    assert.equal((await runHere(t, `propagate -p ${port} -v forged`)).code, 1)
    assert.equal((await cluster.end('SIGINT')).code, 0)
  })
}

const commands = [
  'gossip node --port 0 --join 127.0.0.1:1',
  'gossip cluster -n 2',
  'gossip cluster -n 2 --processes',
  'gossip status -p 1',
  'propagate -p 1 -v x',
]
for (const command of commands) {
  test(`when ${command} is given files that are no use then it says so in one line`, { skip }, async (t) => {
    const files = new Authority(t).issue('node')
    const given = (change: Partial<TlsFiles>) => runHere(t, `${command} ${flags({ ...files, ...change })}`)
    assertRefused(
      await runHere(t, `${command} --tls-cert ${files.cert}`),
      /^error: TLS needs --tls-cert, --tls-key and --tls-ca: --tls-key and --tls-ca missing\n$/,
    )
    assertRefused(await given({ ca: '/no/ca.crt' }), /can't read \/no\/ca\.crt: no such file/)
    assertRefused(await given({ key: files.cert }), /node\.crt holds no private key in PEM/)
  })
}

test('when TLS is on then the health check of the image does not need an answer', { skip }, async (t) => {
  const [, words] = /^HEALTHCHECK .*? CMD (\[.*\])$/m.exec(readFileSync(`${root}Dockerfile`, 'utf8'))!
  const [bash, ...args] = JSON.parse(words!) as string[]
  const isHealthy = (env: Record<string, string>): Promise<boolean> =>
    promisify(execFile)(bash!, args, { env: { PATH: process.env.PATH, ...env } }).then(
      () => true,
      () => false,
    )
  const files = new Authority(t).issue('node')
  const { running, port } = await startNode(t, files)
  const bare = (await startPlain(t)).address.split(':')[1]!
  assert.equal(await isHealthy({ GOSSIP_PORT: bare }), true)
  assert.equal(await isHealthy({ GOSSIP_PORT: bare, GOSSIP_TLS_CERT: '' }), true)
  assert.equal(await isHealthy({ GOSSIP_PORT: String(port), GOSSIP_TLS_CERT: files.cert }), true)
  await running.end('SIGTERM')
  await until('nothing listens', async () => {
    return !(await isHealthy({ GOSSIP_PORT: String(port), GOSSIP_TLS_CERT: files.cert }))
  })
})

test("when the READMEs' commands make certificates then these are the ones that the tests use", () => {
  const commands = shellLines().filter((it) => it.startsWith('openssl '))
  assert.deepEqual(commands, `${CA_RECIPE}${NODE_RECIPE}`.trim().split('\n'))
})
