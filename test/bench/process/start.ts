/**
 * What it costs to start, beside a bare process that loads zod: commands, a node until it listens; and a cluster whose
 * nodes have a process each until all know each other, beside as many bare processes that only link up.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePorts } from '../../cli/run.ts'
import type { Row } from '../row.ts'
import { floor, gossip, Serving, timeOf } from './child.ts'

const COMMANDS = [['--version'], ['strategies'], ['propagate', '--help']]
const REPEATS = 11
/** Of clusters: the larger ones take longest. */
const CLUSTERS: readonly (readonly [nodes: number, repeats: number])[] = [
  [10, 3],
  [50, 1],
  [100, 1],
]
const KNOWN_MS = 600_000

export async function commandsAndNode(): Promise<Row[]> {
  return [...commands(), await listening()]
}

/** On a busy machine the larger ones take minutes. */
export const clusters = CLUSTERS.map(
  ([nodes, repeats]) =>
    async (): Promise<Row[]> => [await processes(nodes, repeats)],
)

function commands(): Row[] {
  const bare: number[] = []
  const ours = COMMANDS.map((): number[] => [])
  for (let i = 0; i < REPEATS; i++) {
    bare.push(timeOf([floor('zod')]))
    for (const [k, words] of COMMANDS.entries()) ours[k]!.push(timeOf([gossip, ...words]))
  }
  return COMMANDS.map((words, k) => ({
    what: `gossip ${words.join(' ')}, ms`,
    floor: bare,
    ours: ours[k]!,
    goal: 1.5,
  }))
}

async function listening(): Promise<Row> {
  const bare: number[] = []
  const ours: number[] = []
  for (let i = 0; i < REPEATS; i++) {
    bare.push(await untilListening(Serving.bare()))
    ours.push(await untilListening(Serving.node()))
  }
  return { what: 'gossip node until it listens, ms', floor: bare, ours, goal: 1.5 }
}

async function untilListening(starting: Promise<Serving>): Promise<number> {
  const it = await starting
  await it.end()
  return it.ms
}

async function processes(nodes: number, repeats: number): Promise<Row> {
  const bare: number[] = []
  const ours: number[] = []
  for (let i = 0; i < repeats; i++) {
    const port = String(await freePorts(nodes))
    const flags = ['-n', String(nodes), '--processes', '--base-port', port]
    bare.push(await untilKnown([floor('mesh'), String(nodes), port]))
    ours.push(await untilKnown([gossip, 'cluster', ...flags]))
  }
  return { what: `${nodes} --processes until all know all, ms`, floor: bare, ours, goal: 2 }
}

async function untilKnown(words: readonly string[]): Promise<number> {
  const beganAt = performance.now()
  // By the channel it learns that the benchmark is gone.
  const it = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] })
  const over = once(it, 'exit')
  await said(it, 'know each other')
  const ms = performance.now() - beganAt
  it.kill('SIGTERM')
  await over
  return ms
}

async function said(it: ChildProcess, words: string): Promise<void> {
  const signal = AbortSignal.timeout(KNOWN_MS)
  let text = ''
  while (!text.includes(words)) text += (await once(it.stdout!, 'data', { signal }))[0]
}
