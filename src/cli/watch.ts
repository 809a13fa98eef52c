/**
 * --watch: runs this very command again, in a process of its own, whenever a strategy file is saved. A new process
 * compiles what changed and loads it afresh, and can be ended at any moment.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { z } from 'zod'
import { root } from '../loader/root.ts'
import { changes, type Figures, figuresSchema } from './changes.ts'

/** Ms without another save after which it runs: editors write a file in several steps. */
const QUIET_MS = 150
/** Ms that a run has to end when it is told to. */
const END_MS = 3000

const message = z.object({ figures: figuresSchema })

/** Tells the process that watches, if there is one, what the figures are. */
export function tellWatcher(figures: Figures): void {
  process.send?.({ figures })
}

/** @param strategies names, and paths of files. @returns only when it is interrupted */
export async function watchStrategies(strategies: readonly string[]): Promise<void> {
  let wake = (): void => {}
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const runner = new Runner(say)
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
  let isOver = false
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
  #child: ChildProcess | undefined
  #before: Figures | undefined
  ended: Promise<void> = Promise.resolve()

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  start(): void {
    const words = process.argv.slice(1).filter((it) => it !== '--watch')
    const child = spawn(process.execPath, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.on('message', (it) => this.#compare(it))
    this.ended = new Promise((done) => child.once('close', () => done()))
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGTERM')
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), END_MS)
    await this.ended
    clearTimeout(timer)
  }

  #compare(it: unknown): void {
    const { figures } = message.parse(it)
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
    { folder: `${root}src/strategy`, isOurs: (file) => file.endsWith('.ts') },
    ...paths.map((path) => ({ folder: dirname(path), isOurs: (file: string) => file === basename(path) })),
  ]
}
