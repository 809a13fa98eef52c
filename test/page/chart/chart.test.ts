/** The charts in a real browser, on a page of their own. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { servePage } from '../../../src/page/server/server.ts'
import { until } from '../../daemon/until.ts'
import { launch, skip, visit } from '../browser.ts'
import { FakeSource } from '../fake-source.ts'

let browser: Browser
before(async () => {
  if (!skip) browser = await launch()
})
after(() => browser?.close())

async function open(t: TestContext, options: BrowserContextOptions = {}) {
  const server = await servePage(new FakeSource(), { host: '127.0.0.1', port: 0 })
  t.after(() => server.stop())
  const { page, complaints } = await visit(browser, server.url, options)
  t.after(() => page.context().close())
  return { page, complaints }
}

/** Puts curves into a box above the page, or others into the same one. */
async function show(page: Page, curves: unknown[], markers: unknown[] = []): Promise<void> {
  await page.evaluate(`(async () => {
    const { h, render } = await import('preact')
    const { Curves } = await import('/modules/src/page/browser/chart/curves.js')
    let box = document.querySelector('#here')
    if (box === null) {
      box = Object.assign(document.createElement('div'), { id: 'here' })
      box.style = 'position: fixed; inset: 20px auto auto 20px; width: 400px; height: 300px; display: flex; z-index: 9; background: var(--paper)'
      document.body.append(box)
    }
    render(h(Curves, ${JSON.stringify({ curves, markers })}), box)
  })()`)
  await page.locator('#here canvas').waitFor()
}

/** How many pixels of the chart have the colour that a variable of the style sheet stands for. */
function pixels(page: Page, name: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const { colour } = await import('/modules/src/page/browser/theme.js')
    const [red, green, blue] = colour('${name}').match(/\\d+/g).map(Number)
    const canvas = document.querySelector('#here canvas')
    if (canvas === null || canvas.width === 0) return 0
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    let count = 0
    for (let i = 0; i < data.length; i += 4)
      if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255) count++
    return count
  })()`)
}

function drawn(page: Page, name: string): Promise<boolean> {
  return until(`something is ${name}`, async () => (await pixels(page, name)) > 100, 60_000)
}

const rising = (end: number): [number, number][] =>
  Array.from({ length: 11 }, (_, i) => [(i * end) / 10, i / 10])
const push = { name: 'push', isChosen: true, points: rising(500) }
const other = { name: 'other', isChosen: true, colour: 'lost', points: rising(800) }
const faint = { name: '<b>faint</b>', isChosen: false, points: rising(700) }

test('when two curves are chosen then each has its colour, both are told in words, and the pointer tells the share at its time', {
  skip,
}, async (t) => {
  const { page, complaints } = await open(t)
  await show(page, [push, faint, other], [{ name: 'the fork', x: 200 }])
  await drawn(page, 'infected')
  await drawn(page, 'lost')
  const chart = page.locator('#here [role=img]')
  assert.equal(
    await chart.getAttribute('aria-label'),
    'push reached 100% of the nodes in 500 ms; other reached 100% of the nodes in 800 ms',
  )
  await drawn(page, 'soft')

  const over = (await page.locator('#here .u-over').boundingBox())!
  const pointTo = (share: number): Promise<void> =>
    page.mouse.move(over.x + share * over.width, over.y + over.height / 2)
  // The axis ends at 800 ms.
  await pointTo(0.53)
  const rows = page.locator('#here .tip p')
  await rows.nth(3).waitFor()
  assert.deepEqual(
    (await rows.allInnerTexts()).map((it) => it.replace(/\s+/g, ' ')),
    ['424 ms', 'other 50%', 'push 80%', '<b>faint</b> 60%'],
  )
  const box = (await page.locator('#here').boundingBox())!
  for (const share of [0.01, 0.3, 0.5, 0.7, 0.99]) {
    await pointTo(share)
    const tip = (await page.locator('#here .tip').boundingBox())!
    assert.ok(tip.x >= box.x && tip.x + tip.width <= box.x + box.width, `within the chart at ${share}`)
  }
  await page.mouse.move(0, 0)
  await page.locator('#here .tip').waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})

test('when a curve goes on under the pointer then the chart follows, and says so', { skip }, async (t) => {
  const { page, complaints } = await open(t)
  await show(page, [{ ...push, points: push.points.slice(0, 6) }])
  const over = (await page.locator('#here .u-over').boundingBox())!
  await page.mouse.move(over.x + over.width - 1, over.y + 9)
  const said = page.locator('#here .tip .chosen .number')
  await said.getByText('50%').waitFor()
  await show(page, [push])
  await said.getByText('100%').waitFor()
  // Another look: the pointer has not moved.
  await show(page, [{ ...push, colour: 'lost' }, faint])
  await drawn(page, 'lost')
  await page.locator('#here .tip p').nth(2).waitFor()
  assert.equal(await page.locator('#here canvas').count(), 1)
  assert.deepEqual(complaints, [])
})

test('when colours change then the chart is drawn in the new ones', { skip }, async (t) => {
  const { page, complaints } = await open(t, { colorScheme: 'light' })
  await show(page, [push])
  await drawn(page, 'infected')
  await page.getByRole('button', { name: 'Use dark colours' }).click()
  await drawn(page, 'infected')
  assert.deepEqual(complaints, [])
})

test('when its box changes then the chart fills it, and where it is hidden it waits', { skip }, async (t) => {
  const { page, complaints } = await open(t)
  await show(page, [push])
  const fills = (width: number, height: number): Promise<boolean> =>
    until(
      `${width} x ${height}`,
      async () => {
        const box = await page.locator('#here canvas').boundingBox()
        return box?.width === width && box.height === height
      },
      60_000,
    )
  await fills(400, 300)
  await page.evaluate("document.querySelector('#here').style.display = 'none'")
  await page.evaluate(
    "Object.assign(document.querySelector('#here').style, { width: '250px', height: '180px' })",
  )
  await page.evaluate("document.querySelector('#here').style.display = 'flex'")
  await fills(250, 180)
  await drawn(page, 'infected')
  assert.deepEqual(complaints, [])
})

test('when nothing is known yet then the chart is empty, and says so', { skip }, async (t) => {
  const { page, complaints } = await open(t)
  await show(page, [])
  assert.equal(await page.locator('#here [role=img]').getAttribute('aria-label'), 'No curve yet')
  assert.equal(await pixels(page, 'infected'), 0)
  assert.deepEqual(complaints, [])
})
