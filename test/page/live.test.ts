import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { LocalCluster } from '../../src/cluster/local-cluster.ts'
import { ClusterSource } from '../../src/page/server/cluster-source.ts'
import { servePage } from '../../src/page/server/server.ts'
import { allKnowEachOther, startCluster } from '../cluster/many.ts'
import { until } from '../daemon/until.ts'
import { launch, skip, visit } from './browser.ts'
import { get } from './visitor.ts'

let browser: Browser
before(async () => {
  if (!skip) browser = await launch()
})
after(() => browser?.close())

/** Ten real nodes, their page in a real browser; in the end it must not have complained of anything. */
async function open(t: TestContext, options: BrowserContextOptions = {}) {
  let source: ClusterSource | undefined
  const cluster: Cluster = await startCluster(t, 10, { period: 300, listener: (event) => source?.see(event) })
  await allKnowEachOther(cluster)
  source = new ClusterSource(new LocalCluster(cluster), { title: 'ten nodes', period: 300 })
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  t.after(() => {
    server.stop()
    source.stop()
  })
  const { page, complaints } = await visit(browser, server.url, options)
  t.after(() => page.context().close())
  await isTrue(page, "document.querySelectorAll('[data-node]').length === 10")
  return { cluster, page, complaints, url: server.url }
}

/** Asked from outside: the page itself may evaluate nothing. */
function isTrue(page: Page, expression: string): Promise<boolean> {
  return until(expression, () => page.evaluate<boolean>(expression), 60_000)
}

function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click()
}

async function shows(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor({ state: 'attached' })
}

function says(page: Page, text: string): Promise<void> {
  return page.getByRole('status').filter({ hasText: text }).waitFor()
}

test('when a value is propagated then all ten nodes turn infected, and slow motion begins by itself', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t)
  await shows(page, '.graph[data-mode=live][data-infected="0"]')
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=replay]')
  await page.getByText('slow motion: ').waitFor()
  await shows(page, '.graph[data-mode=live][data-infected="10"]')
  assert.equal(
    await page.locator('[data-node][data-state=infected], [data-node][data-state=removed]').count(),
    10,
  )
  assert.deepEqual(complaints, [])
})

test('when one steps forward and back then the picture is the same, and hops lead to the end', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t)
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=replay]')
  // A step takes over: it does not go on by itself.
  await press(page, 'Step forward')
  await page.locator('input[type=range][name=position]').fill('7')
  const picture = (): Promise<string> => page.locator('.graph > svg').innerHTML()
  const position = (): Promise<number> => page.locator('input[name=position]').inputValue().then(Number)
  const settled = async (at: number): Promise<string> => {
    await isTrue(page, `Number(document.querySelector('[name=position]').value) === ${at}`)
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
    )
    return picture()
  }
  const seventh = await settled(7)
  const seen = new Set([seventh])
  for (let at = 8; at <= 20; at++) {
    await press(page, 'Step forward')
    seen.add(await settled(at))
  }
  assert.ok(seen.size > 1, 'a step changes the picture')
  for (let at = 19; at >= 7; at--) {
    await press(page, 'Step back')
    await settled(at)
  }
  assert.equal(await settled(7), seventh)
  let last = -1
  for (let hops = 0; (await position()) > last && hops < 20; hops++) {
    last = await position()
    await press(page, 'Next hop')
  }
  await shows(page, '.graph[data-infected="10"]')
  // The first of the last hop may have been the last of all; before it, that one is missing.
  await press(page, 'Previous hop')
  await press(page, 'Previous hop')
  await isTrue(page, "document.querySelector('.graph').dataset.infected < 10")
  await press(page, 'Back to live')
  await shows(page, '.graph[data-mode=live][data-infected="10"]')
  assert.deepEqual(complaints, [])
})

test('when a node is killed, revived, paused and resumed then it looks so', { skip }, async (t) => {
  const { page, cluster, complaints } = await open(t)
  const { address } = cluster.members[3]!
  const node = `[data-node="${address}"]`
  await page.locator(node).click()
  await page.getByRole('heading', { name: address }).waitFor()
  await press(page, 'Kill')
  await shows(page, `${node}[data-state=dead]`)
  await press(page, 'Revive')
  await shows(page, `${node}[data-state=susceptible]`)
  await press(page, 'Pause')
  await shows(page, `${node}[data-state=paused]`)
  await press(page, 'Resume')
  await shows(page, `${node}[data-state=susceptible]`)
  await press(page, 'Propagate from here')
  await page.getByText('from a client').waitFor()
  assert.deepEqual(complaints, [])
})

test('when a value is markup then it stays text', { skip }, async (t) => {
  const { page, complaints } = await open(t)
  const value = '<img src=x onerror="document.title=1"><b>b</b>'
  await page.getByLabel('Value').fill(value)
  await press(page, 'Propagate')
  await page.locator('.values').getByText('<img src=x').waitFor()
  await page.keyboard.press('n')
  await page.locator('td').getByText('<img src=x').first().waitFor()
  await page.locator('tbody tr').first().click()
  await page.locator('.facts').getByText(value).waitFor()
  await page.keyboard.press('t')
  await shows(page, '.diagram svg')
  assert.equal(await page.locator('img').count(), 0)
  assert.equal(await page.title(), 'gossip: ten nodes')
  assert.deepEqual(complaints, [])
})

test('when keys are pressed then they do what the help says, but not while one types', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t)
  const field = page.getByLabel('Value')
  await field.fill('')
  await field.press('k')
  await field.press('t')
  assert.equal(await field.inputValue(), 'kt')
  assert.equal(await page.locator('.diagram').count(), 0)
  await field.fill('')
  await field.blur()
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('t')
  await shows(page, '.diagram')
  await page.keyboard.press('n')
  await shows(page, 'table')
  await page.keyboard.press('g')
  await page.locator('.graph').waitFor()
  await page.keyboard.press('c')
  await says(page, 'partition')
  await page.keyboard.press('h')
  await says(page, 'all ways are open again')
  await page.keyboard.press('k')
  await shows(page, '[data-state=dead]')
  await page.keyboard.press('0')
  await says(page, 'every node runs')
  await page.keyboard.press('p')
  await shows(page, '.graph[data-mode=replay]')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('l')
  await shows(page, '.graph[data-mode=live]')
  assert.deepEqual(complaints, [])
})

test('when nodes are reached by keyboard then up and down lead around and Enter opens one', {
  skip,
}, async (t) => {
  const { page, cluster, complaints } = await open(t)
  const [first, second] = cluster.members
  await page.locator(`[data-node="${first!.address}"]`).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: second!.address }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.panel').waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})

test('when a link is cut on the page then it is cut, and healed again', { skip }, async (t) => {
  const { page, cluster, complaints } = await open(t)
  const [a, b] = [cluster.members[2]!, cluster.members[6]!]
  await page.locator(`[data-node="${a.address}"]`).click()
  await page.locator(`[data-node="${b.address}"]`).click({ modifiers: ['Shift'] })
  await press(page, 'Cut this link')
  await page.locator('.cut').waitFor()
  await page.getByRole('button', { name: 'Cut this link' }).waitFor({ state: 'detached' })
  assert.ok(cluster.network.isCut(2, 6) && cluster.network.isCut(6, 2) && !cluster.network.isCut(2, 5))
  await press(page, 'Heal this link')
  await page.locator('.cut').waitFor({ state: 'detached' })
  assert.ok(!cluster.network.isCut(2, 6) && !cluster.network.isCut(6, 2))
  assert.deepEqual(complaints, [])
})

test('when a person wants less motion then nothing is replayed by itself, but steps are there', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t, { reducedMotion: 'reduce' })
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=live][data-infected="10"]')
  assert.equal(await page.getByLabel('auto replay').isChecked(), false)
  await press(page, 'Step back')
  await shows(page, '.graph[data-mode=replay]')
  assert.deepEqual(complaints, [])
})

test('when the screen is that of a phone then nothing has to be scrolled sideways', { skip }, async (t) => {
  const { page, complaints } = await open(t, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  })
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=replay]')
  for (const view of ['Graph', 'Space-time', 'Nodes']) {
    await press(page, view)
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 390, view)
  }
  assert.deepEqual(complaints, [])
})

test('when the screen is large then nothing of the main parts has to be scrolled', { skip }, async (t) => {
  const { page } = await open(t)
  const size = await page.evaluate(
    '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
  )
  assert.deepEqual(size, [1280, 800])
})

test('when what happened is saved then it is a file of events, and of the scenario', { skip }, async (t) => {
  const { page, complaints } = await open(t)
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=replay]')
  const save = async (what: () => Promise<void>): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), what()])
    const chunks: string[] = []
    for await (const it of await download.createReadStream()) chunks.push(String(it))
    return chunks.join('')
  }
  const events = await save(() => press(page, 'Save recording'))
  const lines = events
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it))
  assert.ok(lines.filter((it) => it.event === 'updated').length >= 10)
  const scenario = JSON.parse(await save(() => page.getByRole('link', { name: 'Save scenario' }).click()))
  assert.equal(scenario[0].do, 'propagate')
  await press(page, 'Space-time')
  const svg = await save(() => press(page, 'Save SVG'))
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  assert.match(svg, /fill="#ffffff"/)
  assert.doesNotMatch(svg, /var\(|class=/)
  assert.deepEqual(complaints, [])
})

/** What the page says of the value that is looked at, place by place. */
async function said(page: Page) {
  const figure = (name: string): Promise<string> =>
    page.locator('.figures:not(.counters) > div').filter({ hasText: name }).locator('dd').first().innerText()
  const [, had, took] = await page.locator('.values button > *').allInnerTexts()
  return { had, took, tLast: await figure('tLast'), residue: await figure('residue') }
}

test('when the page is opened again after a value has spread then it says of it what it said before', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t)
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=replay]')
  await press(page, 'Back to live')
  await shows(page, '.graph[data-mode=live][data-infected="10"]')
  const before = await said(page)
  assert.deepEqual([before.had, before.residue, before.took], ['10/10', '0%', before.tLast])
  await page.reload()
  await shows(page, '.graph[data-mode=live][data-infected="10"]')
  await page.locator('.values').getByText('hello').waitFor()
  assert.deepEqual(await said(page), before)
  assert.equal(await page.locator('.banner p').innerText(), 'Live')
  assert.equal(await page.locator('[data-branch][data-from*=":"]').count(), 9)
  await press(page, 'Step forward')
  await shows(page, '.graph[data-mode=replay]')
  assert.deepEqual(complaints, [])
})

test('when a node is revived then its times stay those of the first copy, and its line in the diagram is broken', {
  skip,
}, async (t) => {
  const { page, cluster, complaints } = await open(t)
  const { address } = cluster.members[4]!
  const node = `[data-node="${address}"]`
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=replay]')
  await press(page, 'Back to live')
  const before = await said(page)
  await page.locator(node).click()
  await press(page, 'Kill')
  await shows(page, `${node}[data-state=dead]`)
  await press(page, 'Revive')
  await page.locator('.why').getByText('It got it again').waitFor()
  await page.keyboard.press('t')
  await shows(page, '.diagram [data-part=dead]')
  await page.keyboard.press('Escape')
  assert.deepEqual(await said(page), before)
  assert.deepEqual(complaints, [])
})

test('when the space is pressed then it plays or pauses, whatever was clicked before, and does nothing else', {
  skip,
}, async (t) => {
  const { page, url, complaints } = await open(t)
  await page.keyboard.press('Space')
  await says(page, 'nothing to replay')
  await press(page, 'Propagate a value')
  await shows(page, '.graph[data-mode=replay]')
  await press(page, 'Back to live')
  const scenario = (): Promise<string> => get(url, '/scenario').then((it) => it.body)
  const done = await scenario()
  const box = page.getByLabel('auto replay')
  await box.click()
  const wasChecked = await box.isChecked()
  await page.keyboard.press('Space')
  // A box that was clicked, not reached by keyboard, does not keep the space either.
  await page.getByRole('button', { name: 'Pause replay' }).waitFor()
  await page.keyboard.press('Space')
  const places = [
    () => page.getByRole('button', { name: 'Cut in two' }).focus(),
    () => page.getByRole('button', { name: 'Step back' }).focus(),
    () => page.getByLabel('Position in the replay').focus(),
    () => page.locator('[data-node]').first().focus(),
  ]
  for (const focus of places) {
    await focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Pause replay' }).waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  }
  assert.equal(await scenario(), done)
  assert.equal(await box.isChecked(), wasChecked)
  // Enter presses what has the focus.
  await page.getByRole('button', { name: 'Cut in two' }).focus()
  await page.keyboard.press('Enter')
  await says(page, 'partition')
  assert.deepEqual(complaints, [])
})

test('when the loss slider is moved by keys or mouse then it is moved, and each movement is one step', {
  skip,
}, async (t) => {
  const { page, cluster, url, complaints } = await open(t)
  const slider = page.locator('label.control').filter({ hasText: 'Loss' }).locator('input')
  const steps = async () =>
    (JSON.parse((await get(url, '/scenario')).body) as { do: string; loss: number }[]).map((it) => it.loss)
  const settled = async (count: number): Promise<number> => {
    await until(`step ${count}`, async () => (await steps()).length >= count, 60_000)
    const loss = (await steps()).at(-1)!
    await isTrue(page, `Math.abs(document.querySelector('label.control input').value - ${100 * loss}) < 0.5`)
    return loss
  }
  await slider.focus()
  // Held down, as the keyboard repeats it.
  for (let i = 0; i < 25; i++) await page.keyboard.down('ArrowRight')
  await page.keyboard.up('ArrowRight')
  assert.equal(await settled(1), 0.25)
  const keys = ['PageUp', 'End', 'Home', 'ArrowUp'] as const
  const after: number[] = []
  for (const [i, key] of keys.entries()) {
    await page.keyboard.press(key)
    after.push(await settled(2 + i))
  }
  assert.ok(after[0]! > 0.25)
  assert.deepEqual(after.slice(1), [1, 0, 0.01])
  const { x, y, width, height } = (await slider.boundingBox())!
  await page.mouse.move(x + width / 4, y + height / 2)
  await page.mouse.down()
  for (let i = 0; i <= 30; i++) await page.mouse.move(x + width / 4 + (i * width) / 60, y + height / 2)
  await page.mouse.up()
  assert.ok((await settled(6)) > 0.6)
  assert.equal((await steps()).length, 6)
  assert.equal(cluster.network.state.loss, (await steps()).at(-1))
  assert.deepEqual(complaints, [])
})

test('when a link is chosen by a shift-click then no text is selected', { skip }, async (t) => {
  const { page, cluster, complaints } = await open(t)
  const [a, b] = [cluster.members[1]!, cluster.members[7]!]
  await page.locator('.title').click()
  await page.locator(`[data-node="${a.address}"]`).click()
  await page.locator(`[data-node="${b.address}"]`).click({ modifiers: ['Shift'] })
  await page.getByRole('heading', { name: 'Link' }).waitFor()
  assert.equal(await page.evaluate('String(getSelection())'), '')
  assert.deepEqual(complaints, [])
})

test('when a value holds characters that mislead then they are shown as what they are', {
  skip,
}, async (t) => {
  const { page, cluster, complaints } = await open(t)
  cluster.live[0]!.propose('a\u202eb\u0085c\u007fd\n\u2066e', Date.now())
  const shown = 'a\\u{202e}b\\u{85}c\\u{7f}d\\u{a}\\u{2066}e'
  await page.locator('.values').getByText(shown, { exact: true }).waitFor()
  await page.locator('[data-node]').first().click()
  await page.locator('.facts').getByText(shown, { exact: true }).waitFor()
  await page.keyboard.press('t')
  await page.locator('.space-time h2').getByText(shown).waitFor()
  await page.keyboard.press('n')
  await page.locator('td').getByText(shown.slice(0, 20)).first().waitFor()
  const text = await page.evaluate<string>('document.documentElement.outerHTML')
  assert.doesNotMatch(text, /[\u202e\u0085\u007f\u2066]/)
  assert.deepEqual(complaints, [])
})
