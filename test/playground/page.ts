/** The playground's own page, bundled and served as `bin/gossip playground` does, in a browser of either kind. */
import { filesOfPage } from '../../src/playground/server/files.ts'
import { type Served, serveFiles } from '../../src/playground/server/serve.ts'
import { until } from '../daemon/until.ts'
import { launch, skip as noChromium } from '../page/browser.ts'
import { launchFirefox, skip as noFirefox } from '../page/firefox.ts'

export const BROWSERS = [
  { name: 'chromium', skip: noChromium, start: launch },
  { name: 'firefox', skip: noFirefox, start: launchFirefox },
] as const

/** What both browsers' drivers have alike. */
export interface Page {
  goto(url: string): Promise<unknown>
  evaluate(expression: string): Promise<unknown>
  keyboard: { type(text: string): Promise<void>; press(key: 'End' | 'Escape'): Promise<void> }
  close(): Promise<void>
}

export async function serve(): Promise<Served> {
  return serveFiles(await filesOfPage(), 0)
}

const RESULT = `document.querySelector('#result').textContent`
const WAIT_MS = 60_000

export class Visit {
  readonly page: Page
  readonly complaints: readonly string[]

  private constructor(page: Page, complaints: readonly string[]) {
    this.page = page
    this.complaints = complaints
  }

  static async open(page: Page, url: string, hash = ''): Promise<Visit> {
    const complaints: string[] = []
    // Each browser's driver declares these for itself.
    const events = page as unknown as { on(event: string, hear: (it: unknown) => void): void }
    events.on('console', (it) => {
      const said = it as { type(): string; text(): string }
      if (said.type() === 'error') complaints.push(said.text())
    })
    events.on('pageerror', (it) => complaints.push(String(it)))
    const visit = new Visit(page, complaints)
    await page.goto(`${url}${hash}`)
    await visit.until('the settings are there', `document.querySelector('[name=strategy]') !== null`)
    return visit
  }

  /** Another address of the same page. @returns the record of the run that it asks for */
  async run(hash: string): Promise<object> {
    const before = await this.page.evaluate(RESULT)
    await this.page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
    await this.until('another run begins', `${RESULT} !== ${JSON.stringify(before)}`)
    return this.record()
  }

  async record(): Promise<object> {
    return JSON.parse((await this.until('a run has ended', RESULT)) as string)
  }

  until(what: string, expression: string): Promise<unknown> {
    return until(what, () => this.page.evaluate(expression) as Promise<string>, WAIT_MS)
  }

  /** Presses the first button whose name begins so. */
  async press(name: string): Promise<void> {
    const found = `[...document.querySelectorAll('button')].find((it) => (it.ariaLabel ?? it.textContent).startsWith(${JSON.stringify(name)}) && !it.disabled)`
    await this.until(`there is a button ${name}`, `${found} !== undefined`)
    await this.page.evaluate(`${found}.click()`)
  }

  async choose(label: string, value: string): Promise<void> {
    const field = `document.querySelector(${JSON.stringify(`[aria-label="${label}"], [name="${label}"]`)})`
    await this.page.evaluate(
      `${field}.value = ${JSON.stringify(value)}; ${field}.dispatchEvent(new Event('change', { bubbles: true }))`,
    )
  }

  /** The address of what is shown. */
  async share(): Promise<string> {
    await this.press('Share')
    return (await this.until(
      'the address has it',
      `location.hash.includes('seed=') && location.href`,
    )) as string
  }

  /** What a button gives to be saved. */
  async saved(button: string): Promise<string> {
    await this.page.evaluate(`
      globalThis.saved = ''
      globalThis.makeUrl = URL.createObjectURL
      URL.createObjectURL = (it) => {
        URL.createObjectURL = makeUrl
        void it.text().then((text) => { saved = text })
        return 'data:,'
      }`)
    await this.press(button)
    return (await this.until('it is saved', 'saved')) as string
  }
}
