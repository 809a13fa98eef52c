import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { simulate } from '../../src/library/index.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { RecordingSource } from '../../src/page/server/recording-source.ts'
import { servePage } from '../../src/page/server/server.ts'
import { MAX_DRAWN } from '../../src/page/wire.ts'
import { newFolder } from '../daemon/folder.ts'
import { launch, skip, visit } from './browser.ts'
import { tell } from './model/story.ts'

let browser: Browser
before(async () => {
  if (!skip) browser = await launch()
})
after(() => browser?.close())

async function open(t: TestContext, events: readonly GossipEvent[], options: BrowserContextOptions = {}) {
  const file = `${newFolder(t)}/run.jsonl`
  writeFileSync(file, events.map((it) => `${JSON.stringify(it)}\n`).join(''))
  const server = await servePage(await RecordingSource.open(file), { host: '127.0.0.1', port: 0 })
  t.after(() => server.stop())
  const { page, complaints } = await visit(browser, server.url, options)
  t.after(() => page.context().close())
  return { page, complaints }
}

const send = (from: number, to: number) => ({ what: 'send' as const, from, to, takes: 3 })
const chain = (nodes: number) =>
  tell(
    nodes,
    Array.from({ length: 5 * nodes }, (_, i) => send(Math.floor(i / 5), Math.floor(i / 5) + 1)),
  )

test('when a recording is shown then its last value is replayed, and nothing can be done to its nodes', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t, chain(6).events)
  await page.locator('.graph[data-mode=replay][data-infected="6"]').waitFor({ state: 'attached' })
  assert.equal(await page.locator('[data-node]').count(), 6)
  for (const name of ['Propagate', 'Kill', 'Cut in two', 'Heal', 'Reset'])
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name)
  assert.equal(await page.getByRole('button', { name: 'Back to live' }).isDisabled(), true)
  assert.deepEqual(complaints, [])
})

test('when a recording is shown to one who wants less motion then it waits at its beginning', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t, chain(6).events, { reducedMotion: 'reduce' })
  await page.locator('.graph[data-mode=replay][data-infected="0"]').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Next hop' }).click()
  await page.locator('.graph[data-infected="1"]').waitFor({ state: 'attached' })
  assert.deepEqual(complaints, [])
})

test('when a recording has too many nodes to draw then their curves and figures are shown, and that it is so', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t, chain(MAX_DRAWN + 1).events)
  await page.getByText('1,001 nodes: more than 1,000 are not drawn one by one').waitFor()
  await page.locator('.summary canvas').first().waitFor()
  assert.equal(await page.locator('[data-node]').count(), 0)
  await page.locator('.values').getByText('1,001/1,001').waitFor()
  assert.deepEqual(complaints, [])
})

test('when many values at once were recorded then they are shown as a stream, and one of them by a click', {
  skip,
}, async (t) => {
  const values = 30
  const events: GossipEvent[] = []
  await simulate({
    ...{ strategy: 'push', nodes: 10, period: 1000, seed: 3, until: 12_000 },
    scenario: [
      { at: 0, do: 'network', latency: 50 },
      ...Array.from({ length: values }, (_, i) => ({
        ...{ at: i, do: 'propagate' as const, node: i % 10, key: `k${i}`, value: 'x' },
      })),
    ],
    trace: ({ strategy, run, ...event }) => events.push(event),
  })
  const { page, complaints } = await open(t, events)
  await page.getByRole('heading', { name: 'Stream of values' }).waitFor()
  const figures = page.locator('.stream .figures > div')
  await figures.first().getByText(String(values), { exact: true }).waitFor()
  await figures.filter({ hasText: 'delivered' }).getByText('100%').waitFor()
  await page.locator('.values').getByText('k29: x').click()
  await page.locator('.graph[data-mode=replay]').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Back to the stream' }).click()
  await page.getByRole('heading', { name: 'Stream of values' }).waitFor()
  assert.deepEqual(complaints, [])
})
