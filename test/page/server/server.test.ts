import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { MAX_BODY, MAX_STREAMS, servePage } from '../../../src/page/server/server.ts'
import type { EventBatch, Notice } from '../../../src/page/wire.ts'
import { until } from '../../daemon/until.ts'
import { FakeSource } from '../fake-source.ts'
import { act, get, ownHeaders, send, Visitor } from '../visitor.ts'

async function start(t: TestContext, host = '127.0.0.1') {
  const source = new FakeSource()
  const server = await servePage(source, { host, port: 0 })
  t.after(() => server.stop())
  return { source, server, url: server.url }
}

const hosts: [host: string, status: number][] = [
  ['localhost:1', 200],
  ['LOCALHOST', 200],
  ['127.9.9.9:80', 200],
  ['[::1]:8080', 200],
  ['evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['evil.example:127', 403],
  ['10.0.0.1', 403],
  ['0.0.0.0', 403],
  ['127.0.0.1:80@evil.example', 403],
]
for (const [host, status] of hosts) {
  test(`when a request is for host "${host}" then it is answered ${status}`, async (t) => {
    const { url } = await start(t)
    for (const path of ['/', '/scenario']) assert.equal((await get(url, path, { host })).status, status)
  })
}

test('when it was told to listen on an address then it answers to that, but a wildcard is no name', async (t) => {
  const own = await start(t, '127.0.0.3')
  assert.equal((await get(own.url, '/', { host: `127.0.0.3:${own.server.port}` })).status, 200)
  const all = await start(t, '0.0.0.0')
  assert.match(all.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.equal((await get(all.url, '/', { host: '0.0.0.0' })).status, 403)
  assert.equal((await get(all.url, '/')).status, 200)
})

const foreign: [what: string, headers: Record<string, string>, status: number][] = [
  ['has no origin', { origin: '' }, 403],
  ['comes from another site', { origin: 'http://evil.example' }, 403],
  ['comes from another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['comes from a file', { origin: 'null' }, 403],
  ['is said to be cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['is said to be from another port of this host', { 'sec-fetch-site': 'same-site' }, 403],
  ['is what a form can send', { 'content-type': 'text/plain' }, 415],
  ['says no content type', { 'content-type': '' }, 415],
]
for (const [what, headers, status] of foreign) {
  test(`when an action ${what} then it is refused with ${status}, and not done`, async (t) => {
    const { source, url } = await start(t)
    const given = Object.entries({ ...ownHeaders(url), ...headers }).filter(([, it]) => it !== '')
    const answer = await send(url, '/act', 'POST', Object.fromEntries(given), '{"do":"heal"}')
    assert.equal(answer.status, status)
    assert.match(answer.body, /^[^\n]+\n$/)
    assert.deepEqual(source.asked, [])
  })
}

test('when another site asks for the stream or the scenario then it gets neither', async (t) => {
  const { source, url } = await start(t)
  for (const path of ['/stream', '/scenario', '/vendor/preact.js'])
    assert.equal((await get(url, path, { 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal(source.listeners, 0)
  assert.equal((await get(url, '/', { 'sec-fetch-site': 'cross-site' })).status, 200)
})

test('when an action is too long then it is refused, whether it says so or not', async (t) => {
  const { source, url } = await start(t)
  const body = JSON.stringify({ do: 'x'.repeat(MAX_BODY) })
  const said = await send(
    url,
    '/act',
    'POST',
    { ...ownHeaders(url), 'content-length': `${body.length}` },
    body,
  )
  assert.equal(said.status, 413)
  const unsaid = await send(url, '/act', 'POST', { ...ownHeaders(url), 'transfer-encoding': 'chunked' }, body)
  assert.equal(unsaid.status, 413)
  assert.deepEqual(source.asked, [])
})

test('when an action is asked for then the answer says what was done, or in one line why not', async (t) => {
  const { source, url } = await start(t)
  assert.deepEqual(await act(url, { do: 'heal' }), { done: true, words: 'it is done' })
  assert.deepEqual(await act(url, { do: 'fail' }), { done: false, error: 'can not' })
  const bad = await send(url, '/act', 'POST', ownHeaders(url), '{')
  assert.deepEqual([bad.status, JSON.parse(bad.body)], [400, { done: false, error: 'not JSON' }])
  assert.deepEqual(source.asked, [{ do: 'heal' }, { do: 'fail' }])
})

const nothing = [
  '/index.html',
  '/modules/src/page/server/server.js',
  '/modules/src/page/model/../server/server.js',
  '/modules/src/page/browser/%2e%2e/server/server.js',
  '/modules/src/page/browser/..%2fserver/server.js',
  '/modules/src/measure/../../../package.json',
  '/modules/src/measure/no-such-file.js',
  '/modules//etc/passwd',
  '/../package.json',
  '/vendor/../package.json',
  '/vendor/zod.js',
  '/vendor/toString',
  '/favicon.ico',
  '//',
]
for (const path of nothing) {
  test(`when ${path} is asked for then there is no such thing`, async (t) => {
    const { url } = await start(t)
    assert.equal((await get(url, path)).status, 404)
  })
}

const there: [path: string, type: RegExp, holds: RegExp][] = [
  ['/', /^text\/html/, /<script type="importmap">/],
  ['/?x=1', /^text\/html/, /<script type="importmap">/],
  ['/page.css', /^text\/css/, /\{/],
  ['/modules/src/page/browser/main.js', /^text\/javascript/, /from 'preact'/],
  ['/modules/src/page/model/model.js', /^text\/javascript/, /class Model/],
  ['/modules/src/measure/recorder.js', /^text\/javascript/, /class Recorder/],
  ['/vendor/preact.js', /^text\/javascript/, /export/],
  ['/vendor/preact-hooks.js', /^text\/javascript/, /export/],
  ['/vendor/preact-jsx-runtime.js', /^text\/javascript/, /export/],
  ['/vendor/uplot.js', /^text\/javascript/, /export/],
  ['/vendor/uplot.css', /^text\/css/, /\.uplot/],
]
for (const [path, type, holds] of there) {
  test(`when ${path} is asked for then it comes, with all that keeps a browser from harm`, async (t) => {
    const { url } = await start(t)
    const { status, headers, body } = await get(url, path)
    assert.equal(status, 200)
    assert.match(String(headers['content-type']), type)
    assert.match(body, holds)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.match(
      String(headers['content-security-policy']),
      /^default-src 'none'; script-src 'self' 'sha256-/,
    )
  })
}

test('when the page is asked for then its policy lets only its own import map be in line', async (t) => {
  const { url } = await start(t)
  const { headers, body } = await get(url, '/')
  const [, map] = /<script type="importmap">([\s\S]*?)<\/script>/.exec(body)!
  const hash = createHash('sha256').update(map!).digest('base64')
  assert.ok(headers['content-security-policy']!.includes(`script-src 'self' 'sha256-${hash}';`))
  assert.deepEqual(
    Object.values(JSON.parse(map!).imports).map((it) => String(it).split('/')[1]),
    ['vendor', 'vendor', 'vendor', 'vendor'],
  )
})

test('when the method is another then it is named which are allowed', async (t) => {
  const { url } = await start(t)
  const put = await send(url, '/', 'PUT')
  assert.deepEqual([put.status, put.headers.allow], [405, 'GET, HEAD'])
  const read = await get(url, '/act')
  assert.deepEqual([read.status, read.headers.allow], [405, 'POST'])
  assert.deepEqual(await send(url, '/page.css', 'HEAD').then((it) => [it.status, it.body]), [200, ''])
})

test('when the scenario is asked for then it comes as a file', async (t) => {
  const { url } = await start(t)
  const { headers, body } = await get(url, '/scenario')
  assert.equal(headers['content-disposition'], 'attachment; filename="scenario.json"')
  assert.deepEqual(JSON.parse(body), [{ at: 0, do: 'heal' }])
})

test('when a browser listens then it is told first how things are, and then all that happens, until it goes', async (t) => {
  const { source, url } = await start(t)
  source.first = [{ kind: 'nodes', nodes: [] }]
  const visitor = await Visitor.open(t, url)
  await visitor.hears('how things are', () => visitor.told.length === 2)
  const notice: Notice = { kind: 'notice', text: 'two\n\nlines' }
  source.tell(notice)
  await visitor.hears('the notice', () => visitor.told.length === 3)
  assert.deepEqual(visitor.told, [source.hello, ...source.first, notice])
  visitor.response.destroy()
  await until('nobody listens', () => source.listeners === 0)
})

test('when too many browsers listen then one more is refused, until one goes', async (t) => {
  const { url } = await start(t)
  const visitors = []
  for (let i = 0; i < MAX_STREAMS; i++) visitors.push(await Visitor.open(t, url))
  assert.equal((await get(url, '/stream')).status, 503)
  visitors[0]!.response.destroy()
  await until('there is room', async () => {
    const one = await Visitor.open(t, url)
    return one.response.statusCode === 200
  })
})

test('when a browser reads too slowly then it misses events, is told how many, and how things are then', async (t) => {
  const { source, url } = await start(t)
  const visitor = await Visitor.open(t, url, false)
  const text = 'x'.repeat(50_000)
  const happened: EventBatch = {
    kind: 'events',
    events: Array.from({ length: 10 }, () => ({ at: 0, node: text, event: 'sent' as const })),
    dropped: 0,
  }
  // What the system itself holds for it, and the bound of the server: some 100 MB are more than both.
  for (let i = 0; i < 200; i++) {
    source.tell(happened)
    if (i % 20 === 0) await new Promise(setImmediate)
  }
  source.first = [{ kind: 'notice', text: 'how things are' }]
  source.tell({ kind: 'nodes', nodes: [] })
  visitor.read()
  await visitor.hears('how things are', () => visitor.of('notice').length === 1)
  source.tell({ ...happened, events: [] })
  const all = 200 * 10
  await visitor.hears('what it missed', () => visitor.of('events').at(-1)!.events.length === 0)
  const { dropped } = visitor.of('events').at(-1)!
  assert.ok(dropped > 0)
  assert.equal(visitor.events.length + dropped, all)
  assert.equal(visitor.of('nodes').length, 0)
})

test('when the server ends then so do the streams', async (t) => {
  const { server, url } = await start(t)
  const visitor = await Visitor.open(t, url)
  const ended = once(visitor.response, 'close')
  server.stop()
  await ended
})
