/**
 * --watch: runs this very command again, in a process of its own, whenever a strategy file is saved. A new process
 * compiles what changed and loads it afresh, and can be ended at any moment.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { z } from 'zod'
import { isPipe } from '../files/bytes.ts'
import { root } from '../loader/root.ts'
import { changes, type Figures, figuresSchema } from './output/figure-changes.ts'
import { complain } from './output/terminal.ts'

/** Ms without another save after which it runs: editors write a file in several steps. */
const QUIET_MS = 150
/** Ms that a run has to end when it is told to. */
const END_MS = 3000

const message = z.union([z.object({ figures: figuresSchema }), z.object({ quits: z.literal(true) })])

/** Tells the process that watches, if there is one, what the figures are. */
export function tellWatcher(figures: Figures): void {
  process.send?.({ figures })
}

/** Ends this process because its user said so, and with it the one that watches, if there is one. */
export function quit(): void {
  if (process.send === undefined) process.exit(0)
  process.send({ quits: true }, () => process.exit(0))
}

/**
 * @param strategies names, and paths of files
 * @returns only when it is interrupted
 * @throws {Error} one line, if one of the files is a pipe
 */
export async function watchStrategies(strategies: readonly string[]): Promise<void> {
  const pipe = process.argv.slice(2).find(isPipe)
  if (pipe !== undefined) throw new Error(`--watch runs it again and again: ${pipe} can be read only once`)
  let wake = (): void => {}
  const say = complain
  let isOver = false
  const runner = new Runner(say, () => stop())
  const watchers = folders(strategies).map(({ folder, isOurs }) => {
    let timer: NodeJS.Timeout | undefined
    return watch(folder, (_event, file) => {
      if (file === null || !isOurs(file)) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        say(`\n${file} was saved`)
        wake()
      }, QUIET_MS)
    })
  })
  const stop = (): void => {
    isOver = true
    for (const it of watchers) it.close()
    wake()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  while (!isOver) {
    const saved = new Promise<'saved'>((done) => {
      wake = () => done('saved')
    })
    runner.start()
    if ((await Promise.race([saved, runner.ended])) !== 'saved' && !isOver) {
      say('waits for the next save of a strategy (Ctrl-C ends)')
      await saved
    }
    await runner.stop()
  }
}

/** One run at a time, and what the one before it came to. */
class Runner {
  readonly #say: (line: string) => void
  readonly #quit: () => void
  #child: ChildProcess | undefined
  #before: Figures | undefined
  ended: Promise<void> = Promise.resolve()

  /** @param quit called when the user ends the run, and does not just wait for another */
  constructor(say: (line: string) => void, quit: () => void) {
    this.#say = say
    this.#quit = quit
  }

  start(): void {
    const words = process.argv.slice(1).filter((it) => it !== '--watch')
    const child = spawn(process.execPath, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.on('message', (it) => this.#hear(it))
    this.ended = new Promise((done) => child.once('close', () => done()))
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGTERM')
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), END_MS)
    await this.ended
    clearTimeout(timer)
  }

  #hear(it: unknown): void {
    const told = message.parse(it)
    if ('quits' in told) {
      this.#quit()
      return
    }
    const { figures } = told
    if (this.#before !== undefined) this.#say(changes(this.#before, figures))
    this.#before = figures
  }
}

interface Folder {
  readonly folder: string
  isOurs(file: string): boolean
}

function folders(strategies: readonly string[]): Folder[] {
  const paths = strategies.filter((it) => it.endsWith('.ts')).map((it) => resolve(it))
  return [
    ...['strategy', 'membership'].map((it) => ({
      folder: `${root}src/${it}`,
      isOurs: (file: string) => file.endsWith('.ts'),
    })),
    ...paths.map((path) => ({ folder: dirname(path), isOurs: (file: string) => file === basename(path) })),
  ]
}
