/** The overlay's figures in a real browser. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { LocalCluster } from '../../src/cluster/local-cluster.ts'
import { simulate } from '../../src/library/index.ts'
import { OVERLAY_TABLE, overlayNumbers } from '../../src/measure/overlay-table.ts'
import { ClusterSource } from '../../src/page/server/cluster-source.ts'
import { RecordingSource } from '../../src/page/server/recording-source.ts'
import { servePage } from '../../src/page/server/server.ts'
import type { Source } from '../../src/page/server/source.ts'
import type { Peers } from '../../src/page/wire.ts'
import { allKnowEachOther, startCluster } from '../cluster/many.ts'
import { newFolder } from '../daemon/folder.ts'
import { until } from '../daemon/until.ts'
import { launch, skip, visit } from './browser.ts'
import { FakeSource } from './fake-source.ts'

let browser: Browser
before(async () => {
  if (!skip) browser = await launch()
})
after(() => browser?.close())

async function open(t: TestContext, source: Source) {
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => {
    server.stop()
    source.stop()
  })
  const { page, complaints } = await visit(browser, server.url)
  t.after(() => page.context().close())
  return { page, complaints, url: server.url }
}

/** The figures as they are read, by name. */
async function shown(page: Page): Promise<Record<string, string>> {
  const all = page.locator('.figures.overlay > div')
  const names = await all.locator('dt').allTextContents()
  const figures = await all.locator('dd').allTextContents()
  return Object.fromEntries(names.map((it, i) => [it, figures[i]!]))
}

/** As the page writes them. */
function written(figures: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, it]) => [name, Number.isInteger(it) ? `${it}` : it.toFixed(2)]),
  )
}

test('when all nodes know all then the page says so, and of a node whom it may pick; when one is killed, it counts no more', {
  skip,
}, async (t) => {
  const nodes = 6
  let source: ClusterSource | undefined
  const listener = (event: Parameters<ClusterSource['see']>[0]): void => source?.see(event)
  const cluster = await startCluster(t, nodes, { period: 100, listener })
  await allKnowEachOther(cluster)
  source = new ClusterSource(new LocalCluster(cluster), { title: 'six nodes', period: 100 })
  // It comes when its nodes have met long since.
  const { page, complaints } = await open(t, source)
  await page.locator('.figures.overlay').waitFor()
  const all = {
    ...{ degree: '5', degreeMin: '5', inDegreeSd: '0', inDegreeMin: '5', inDegreeMax: '5' },
    ...{ clustering: '1', pathLength: '1', components: '1', symmetric: '1' },
  }
  assert.deepEqual(await shown(page), all)
  for (const [name, { is }] of Object.entries(OVERLAY_TABLE))
    if (name in all)
      assert.equal(await page.locator(`.figures.overlay > div[title="${is}"]`).count(), 1, name)

  const { address } = cluster.members[2]!
  await page.locator(`[data-node="${address}"]`).click()
  const fact = (name: string) => page.locator('.facts > div').filter({ hasText: name }).locator('dd')
  const facts = async () => [
    await fact('peers that it may pick').textContent(),
    await fact('nodes that may pick it').textContent(),
  ]
  assert.deepEqual(await facts(), ['5', '5'])
  cluster.kill(cluster.members.at(-1)!)
  await until('one less knows it', async () => (await facts()).join() === '4,4', 60_000)
  await until('the figures are of five', async () => (await shown(page)).inDegreeMax === '4')
  assert.deepEqual(complaints, [])
})

test('when a recording is shown then the overlay is that of its end, with how deaths were noticed', {
  skip,
}, async (t) => {
  const file = `${newFolder(t)}/run.jsonl`
  const lines: string[] = []
  const [result] = await simulate({
    ...{ strategy: 'push', membership: 'hyparview', nodes: 40, crash: 0.2, seed: 3 },
    trace: (it) => void lines.push(JSON.stringify(it)),
  })
  writeFileSync(file, lines.join('\n'))
  const { page, complaints } = await open(t, await RecordingSource.open(file))
  await page.locator('.figures.overlay').waitFor()
  const { falseAlarms, ...expected } = written(overlayNumbers(result!))
  const { falseAlarms: told, ...others } = await shown(page)
  assert.deepEqual(others, expected)
  assert.ok(Number(expected.inDegreeSd) > 0 && 'first' in expected && told !== undefined)
  assert.deepEqual(complaints, [])
})

const counters = { sent: 0, received: 0, updates: 0, ignored: 0, refused: 0 }
const about = { state: 'runs', strategy: 'push', value: null, timestamp: null, interested: false } as const
const NODES = 400

test('when there are very many links then degrees are told, and of the others that they are not computed', {
  skip,
}, async (t) => {
  const source = new FakeSource()
  const numbers = Array.from({ length: NODES }, (_, i) => i)
  const peers: Peers = {
    kind: 'peers',
    nodes: numbers.map((number) => ({ number, peers: `0-${NODES - 1}`, others: 0 })),
  }
  const rows = numbers.map((number) => ({
    ...{ number, address: `127.0.0.1:${7000 + number}`, peers: NODES - 1, values: 0, uptime: 1 },
    ...about,
    ...counters,
  }))
  source.first = [{ kind: 'nodes', nodes: rows }, peers]
  const { page, complaints } = await open(t, source)
  await page.locator('.figures.overlay').waitFor()
  const { degree, inDegreeMin, clustering, pathLength } = await shown(page)
  assert.deepEqual([degree, inDegreeMin, clustering, pathLength], ['400', '400', '–', '–'])
  await page
    .locator('.figures.overlay [title*="Not computed: there are more than 100,000 links"]')
    .first()
    .waitFor()
  // It follows what is told later.
  source.tell({
    kind: 'peers',
    nodes: [
      { number: 0, peers: '1', others: 0 },
      { number: 1, peers: '', others: 2 },
    ],
  })
  await until('the new ones', async () => (await shown(page)).components === '1')
  assert.deepEqual((await shown(page)).degree, '1.50')
  assert.deepEqual(complaints, [])
})
