/** The editor in real browsers: errors as one types, completion, types; what it compiled, linked in a worker. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
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
const WAIT = 60_000

let served: Served
before(async () => {
  served = await serve()
})
after(() => served?.stop())

interface DOMRectangle {
  readonly x: number
  readonly y: number
}

/** What both browsers' drivers have alike. */
interface Page {
  evaluate(expression: string): Promise<unknown>
  mouse: { move(x: number, y: number): Promise<void> }
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
    await it.type('const wrong: number = true')
    await it.comes("document.querySelectorAll('.cm-lintRange-error').length === 1")
    assert.equal(await it.ask("document.querySelector('.cm-lintRange-error').textContent"), 'wrong')
    await it.comes("document.querySelectorAll('.cm-gutter-lint .cm-lint-marker-error').length === 1")
    await it.put(PUSH)
    await it.comes("document.querySelectorAll('.cm-lintRange-error').length === 0")
    it.hasNothingToSay()
  })

  test(`${name}: when the pointer rests on a name then its type is shown, and what is said of it`, {
    skip,
  }, async (t) => {
    const it = await open(t)
    await it.edit(PUSH)
    const words =
      "[...document.querySelectorAll('.cm-content span')].filter((it) => it.textContent === 'strategy')"
    await it.comes(`${words}.length > 0`)
    const { x, y } = (await it.ask(`${words}[0].getBoundingClientRect().toJSON()`)) as DOMRectangle
    await it.page.mouse.move(x + 2, y + 2)
    await it.page.mouse.move(x + 5, y + 5)
    await it.comes("document.querySelector('.cm-types') !== null")
    assert.match(String(await it.ask("document.querySelector('.cm-types pre').textContent")), /strategy</)
    assert.match(
      String(await it.ask("document.querySelector('.cm-types p').textContent")),
      /^Declares a strategy; /,
    )
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

  test(`${name}: when a shipped file is compiled and linked then it has what Node makes of it`, {
    skip,
  }, async (t) => {
    const it = await open(t)
    for (const kind of ['strategy', 'membership']) {
      const files = readdirSync(`${root}src/${kind}`).filter((it) => it.endsWith('.ts'))
      assert.ok(files.length > 3)
      for (const file of files) {
        const { default: definition } = await import(`${root}dist/src/${kind}/${file.replace(/ts$/, 'js')}`)
        const linked = await it.link('classic', readFileSync(`${root}src/${kind}/${file}`, 'utf8'))
        assert.deepEqual(linked, { handlers: Object.keys(definition), areOurs: true }, file)
      }
    }
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

    test(`${name}: when code that no compiler saw makes code in a ${type} worker, or fetches, then it may not`, {
      skip,
    }, async (t) => {
      const it = await open(t)
      await it.comes('globalThis.playground !== undefined')
      for (const code of ["new Function('return 1')()", "(0, eval)('1')", "importScripts('data:,')"]) {
        const { fault } = (await it.run(type, code)) as { fault?: string }
        assert.match(fault ?? '', /^mine\.ts: (?!has no)./, code)
      }
      const asked: string[] = []
      const server = createServer(({ url }, response) => {
        asked.push(url ?? '')
        response.end()
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      t.after(() => server.close())
      const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      const fetches = `fetch('${elsewhere}').catch((error) => postMessage({ refused: error.name })); exports.default = {}`
      await it.ask(`playground.hear('${type}')`)
      await it.run(type, fetches)
      await it.comes(`playground.heard.some((it) => it.refused === 'TypeError')`)
      assert.deepEqual(asked, [])
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
      assert.deepEqual(await it.run(type, 'exports.default = require("./other.ts")'), {
        fault:
          'mine.ts: imports ./other.ts: here a file stands alone, and imports gossip/strategy, gossip/membership, zod',
      })
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

  /** Code as it is, that is no output of the compiler's. */
  run(type: string, code: string): Promise<unknown> {
    const compiled = JSON.stringify({ code, kind: 'strategy' })
    return this.ask(`playground.ask('${type}', { compiled: ${compiled}, fileName: 'mine.ts' })`)
  }

  hasNothingToSay(): void {
    assert.deepEqual(this.complaints, [])
  }
}
