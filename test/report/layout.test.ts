/** A report on a desk, a phone, in the dark and on paper, in a real browser: nothing is cut. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { html } from '../../src/report/html.ts'
import type { Report } from '../../src/report/report.ts'
import { launch, skip } from '../page/browser.ts'
import { aReport } from './a-report.ts'

const LONG = 'a-strategy-with-a-very-long-name-as-somebody-may-well-call-it'

/** Many rows, more columns than usual, long names, great numbers. */
function wide(): Report {
  const report = aReport('infect-and-die', [1, 2, 3])
  const swept = { fanout: 1, loss: 0.1, topology: 'small-world:4,0.1', period: '10s', crash: 0.05 }
  const rows = Array.from({ length: 24 }, (_, i) => {
    const row = report.rows[i % 3]!
    const bytes = { median: 123_456_789, low: 1_234_567, high: 987_654_321, mean: 123_456_789 }
    const label = `${i === 0 ? LONG : 'push'} loss=0.1 topology=small-world:4,0.1 crash=${i}`
    return { ...row, label, swept: { ...swept, crash: i / 100 }, figures: { ...row.figures, bytes } }
  })
  return { ...report, title: LONG, command: `bin/gossip compare ${LONG.repeat(4)}`, rows }
}

let folder: string
let browser: Browser
before(async () => {
  folder = mkdtempSync(`${tmpdir()}/gossip-layout-`)
  writeFileSync(`${folder}/wide.html`, html(wide(), '2026-01-31'))
  writeFileSync(`${folder}/usual.html`, html(aReport(), '2026-01-31'))
  if (skip === false) browser = await launch()
})
after(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A4 is 210 mm wide, less 14 mm on each side. */
const PAPER = Math.floor(((210 - 28) / 25.4) * 96)
const views = [
  { name: 'at 1280 pixels', width: 1280, media: 'screen', colorScheme: 'light' },
  { name: 'at 1280 pixels in the dark', width: 1280, media: 'screen', colorScheme: 'dark' },
  { name: 'on a tablet', width: 800, media: 'screen', colorScheme: 'light' },
  { name: 'on a phone', width: 390, media: 'screen', colorScheme: 'light' },
  { name: 'on A4', width: PAPER, media: 'print', colorScheme: 'light' },
] as const

for (const name of ['usual', 'wide'])
  for (const view of views) {
    test(`when a ${name} report is seen ${view.name} then nothing is cut`, { skip }, async () => {
      const { width, media, colorScheme } = view
      const page = await browser.newPage({ viewport: { width, height: 900 } })
      await page.emulateMedia({ media, colorScheme })
      await page.goto(`file://${folder}/${name}.html`)
      // It runs in the browser, whose types are not known here.
      const cut = await page.evaluate(`
        (() => {
          const room = document.documentElement.clientWidth
          return [...document.querySelectorAll('body *')].flatMap((it) => {
            if (it.closest('svg') && it.tagName !== 'svg' && it.tagName !== 'text') return []
            const { left, right, top, bottom, width } = it.getBoundingClientRect()
            const chart = it.tagName === 'text' ? it.closest('svg').getBoundingClientRect() : undefined
            const isOut = chart && (left < chart.left - 1 || right > chart.right + 1 || top < chart.top - 1 || bottom > chart.bottom + 1)
            const isScrolled = it.clientWidth > 0 && it.scrollWidth > it.clientWidth + 1 && !it.closest('svg')
            const isCut = width > 0 && (right > room + 1 || left < -1)
            return isOut || isScrolled || isCut ? [it.tagName + ' ' + it.textContent.slice(0, 40)] : []
          })
        })()`)
      assert.deepEqual(cut, [])
      await page.close()
    })
  }

test('when it is dark then charts are, and what is written on them is light; on paper they are white', {
  skip,
}, async () => {
  const page = await browser.newPage()
  await page.goto(`file://${folder}/usual.html`)
  const shades = async (media: 'screen' | 'print') => {
    await page.emulateMedia({ media, colorScheme: 'dark' })
    return (await page.evaluate(`
      ['figure svg > rect', 'figure svg text'].map((it) =>
        getComputedStyle(document.querySelector(it)).fill.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0) / 3)`)) as number[]
  }
  const [paper, ink] = await shades('screen')
  assert.ok(paper! < 50 && ink! > 180, `${paper} ${ink}`)
  assert.deepEqual((await shades('print'))[0], 255)
  await page.close()
})
