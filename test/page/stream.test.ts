import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { LocalCluster } from '../../src/cluster/local-cluster.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { OVERLAP } from '../../src/page/model/stream/value-stream.ts'
import { ClusterSource } from '../../src/page/server/cluster-source.ts'
import { servePage } from '../../src/page/server/server.ts'
import pushPull from '../../src/strategy/push-pull.ts'
import { allKnowEachOther, startCluster } from '../cluster/many.ts'
import { until } from '../daemon/until.ts'
import { launch, skip, visit } from './browser.ts'

const NODES = 20
const VALUES = 200
const A_SECOND = 50

let browser: Browser
before(async () => {
  if (!skip) browser = await launch()
})
after(() => browser?.close())

async function open(t: TestContext, options: BrowserContextOptions = {}) {
  let source: ClusterSource | undefined
  const cluster: Cluster = await startCluster(t, NODES, {
    period: 300,
    // It asks for what it lacks; push would send all values all the time.
    population: [{ protocol: protocol('push-pull', pushPull), weight: 1 }],
    listener: (event) => source?.see(event),
  })
  await allKnowEachOther(cluster)
  source = new ClusterSource(new LocalCluster(cluster), { title: 'a stream', period: 300 })
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => {
    server.stop()
    source.stop()
  })
  const { page, complaints } = await visit(browser, server.url, options)
  t.after(() => page.context().close())
  await until('all nodes', () => isTrue(page, `document.querySelectorAll('[data-node]').length === ${NODES}`))
  return { cluster, page, complaints }
}

/** Asked from outside: the page itself may evaluate nothing. */
function isTrue(page: Page, expression: string): Promise<boolean> {
  return page.evaluate<boolean>(expression)
}

/**
 * One after the other, each at another node, as fast as it is asked for or, on a busy machine, a little slower. The first
 * ones come at once, so that none is with all before there is a stream, which would not count it.
 */
async function handIn(cluster: Cluster): Promise<void> {
  const begin = performance.now()
  for (let i = 0; i < VALUES; i++) {
    cluster.live[i % NODES]!.propose(`v${i}`, Date.now(), `k${i}`)
    if (i < OVERLAP) continue
    await sleep(Math.max(0, begin + ((i + 1) * 1000) / A_SECOND - performance.now()))
  }
}

function figure(page: Page, name: string): Promise<string> {
  const row = page.locator('.stream .figures > div').filter({ hasText: name })
  return row.locator('dd').first().innerText()
}

test('when 200 values are handed in under keys then the page shows them as a stream, and one of them by a click', {
  skip,
}, async (t) => {
  const { cluster, page, complaints } = await open(t)
  const all = handIn(cluster)
  await page.getByRole('heading', { name: 'Stream of values' }).waitFor()
  await all
  await until('all are handed in', async () => (await figure(page, 'values')) === String(VALUES), 60_000)
  await until('all is delivered', async () => (await figure(page, 'delivered')) === '100%', 120_000)
  for (const name of ['delay50', 'delay90', 'delayMax'])
    assert.match(await figure(page, name), /^[\d.]+ m?s$/)
  assert.equal(await page.locator('.busiest tbody tr').count(), 5)
  assert.equal(await page.locator('.stream canvas').count(), 2)
  // No more than some are listed, and those do not move away from under the pointer.
  const listed = page.locator('.values button')
  assert.equal(await listed.count(), 8)
  await listed.nth(1).hover()
  await page.locator('.values[title]').waitFor()
  const name = await listed.nth(1).locator('.value').innerText()
  assert.match(name, /^k\d+: v\d+$/)
  await listed.nth(1).click()
  await page.locator('.graph[data-mode=replay]').waitFor({ state: 'attached' })
  await page.locator('.values button[aria-pressed=true]').getByText(name).waitFor()
  await page.locator('.figures div').filter({ hasText: 'residue' }).getByText('0%').waitFor()
  await page.keyboard.press('t')
  await page.locator('.space-time h2').getByText(name).waitFor()
  await page.locator('.diagram svg').waitFor()
  await page.keyboard.press('g')
  await page.getByRole('button', { name: 'Back to the stream' }).click()
  await page.getByRole('heading', { name: 'Stream of values' }).waitFor()
  await page.locator('.graph[data-mode=live]').waitFor({ state: 'attached' })
  assert.deepEqual(complaints, [])
})

test('when a value is handed in and deleted under a key on the page then it is named by both, and nodes say how many they hold', {
  skip,
}, async (t) => {
  const { cluster, page, complaints } = await open(t, { reducedMotion: 'reduce' })
  await page.getByLabel('Key').fill('colour')
  await page.getByLabel('Value').fill('blue')
  await page.getByRole('button', { name: 'Propagate', exact: true }).click()
  await page.locator('.values').getByText('colour: blue', { exact: true }).waitFor()
  await until('all have it', () => cluster.live.every((it) => it.values().length === 1), 60_000)
  await page.locator('[data-node]').first().click()
  await page.locator('.facts > div').filter({ hasText: 'under other keys' }).getByText('1').waitFor()
  await page.locator('.why').getByText('colour: blue').waitFor()
  await page.keyboard.press('Escape')
  // The key stays in its field.
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('status').filter({ hasText: 'delete "colour"' }).waitFor()
  await page.locator('.values').getByText('colour deleted', { exact: true }).waitFor()
  assert.deepEqual(complaints, [])
})
