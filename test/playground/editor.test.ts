/** The editor in real browsers: errors as one types, completion, types; what it compiled, linked in a worker. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, type TestContext, test } from 'node:test'
import { until } from '../daemon/until.ts'
import { root } from '../house/source.ts'
import { launch, skip as noChromium } from '../page/browser.ts'
import { launchFirefox, skip as noFirefox } from '../page/firefox.ts'
import { type Served, serve } from './served.ts'

const BROWSERS = [
  { name: 'chromium', skip: noChromium, start: launch },
  { name: 'firefox', skip: noFirefox, start: launchFirefox },
] as const

const PUSH = readFileSync(`${root}src/strategy/push.ts`, 'utf8')
const WAIT = 120_000

let served: Served
before(async () => {
  served = await serve()
})
after(() => served?.stop())

/** What both browsers' drivers have alike. */
interface Page {
  evaluate(expression: string): Promise<unknown>
  keyboard: { type(text: string): Promise<void>; press(key: 'Escape' | 'Tab' | 'Enter'): Promise<void> }
}

for (const { name, skip, start } of BROWSERS) {
  let browser: Awaited<ReturnType<typeof start>>
  before(async () => {
    if (skip === false) browser = await start()
  })
  after(() => browser?.close())

  async function open(t: TestContext): Promise<Opened> {
    const page = await browser.newPage()
    t.after(() => page.close())
    const complaints: string[] = []
    // Each browser's driver declares these for itself.
    const events = page as unknown as { on(event: string, hear: (it: unknown) => void): void }
    events.on('console', (it) => {
      const said = it as { type(): string; text(): string }
      if (said.type() === 'error') complaints.push(said.text())
    })
    events.on('pageerror', (it) => complaints.push(String(it)))
    await page.goto(`${served.url}/`)
    return new Opened(page as unknown as Page, complaints)
  }

  test(`${name}: when one types a mistake then it is underlined and said, and when one mends it that is over`, {
    skip,
  }, async (t) => {
    const it = await open(t)
    await it.edit(PUSH)
    await it.comes("document.querySelectorAll('.cm-keyword, .cm-content span').length > 10")
    await it.put(PUSH.replace('onPeriod', 'onPeriodd'))
    await it.comes("document.querySelectorAll('.cm-lintRange-error').length === 1")
    assert.equal(await it.ask("document.querySelector('.cm-lintRange-error').textContent"), 'onPeriodd')
    await it.comes("document.querySelectorAll('.cm-gutter-lint .cm-lint-marker-error').length === 1")
    await it.put(PUSH)
    await it.comes("document.querySelectorAll('.cm-lintRange-error').length === 0")
    it.hasNothingToSay()
  })

  test(`${name}: when one begins a handler, or a method of the node, then it is completed`, {
    skip,
  }, async (t) => {
    const it = await open(t)
    await it.edit(`import { strategy } from 'gossip/strategy'

export default strategy({
  summary: 'Mine.',
  `)
    await it.type('onNe')
    await it.offers('onNewer')
    await it.page.keyboard.press('Enter')
    await it.comes("playground.editor.text.endsWith('onNewer')")
    await it.type('(node) { node.sen')
    await it.offers('sendValue')
    await it.page.keyboard.press('Escape')
    assert.deepEqual(await it.ask('playground.changes.at(-1) === playground.editor.text'), true)
    it.hasNothingToSay()
  })

  test(`${name}: when one asks for what is not there then no completion offers it`, { skip }, async (t) => {
    const it = await open(t)
    await it.edit('')
    await it.type('parseI')
    await it.offers('parseInt')
    await it.page.keyboard.press('Escape')
    await it.put('')
    await it.type('setT')
    await it.comes("document.querySelectorAll('.cm-lintRange-error').length === 1")
    assert.equal(await it.ask("document.querySelector('.cm-tooltip-autocomplete')"), null)
  })

  test(`${name}: when one leaves by Escape and Tab then the next button is reached, and Tab alone indents`, {
    skip,
  }, async (t) => {
    const it = await open(t)
    await it.edit('')
    await it.ask('playground.editor.focus()')
    await it.page.keyboard.press('Tab')
    await it.comes("playground.editor.text === '  '")
    await it.page.keyboard.press('Escape')
    await it.page.keyboard.press('Tab')
    await it.comes("document.activeElement.textContent === 'After'")
    assert.equal(await it.ask("document.querySelector('.cm-content').ariaLabel"), 'Source of mine.ts')
    it.hasNothingToSay()
  })

  for (const type of ['classic', 'module']) {
    test(`${name}: when a file is compiled then a ${type} worker links it with the modules that it has`, {
      skip,
    }, async (t) => {
      const it = await open(t)
      const linked = await it.link(type, PUSH)
      assert.deepEqual(linked, {
        handlers: ['summary', 'source', 'options', 'onPeriod', 'onNewer'],
        areOurs: true,
      })
      it.hasNothingToSay()
    })

    test(`${name}: when a file fails in a ${type} worker then that is one line with its place`, {
      skip,
    }, async (t) => {
      const it = await open(t)
      const types = 'interface Gone {\n  readonly a: string\n}\nexport type { Gone }\n'
      const thrown = `import { strategy } from 'gossip/strategy'\n${types}throw new Error('not today\\nnor ever')\n`
      assert.deepEqual(await it.link(type, thrown), { fault: 'mine.ts:6:7: not today' })
      assert.deepEqual(await it.link(type, 'export const a = 1\n'), {
        fault: 'mine.ts: has no "export default strategy({...})"',
      })
      const code = 'exports.default = require("./other.ts")'
      assert.deepEqual(
        await it.ask(
          `playground.ask('${type}', { compiled: { code: '${code}', kind: 'strategy' }, fileName: 'mine.ts' })`,
        ),
        {
          fault:
            'mine.ts: imports ./other.ts: here a file stands alone, and imports gossip/strategy, gossip/membership, zod',
        },
      )
      const later = `import { strategy } from 'gossip/strategy'\n${types}export default strategy({\n  summary: 'x',\n  onPeriod() {\n    throw new Error('late')\n  },\n})\n`
      await it.link(type, later)
      assert.deepEqual(await it.ask(`playground.ask('${type}', { call: 'onPeriod' })`), {
        place: 'mine.ts:9:11',
        text: 'late',
      })
      it.hasNothingToSay()
    })
  }
}

/** A page with the editor. */
class Opened {
  readonly page: Page
  readonly complaints: readonly string[]

  constructor(page: Page, complaints: readonly string[]) {
    this.page = page
    this.complaints = complaints
  }

  ask(expression: string): Promise<unknown> {
    return this.page.evaluate(expression)
  }

  comes(expression: string): Promise<unknown> {
    return until(expression, () => this.page.evaluate(expression), WAIT)
  }

  async edit(text: string): Promise<void> {
    await this.comes('globalThis.playground !== undefined')
    await this.ask(`playground.open(${JSON.stringify(text)}, 'mine.ts')`)
  }

  put(text: string): Promise<unknown> {
    return this.ask(`playground.editor.set(${JSON.stringify(text)})`)
  }

  /** At the end. */
  async type(text: string): Promise<void> {
    await this.ask('playground.editor.focus()')
    await this.ask('getSelection().selectAllChildren(document.querySelector(".cm-content"))')
    await this.ask('getSelection().collapseToEnd()')
    await this.page.keyboard.type(text)
  }

  async offers(label: string): Promise<void> {
    const labels = "[...document.querySelectorAll('.cm-completionLabel')].map((it) => it.textContent)"
    await this.comes(`${labels}.includes('${label}')`)
    // What was offered just now is not taken: somebody may have meant to go on.
    await this.comes("document.querySelector('.cm-tooltip-autocomplete li[aria-selected]') !== null")
    await new Promise((resolve) => setTimeout(resolve, 150))
  }

  async link(type: string, text: string): Promise<unknown> {
    await this.comes('globalThis.playground !== undefined')
    const compiled = `await playground.compile(${JSON.stringify(text)}, 'mine.ts')`
    return this.ask(
      `(async () => { const compiled = ${compiled}; return 'faults' in compiled ? compiled : playground.ask('${type}', { compiled, fileName: 'mine.ts' }) })()`,
    )
  }

  hasNothingToSay(): void {
    assert.deepEqual(this.complaints, [])
  }
}
