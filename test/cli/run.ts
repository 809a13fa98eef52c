/** Runs the commands in bin/ as a person would, in processes of their own. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Lifetime } from '../daemon/lifetime.ts'
import { until } from '../daemon/until.ts'

/** The project's folder, ending with a slash. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface Surroundings {
  /** The project whose commands are run. */
  readonly project?: string
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** File descriptors that it may open, hard: as a shell sets it. */
  readonly files?: number
  /** The user that it runs as, by number. */
  readonly user?: number
  /** What runs the command: a program and its arguments. */
  readonly wrapper?: readonly string[]
}

export interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** What the commands compile is kept no longer than these tests. */
const cache = mkdtempSync(join(tmpdir(), 'gossip-cache-'))
process.once('exit', () => rmSync(cache, { recursive: true, force: true }))

/** No command may run for longer. */
export const LIMIT_MS = 240_000

/** This process's environment, without what commands read their options from, and with a cache of its own. */
export function inherited(): Record<string, string | undefined> {
  const all = Object.entries(process.env).filter(([name]) => !name.startsWith('GOSSIP_'))
  return { ...Object.fromEntries(all), XDG_CACHE_HOME: cache }
}

/** A command that goes on until it is told to end. */
export class Running {
  readonly process: ChildProcess
  stdout = ''
  stderr = ''
  readonly ended: Promise<Outcome>

  /** @param command a program of bin/ and its words, divided by blanks; or a list of them, which may hold some */
  constructor(t: Lifetime, command: string | readonly string[], around: Surroundings = {}) {
    const { project = root, env = {}, cwd = project, files, user, wrapper = [] } = around
    const [program, ...args] = typeof command === 'string' ? command.split(' ').filter(Boolean) : command
    const words = [process.execPath, `${project}bin/${program}`, ...args]
    const shell = files === undefined ? [] : ['sh', '-c', `ulimit -n ${files}; exec "$@"`, 'sh']
    const [first, ...others] = [...wrapper, ...shell, ...words]
    this.process = spawn(first!, others, {
      cwd,
      env: { ...inherited(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(user === undefined ? {} : { uid: user, gid: user }),
    })
    this.process.stdout?.setEncoding('utf8').on('data', (text) => {
      this.stdout += text
    })
    this.process.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text
    })
    this.ended = once(this.process, 'close').then(([code, signal]) => {
      const { stdout, stderr } = this
      return { code, signal, stdout, stderr }
    })
    t.after(() => void this.process.kill('SIGKILL'))
  }

  /** What `pattern` finds on stdout. */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return until(
      `it says ${pattern}`,
      () => {
        const found = pattern.exec(this.stdout)
        if (found === null && this.process.exitCode !== null) throw new Error(`it ended: ${this.stderr}`)
        return found
      },
      LIMIT_MS,
    )
  }

  async end(signal: NodeJS.Signals): Promise<Outcome> {
    this.process.kill(signal)
    return this.ended
  }
}

/** Runs a command to its end. */
export async function run(
  t: Lifetime,
  command: string | readonly string[],
  around: Surroundings = {},
): Promise<Outcome> {
  const running = new Running(t, command, around)
  const timer = setTimeout(() => running.process.kill('SIGKILL'), LIMIT_MS)
  const outcome = await running.ended
  clearTimeout(timer)
  return outcome
}

/** Runs a script of bash to its end, in which `gossip` is ours. */
export async function inShell(t: Lifetime, script: string, cwd: string): Promise<Outcome> {
  const env = { ...process.env, PATH: `${root}bin:${process.env.PATH}` }
  const shell = spawn('bash', ['-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const end = (): void => {
    if (shell.exitCode === null && shell.signalCode === null) process.kill(-shell.pid!, 'SIGKILL')
  }
  t.after(end)
  const timer = setTimeout(end, LIMIT_MS)
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    once(shell, 'close'),
  ])
  clearTimeout(timer)
  return { code, signal, stdout, stderr }
}

/** Wrong use: exit code 1, nothing on stdout, and one line that says what is wrong, perhaps one with a suggestion. */
export function assertRefused({ code, stdout, stderr }: Outcome, says: RegExp): void {
  const lines = stderr.trimEnd().split('\n')
  assert.match(stderr, says)
  assert.equal(lines.length, lines[1]?.startsWith('(Did you mean') ? 2 : 1, stderr)
  assert.ok(stderr.length < 600, stderr)
  assert.equal(stdout, '')
  assert.equal(code, 1)
}

/** The objects that a text of JSON lines holds. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
export function jsonLines(text: string): any[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Ports that were given to tests of this process: whoever got them may not listen there yet. */
const given = new Set<number>()

/** The first of `count` ports in a row that are free on 127.0.0.1, below those that the system gives away. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const base = 12_000 + Math.floor(Math.random() * 18_000)
    const ports = Array.from({ length: count }, (_, i) => base + i)
    if (ports.some((it) => given.has(it))) continue
    for (const it of ports) given.add(it)
    const free = await Promise.all(ports.map(isFree))
    if (free.every(Boolean)) return base
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
