import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import type { TlsFiles } from '../../../src/daemon/transport/tls-files.ts'
import { type TlsOptions, TlsTransport } from '../../../src/daemon/transport/tls-transport.ts'
import { Authority, noOpenssl } from '../authority.ts'
import { startNode } from '../node.ts'
import { serialOf, tlsClient } from '../tls-client.ts'
import { until } from '../until.ts'

const skip = noOpenssl

async function started(t: TestContext, files: TlsFiles, options: TlsOptions = {}) {
  const transport = await TlsTransport.open(files, options)
  t.after(() => transport.close())
  const { address } = await startNode(t, { transport })
  return { transport, address }
}

function put(from: TlsFiles, to: TlsFiles): void {
  for (const file of ['cert', 'key'] as const) {
    copyFileSync(from[file], `${to[file]}.new`)
    renameSync(`${to[file]}.new`, to[file])
  }
}

test('when new files take the old ones place then the node shows the new certificate, and open connections stay', {
  skip,
}, async (t) => {
  const authority = new Authority(t)
  const [files, next, client] = [authority.issue('node'), authority.issue('next'), authority.issue('client')]
  const { address } = await started(t, files, { lookAfter: 20 })
  const old = tlsClient(t, address, client)
  await old.ask({ type: 'status' })
  const before = await serialOf(t, address, client)
  put(next, files)
  await until('it shows the new one', async () => (await serialOf(t, address, client)) !== before)
  assert.equal((await old.ask({ type: 'status' })).type, 'status')
})

test('when a link is swapped, as Kubernetes does it, then the new files are taken', { skip }, async (t) => {
  const authority = new Authority(t)
  const client = authority.issue('client')
  for (const name of ['one', 'two']) {
    const { cert, key, ca } = authority.issue(name)
    mkdirSync(authority.path(`at-${name}`))
    copyFileSync(cert, authority.path(`at-${name}/tls.crt`))
    copyFileSync(key, authority.path(`at-${name}/tls.key`))
    copyFileSync(ca, authority.path(`at-${name}/ca.crt`))
  }
  const at = (file: string) => join(authority.folder, 'now', file)
  symlinkSync('at-one', authority.path('now'))
  const files = { cert: at('tls.crt'), key: at('tls.key'), ca: at('ca.crt') }
  const { transport, address } = await started(t, files)
  const before = await serialOf(t, address, client)
  symlinkSync('at-two', authority.path('soon'))
  renameSync(authority.path('soon'), authority.path('now'))
  await transport.look()
  assert.notEqual(await serialOf(t, address, client), before)
})

test('when a CA is added then its certificates are accepted, and when one is taken out then no more', {
  skip,
}, async (t) => {
  const [first, second] = [new Authority(t, 'first'), new Authority(t, 'second')]
  const bundle = first.path('bundle.crt')
  const use = (...from: Authority[]) => writeFileSync(bundle, from.map((it) => readFileSync(it.ca)).join(''))
  use(first)
  const { transport, address } = await started(t, { ...first.issue('node'), ca: bundle })
  const [old, young] = [first.issue('client'), second.issue('client')]
  const isAnswered = async (files: TlsFiles): Promise<boolean> => {
    const client = tlsClient(t, address, files)
    client.say({ type: 'status' })
    await until('an answer or the end', () => client.isClosed || client.lines.length > 0)
    return client.lines.length > 0
  }
  assert.deepEqual([await isAnswered(old), await isAnswered(young)], [true, false])
  use(first, second)
  await transport.look()
  assert.deepEqual([await isAnswered(old), await isAnswered(young)], [true, true])
  use(second)
  await transport.look()
  assert.deepEqual([await isAnswered(old), await isAnswered(young)], [false, true])
})

test('when the new files are no use then the old ones stay, with one warning, until they are', {
  skip,
}, async (t) => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const authority = new Authority(t)
  const [files, next, client] = [authority.issue('node'), authority.issue('next'), authority.issue('client')]
  const { transport, address } = await started(t, files, { log })
  const before = await serialOf(t, address, client)
  copyFileSync(next.cert, files.cert)
  for (let i = 0; i < 3; i++) await transport.look()
  assert.equal(await serialOf(t, address, client), before)
  const warnings = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 40)
  assert.deepEqual(
    warnings.map(({ msg }) => msg),
    [`keeps its old certificates: ${files.key} is not the key of the certificate in ${files.cert}`],
  )
  copyFileSync(next.key, files.key)
  await transport.look()
  assert.notEqual(await serialOf(t, address, client), before)
})
