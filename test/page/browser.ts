/** A real browser for tests: chromium, where there is one. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Why there is no browser; false, if there is one. */
export const skip: string | false = existsSync(PATH) ? false : `skipped: there is no chromium at ${PATH}`

/** It talks to nobody by itself. */
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: QUIET })
}

export interface Visit {
  readonly page: Page
  /** Errors that the page said, and requests that left its server. */
  readonly complaints: readonly string[]
}

/** The machine's interfaces changed, for instance because a container started: that says nothing about the page. */
const INNOCENT = /ERR_NETWORK_CHANGED/
const TRIES = 5

/** Opens the page, until it shows something. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  const complain = (text: string): unknown => INNOCENT.test(text) || complaints.push(text)
  page.on('console', (it) => it.type() === 'error' && complain(it.text()))
  page.on('pageerror', (it) => complain(String(it)))
  page.on('request', (it) => {
    const asked = it.url()
    if (!asked.startsWith(`${url}/`) && !/^(data|blob):/.test(asked)) complain(`asked for ${asked}`)
  })
  for (let left = TRIES; ; left--) {
    try {
      await page.goto(url)
      await page.waitForSelector('main, .summary', { timeout: left > 1 ? 15_000 : 60_000 })
      return { page, complaints }
    } catch (error) {
      if (left <= 1) throw error
    }
  }
}
