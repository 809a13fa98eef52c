/**
 * A page in a real browser that nobody listens in on. Playwright's own pages report every byte that they load to it,
 * on the very thread that is to be measured.
 */
import type { Browser, CDPSession } from 'playwright-core'

/** Seconds of the main thread's own time since the page began, and what the page holds. */
export interface Metrics {
  /** All that it did. */
  readonly TaskDuration: number
  readonly ScriptDuration: number
  readonly LayoutDuration: number
  readonly RecalcStyleDuration: number
  /** Bytes. */
  readonly JSHeapUsedSize: number
  /** Elements and texts. */
  readonly Nodes: number
}

interface Reply {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

export class BarePage {
  readonly #browser: CDPSession
  readonly #sessionId: string
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #asked = 0

  private constructor(browser: CDPSession, sessionId: string) {
    this.#browser = browser
    this.#sessionId = sessionId
    browser.on('Target.receivedMessageFromTarget', ({ message }) => {
      const reply = JSON.parse(message) as Reply
      if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply)
    })
  }

  static async open(browser: Browser, url: string): Promise<BarePage> {
    const session = await browser.newBrowserCDPSession()
    // Of a context that playwright does not know it lets the pages alone.
    const { browserContextId } = await session.send('Target.createBrowserContext')
    const about = { url, browserContextId, width: 1280, height: 800 }
    const { targetId } = await session.send('Target.createTarget', about)
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
    const page = new BarePage(session, sessionId)
    // The thread's time, not the clock's: other work on the machine does not count.
    await page.send('Performance.enable', { timeDomain: 'threadTicks' })
    return page
  }

  async send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#asked
    const reply = new Promise<Reply>((resolve) => this.#waiting.set(id, resolve))
    const message = JSON.stringify({ id, method, params })
    await this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message })
    const { result, error } = await reply
    this.#waiting.delete(id)
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result as T
  }

  async evaluate<T>(expression: string): Promise<T> {
    const asked = { expression, awaitPromise: true, returnByValue: true }
    const { result } = await this.send<{ result: { value: T } }>('Runtime.evaluate', asked)
    return result.value
  }

  async metrics(): Promise<Metrics> {
    const { metrics } = await this.send<{ metrics: { name: string; value: number }[] }>(
      'Performance.getMetrics',
    )
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as unknown as Metrics
  }

  /** Ids of the processes that draw this browser's pages. */
  async processes(): Promise<number[]> {
    const { processInfo } = await this.#browser.send('SystemInfo.getProcessInfo')
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  }
}
