/**
 * npm run bench -- page [VALUES_A_SECOND] [SECONDS]: how often the page is drawn while 50 nodes push so many values a
 * second at it, beside the same page at rest, and what its heap holds.
 */
import { performance } from 'node:perf_hooks'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { servePage } from '../../src/page/server/server.ts'
import type { NodeRow } from '../../src/page/wire.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import push from '../../src/strategy/push.ts'
import { launch, skip, visit } from '../page/browser.ts'
import { FakeSource } from '../page/fake-source.ts'

const NODES = 50
const BATCH_MS = 20

export async function benchPage(): Promise<void> {
  const [values = 100, seconds = 10] = process.argv.slice(3).map(Number)
  if (skip !== false) throw new Error(skip)
  const spread = oneSpread()
  const source = new FakeSource()
  source.first = [{ kind: 'nodes', nodes: rowsOf(spread) }]
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  const browser = await launch()
  try {
    const { page } = await visit(browser, server.url)
    const frames = async (): Promise<number> => (await page.evaluate<number>(countFrames(seconds))) / seconds
    const heap = async (): Promise<number> =>
      (await page.evaluate<number>('performance.memory.usedJSHeapSize')) / 2 ** 20
    const rest = await frames()
    const stream = new Stream(source, spread, values)
    const [before, busy] = [await heap(), await frames()]
    stream.stop()
    console.table([
      {
        'values a second': values,
        'events a second': Math.round(stream.told / seconds),
        'frames a second': busy.toFixed(1),
        'at rest': rest.toFixed(1),
        'heap MiB': (await heap()).toFixed(1),
        'before MiB': before.toFixed(1),
      },
    ])
  } finally {
    await browser.close()
    server.stop()
  }
}

/** The events of a value that reaches all, from 0 ms on. */
function oneSpread(): GossipEvent[] {
  const events: GossipEvent[] = []
  const population = only(protocol('push', push))
  simulate({ ...RUN_DEFAULTS, nodes: NODES, population, seed: 1, run: 0, trace: (it) => events.push(it) })
  return events.filter(({ at, event }) => at < 1000 && event !== 'started')
}

function rowsOf(events: readonly GossipEvent[]): NodeRow[] {
  const names = [...new Set(events.map(({ node }) => node))].sort()
  const counts = { peers: NODES - 1, sent: 0, received: 0, updates: 0, ignored: 0, refused: 0, uptime: 1 }
  const about = { state: 'runs', strategy: 'push', value: null, timestamp: null, interested: true } as const
  return names.map((address, number) => ({ number, address, ...about, ...counts }))
}

/** Tells of so many spreads a second, each as it would happen. */
class Stream {
  told = 0
  readonly #timer: NodeJS.Timeout

  constructor(source: FakeSource, spread: readonly GossipEvent[], values: number) {
    const beganAt = performance.now()
    const underWay: { readonly since: number; readonly timestamp: number; next: number }[] = []
    let begun = 0
    this.#timer = setInterval(() => {
      const now = performance.now() - beganAt
      for (; begun < (now * values) / 1000; begun++)
        underWay.push({ since: (begun * 1000) / values, timestamp: 1_000_000 + begun, next: 0 })
      const events: GossipEvent[] = []
      for (const it of underWay) {
        for (; it.next < spread.length && it.since + spread[it.next]!.at <= now; it.next++) {
          const event = spread[it.next]!
          events.push({ ...event, at: it.since + event.at, timestamp: it.timestamp })
        }
      }
      while (underWay[0]?.next === spread.length) underWay.shift()
      events.sort((a, b) => a.at - b.at)
      this.told += events.length
      source.tell({ kind: 'events', events, dropped: 0 })
    }, BATCH_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

/** For a browser. */
function countFrames(seconds: number): string {
  return `new Promise((done) => {
    const end = performance.now() + ${seconds * 1000}
    let count = 0
    const frame = (now) => (count++, now < end ? requestAnimationFrame(frame) : done(count))
    requestAnimationFrame(frame)
  })`
}
