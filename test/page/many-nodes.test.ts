import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { servePage } from '../../src/page/server/server.ts'
import { MAX_DRAWN, type NodeRow } from '../../src/page/wire.ts'
import { until } from '../daemon/until.ts'
import { launch, skip, visit } from './browser.ts'
import { FakeSource } from './fake-source.ts'
import { nameOf, tell, VERSION } from './model/story.ts'

let browser: Browser
before(async () => {
  if (!skip) browser = await launch()
})
after(() => browser?.close())

function rows(count: number): NodeRow[] {
  const counters = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
  const about = { state: 'runs', strategy: 'push', value: null, timestamp: null, interested: false } as const
  return Array.from({ length: count }, (_, number) => ({
    number,
    address: nameOf(number),
    ...about,
    ...counters,
    peers: 5,
    values: 0,
    uptime: 1,
  }))
}

/** A value that goes from each node to the next, and what a later one does. */
function chain(nodes: number, later = 0) {
  const way = Array.from({ length: nodes - 1 }, (_, i) => ({
    what: 'send' as const,
    from: i,
    to: i + 1,
    takes: 0,
  }))
  // The last message comes when something happens after it.
  const idle = { what: 'start' as const, from: 0, to: 0, takes: 0 }
  return tell(nodes, [...way, idle])
    .events.filter(({ event }) => event !== 'started')
    .map((it) => ({
      ...it,
      at: it.at + later,
      timestamp: VERSION + later,
    }))
}

test('when a live cluster has too many nodes to draw then their curves and figures are shown as values spread', {
  skip,
}, async (t) => {
  const nodes = MAX_DRAWN + 500
  const source = new FakeSource(['propagate'])
  source.first = [{ kind: 'nodes', nodes: rows(nodes) }]
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => server.stop())
  const { page, complaints } = await visit(browser, server.url)
  t.after(() => page.context().close())
  await page.getByText('1,500 nodes: more than 1,000 are not drawn one by one').waitFor()
  assert.equal(await page.locator('[data-node], .replay').count(), 0)

  source.tell({ kind: 'events', events: chain(nodes), dropped: 0 })
  const reached = page.locator('.values button').filter({ hasText: '1,500/1,500' })
  await reached.waitFor()
  // Each node is counted once, however many there are.
  await page.locator('.figures div').filter({ hasText: 'hops' }).getByText('1,499').waitFor()
  await page.locator('.figures div').filter({ hasText: 'duplicates' }).getByText('0.00').waitFor()
  await page.locator('.summary canvas').first().waitFor()

  source.tell({ kind: 'events', events: chain(3, 60_000), dropped: 0 })
  const last = page.locator('.values button').filter({ hasText: '3/1,500' })
  await last.waitFor()
  assert.equal(await last.getAttribute('aria-pressed'), 'true')
  await reached.click()
  await page.locator('.values button[aria-pressed=true]').filter({ hasText: '1,500/1,500' }).waitFor()
  // Nothing is replayed where nothing is drawn.
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')

  await page.getByRole('button', { name: 'Propagate', exact: true }).click()
  await until('it is asked for', () => source.asked.length === 1)
  await page.getByRole('status').filter({ hasText: 'it is done' }).waitFor()

  source.tell({ kind: 'nodes', nodes: rows(20) })
  await page.locator('.graph[data-mode=live]').waitFor()
  assert.equal(await page.locator('[data-node]').count(), 20)
  source.tell({ kind: 'nodes', nodes: rows(nodes) })
  await page.locator('.summary').waitFor()
  assert.deepEqual(complaints, [])
})
