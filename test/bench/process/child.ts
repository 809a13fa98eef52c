/** Processes that are measured: our commands, and what does the least that could do the same. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { freePorts } from '../../cli/run.ts'

export const gossip = fileURLToPath(new URL('../../../../bin/gossip', import.meta.url))
const LISTENS_MS = 30_000

export function floor(name: 'zod' | 'server' | 'mesh' | 'lines'): string {
  return fileURLToPath(new URL(`./floor/${name}.js`, import.meta.url))
}

/** Ms that a command takes. */
export function timeOf(words: readonly string[]): number {
  const beganAt = performance.now()
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - beganAt
}

/** Ms of the processor that all threads of that process have used. */
export function cpuOf({ pid }: ChildProcess): number {
  const tasks = `/proc/${pid}/task`
  const used = (task: string) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0])
  return readdirSync(tasks).reduce((sum, it) => sum + used(it), 0) / 1e6
}

/** A process that serves, from when it says to its parent that it listens. */
export class Serving {
  readonly ms: number
  readonly port: number
  readonly #process: ChildProcess

  private constructor(process: ChildProcess, ms: number, port: number) {
    this.#process = process
    this.ms = ms
    this.port = port
  }

  static async start(words: readonly string[], port: number): Promise<Serving> {
    const beganAt = performance.now()
    // What it logs is read, and thrown away.
    const it = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    it.stdout!.resume()
    await once(it, 'message', { signal: AbortSignal.timeout(LISTENS_MS) })
    return new Serving(it, performance.now() - beganAt, port)
  }

  /** The least that could be one. */
  static async bare(): Promise<Serving> {
    const port = await freePorts(1)
    return Serving.start([floor('server'), String(port)], port)
  }

  /** A node of ours, which knows nobody. */
  static async node(...flags: readonly string[]): Promise<Serving> {
    const port = await freePorts(1)
    return Serving.start([gossip, 'node', '--port', String(port), '--join', '127.0.0.1:1', ...flags], port)
  }

  /** MiB of its own, and its part of what it shares. */
  get mib(): number {
    const text = readFileSync(`/proc/${this.#process.pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+)/m.exec(text)![1]) / 1024
  }

  /** Ms of the processor. */
  get cpu(): number {
    return cpuOf(this.#process)
  }

  async end(): Promise<void> {
    const over = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await over
  }
}
