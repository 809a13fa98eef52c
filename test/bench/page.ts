/**
 * npm run bench -- page [VALUES_A_SECOND] [SECONDS] [NODES]: how often the page is drawn while so many nodes push so many
 * values a second at it, beside the same page at rest, and what its main thread works for that. Of more than a minute, also what
 * the page and its server hold after each.
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
import { until } from '../daemon/until.ts'
import { launch, skip } from '../page/browser.ts'
import { FakeSource } from '../page/fake-source.ts'
import { BarePage } from './bare-page.ts'
import { Memory } from './memory.ts'
import { machine, median } from './process/measured.ts'
import type { Row } from './row.ts'

const BATCH_MS = 20
const ROWS_MS = 1000
/** At rest it is not watched for longer. */
const REST_SECONDS = 10
const MINUTE = 60

interface Setting {
  readonly values: number
  readonly seconds: number
  readonly nodes: number
}

/** A second. */
interface Frames {
  readonly rest: number
  readonly busy: number
  readonly events: number
}

/** Some 10,000 events a second. */
const MANY: Setting = { values: 1, seconds: 10, nodes: 1000 }
const REPEATS = 3

/** As its floor the page at rest. */
export async function manyNodes(): Promise<Row[]> {
  const runs: Frames[] = []
  while (runs.length < REPEATS) runs.push(await pageRun(MANY))
  const what = `frames a second, ${MANY.nodes} nodes and ${Math.round(median(runs.map((it) => it.events)))} events a second`
  return [{ what, floor: runs.map((it) => it.rest), ours: runs.map((it) => it.busy), goal: 1, digits: 1 }]
}

export async function benchPage(): Promise<void> {
  const [values = 100, seconds = 10, nodes = 50] = process.argv.slice(3).map(Number)
  console.log(machine())
  await pageRun({ values, seconds, nodes })
}

async function pageRun({ values, seconds, nodes }: Setting): Promise<Frames> {
  if (skip !== false) throw new Error(skip)
  const { names, events } = oneSpread(nodes)
  const source = new FakeSource()
  const server = await servePage(source, { host: '127.0.0.1', port: 0 })
  const browser = await launch()
  try {
    source.first = [{ kind: 'nodes', nodes: rowsOf(names, 0) }]
    const page = await BarePage.open(browser, server.url)
    // Until then it may still be on its way from an empty page, which answers nothing.
    const isThere = `document.querySelectorAll('[data-node]').length === ${nodes}`
    await until('all nodes are drawn', () => page.evaluate<boolean>(isThere).catch(() => false), 60_000)
    const frames = (seconds: number): Promise<number> => page.evaluate(countFrames(seconds))
    const restSeconds = Math.min(seconds, REST_SECONDS)
    const rest = (await frames(restSeconds)) / restSeconds
    const before = await page.metrics()
    const stream = new Stream(source, names, events, values)
    const memory = new Memory(page)
    let busy = 0
    for (let left = seconds; left > 0; left -= MINUTE) {
      busy += await frames(Math.min(left, MINUTE))
      if (seconds <= MINUTE) continue
      const sample = await memory.sample()
      console.error(
        seconds - Math.max(0, left - MINUTE),
        's:',
        busy,
        'frames,',
        stream.told,
        'events,',
        sample,
      )
    }
    const after = await page.metrics()
    stream.stop()
    const took = (what: 'TaskDuration' | 'ScriptDuration'): string =>
      ((1000 * (after[what] - before[what])) / seconds).toFixed(0)
    console.table([
      {
        nodes,
        'values a second': values,
        'events a second': Math.round(stream.told / seconds),
        'frames a second': (busy / seconds).toFixed(1),
        'at rest': rest.toFixed(1),
        'main thread, ms a second': took('TaskDuration'),
        'in scripts': took('ScriptDuration'),
        'heap MiB': (after.JSHeapUsedSize / 2 ** 20).toFixed(1),
        'before MiB': (before.JSHeapUsedSize / 2 ** 20).toFixed(1),
      },
    ])
    if (seconds > MINUTE) console.table(memory.table())
    return { rest, busy: busy / seconds, events: stream.told / seconds }
  } finally {
    await browser.close()
    server.stop()
  }
}

/** All nodes, and the events of a value that spreads among them, from 0 ms on. */
function oneSpread(nodes: number): {
  readonly names: readonly string[]
  readonly events: readonly GossipEvent[]
} {
  const events: GossipEvent[] = []
  const population = only(protocol('push', push))
  simulate({ ...RUN_DEFAULTS, nodes, population, seed: 1, run: 0, trace: (it) => events.push(it) })
  return {
    names: [...new Set(events.map(({ node }) => node))].sort(),
    events: events.filter(({ at, event }) => at < 1000 && event !== 'started'),
  }
}

/** As they are after so many values. */
function rowsOf(names: readonly string[], values: number): NodeRow[] {
  const sent = 5 * values
  const counts = {
    peers: names.length - 1,
    sent,
    received: sent,
    updates: values,
    ignored: 0,
    refused: 0,
    values: 1,
    uptime: 1,
  }
  const held =
    values === 0
      ? { value: null, timestamp: null }
      : { value: `value ${values}`, timestamp: FIRST + values - 1 }
  const about = { state: 'runs', strategy: 'push', interested: true, ...held } as const
  return names.map((address, number) => ({ number, address, ...about, ...counts }))
}

/** The timestamp of the first value. */
const FIRST = 1_000_000

/** Tells of so many spreads a second, each as it would happen. */
class Stream {
  told = 0
  readonly #timer: NodeJS.Timeout

  constructor(source: FakeSource, names: readonly string[], spread: readonly GossipEvent[], values: number) {
    const beganAt = performance.now()
    const underWay: { readonly since: number; readonly timestamp: number; next: number }[] = []
    let begun = 0
    let rowsAt = 0
    this.#timer = setInterval(() => {
      const now = performance.now() - beganAt
      for (; begun < (now * values) / 1000; begun++)
        underWay.push({ since: (begun * 1000) / values, timestamp: FIRST + begun, next: 0 })
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
      if (now < rowsAt) return
      rowsAt = now + ROWS_MS
      source.tell({ kind: 'nodes', nodes: rowsOf(names, begun) })
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
