/**
 * The thread of `runHere`: performs one command line after the other, and says of each what it printed and its exit
 * code. The first end counts, as in a process: what a command does after it is not told. So it is for commands that leave
 * nothing running: what goes on would speak into the next one's answer.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { perform, setUp } from '../../src/cli/main.ts'

export interface Asked {
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Told {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const program =
  workerData === 'propagate'
    ? (await import('../../src/cli/command/propagate.ts')).propagateCommand
    : await (await import('../../src/cli/program.ts')).programOf()
setUp(program)

let told: { stdout: string; stderr: string } | undefined
for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = (chunk: unknown, ...rest: unknown[]): boolean => {
    if (told !== undefined) told[name] += String(chunk)
    const done = rest.findLast((it) => typeof it === 'function')
    if (done !== undefined) process.nextTick(done as () => void)
    return true
  }
}

const ownExits = process.listeners('exit')

function end(code: number): void {
  if (told === undefined) return
  for (const it of process.listeners('exit').filter((it) => !ownExits.includes(it))) {
    process.off('exit', it)
    it.call(process, code)
  }
  const outcome: Told = { code, ...told }
  told = undefined
  parentPort!.postMessage(outcome)
}

process.exit = (code = process.exitCode): never => {
  end(Number(code ?? 0))
  throw new Error('the command has ended')
}

/** What a command listens to ends with it, as it would with a process. */
const ownEvents = new Set(process.eventNames())
function forgetListeners(): void {
  for (const name of process.eventNames()) if (!ownEvents.has(name)) process.removeAllListeners(name)
}

parentPort!.on('message', async ({ words, env }: Asked) => {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.argv = [process.execPath, ...words]
  process.exitCode = undefined
  forgetListeners()
  told = { stdout: '', stderr: '' }
  await perform(program).catch(() => {})
  end(Number(process.exitCode ?? 0))
  process.exitCode = undefined
})
