/**
 * How long it takes until a recording of 1,000 nodes can be opened in a
 * browser, and what memory that takes, beside a process that only parses each of its lines; and until a browser shows it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import type { GossipEvent } from '../../src/measure/event.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import push from '../../src/strategy/push.ts'
import { launch, skip, visit } from '../page/browser.ts'
import { floor, gossip } from './process/child.ts'
import type { Bench } from './row.ts'

const NODES = 1000
/** Ms of a run that are recorded: after that push repeats itself. */
const UNTIL_MS = 1000
const LISTENS_MS = 600_000

export const recording =
  (events = 10_000_000, repeats = 3): Bench =>
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gossip-bench-'))
    const file = join(folder, 'run.jsonl')
    try {
      write(file, events)
      const bare: Parsed[] = []
      const ours: Opened[] = []
      for (let i = 0; i < repeats; i++) {
        bare.push(parsed(file))
        ours.push(await opened(file))
      }
      const floor = bare.map((it) => it.seconds)
      const what = `a recording of ${events} events`
      return [
        { what: `${what} can be opened, s (goal 10)`, floor, ours: ours.map((it) => it.listens), digits: 1 },
        { what: `${what} is shown by a browser, s`, floor, ours: ours.map((it) => it.shown), digits: 1 },
        { what: `${what}, MiB`, floor: bare.map((it) => it.mib), ours: ours.map((it) => it.mib) },
      ]
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

/** One value after the other, each as it spreads in a simulated run. */
function write(path: string, events: number): void {
  const run: GossipEvent[] = []
  const population = only(protocol('push', push))
  simulate({ ...RUN_DEFAULTS, nodes: NODES, population, seed: 1, run: 0, trace: (it) => run.push(it) })
  const starts = run.filter((it) => it.event === 'started')
  const spread = run.filter((it) => it.event !== 'started' && it.at < UNTIL_MS)
  const file = openSync(path, 'w')
  let left = events
  const add = (more: readonly GossipEvent[]): void => {
    const lines = more.slice(0, left).map((it) => `${JSON.stringify(it)}\n`)
    writeSync(file, lines.join(''))
    left -= lines.length
  }
  add(starts)
  for (let shift = 0; left > 0; shift += UNTIL_MS)
    add(spread.map((it) => ({ ...it, at: it.at + shift, timestamp: (it.timestamp ?? 0) + shift })))
  closeSync(file)
}

interface Parsed {
  readonly seconds: number
  readonly mib: number
}

function parsed(file: string): Parsed {
  const beganAt = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [floor('lines'), file], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return { seconds: (performance.now() - beganAt) / 1000, mib: Number(stdout) }
}

interface Opened {
  /** Seconds until the address is told, and from the beginning until a browser shows all. */
  readonly listens: number
  readonly shown: number
  /** Most that the process has held. */
  readonly mib: number
}

async function opened(file: string): Promise<Opened> {
  const browser = skip === false ? await launch() : undefined
  const beganAt = performance.now()
  const seconds = (): number => (performance.now() - beganAt) / 1000
  const words = [gossip, 'view', '--trace', file, '--http-port', '0']
  const view = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [said] = await once(view.stdout, 'data', { signal: AbortSignal.timeout(LISTENS_MS) })
    const listens = seconds()
    if (browser !== undefined) await show(browser, /http:\S+/.exec(String(said))![0])
    const shown = browser === undefined ? Number.NaN : seconds()
    const [, kib] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${view.pid}/status`, 'utf8'))!
    return { listens, shown, mib: Number(kib) / 1024 }
  } finally {
    const over = once(view, 'exit')
    view.kill('SIGKILL')
    await over
    await browser?.close()
  }
}

async function show(browser: Browser, url: string): Promise<void> {
  const { page } = await visit(browser, url)
  await page.locator('.graph[data-mode=replay], .stream').first().waitFor({ state: 'attached' })
}
