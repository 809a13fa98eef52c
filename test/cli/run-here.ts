/**
 * Runs the commands in bin/ in a thread of this process, which has loaded them once: for commands that end by themselves
 * and leave nothing running, and whose tests are not about processes. It saves 0.4 s of CPU each.
 */
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { Worker } from 'node:worker_threads'
import type { Asked, Told } from './command-thread.ts'
import { inherited, LIMIT_MS, type Outcome, root, type Surroundings } from './run.ts'

const threads = new Map<string, Worker>()
/** One command at a time: they share a thread, and its environment. */
let last: Promise<unknown> = Promise.resolve()

/** As `run` does, to its end. */
export function runHere(
  _t: TestContext,
  command: string | readonly string[],
  { env = {}, cwd = root }: Pick<Surroundings, 'env' | 'cwd'> = {},
): Promise<Outcome> {
  const words = typeof command === 'string' ? command.split(' ').filter(Boolean) : command
  const outcome = last.then(() => performIn(cwd, words, { ...inherited(), ...env }))
  last = outcome.catch(() => {})
  return outcome
}

/** All threads of a process share the folder that it is in. */
async function performIn(cwd: string, words: readonly string[], env: Asked['env']): Promise<Outcome> {
  const before = process.cwd()
  process.chdir(cwd)
  try {
    return await perform(words, env)
  } finally {
    process.chdir(before)
  }
}

async function perform(command: readonly string[], env: Asked['env']): Promise<Outcome> {
  const [program = '', ...args] = command
  const thread = threadOf(program)
  const asked: Asked = { words: [`${root}bin/${program}`, ...args], env }
  thread.ref()
  thread.postMessage(asked)
  const signal = AbortSignal.timeout(LIMIT_MS)
  try {
    const [{ code, stdout, stderr }] = (await once(thread, 'message', { signal })) as [Told]
    return { code, signal: null, stdout, stderr }
  } catch (error) {
    // It takes too long, or has thrown where nobody could catch it.
    threads.delete(program)
    await thread.terminate()
    throw new Error(`${command.join(' ')}: ${(error as Error).message}`, { cause: error })
  } finally {
    // What goes on in it after its command has ended keeps nobody here.
    thread.unref()
  }
}

function threadOf(program: string): Worker {
  const known = threads.get(program)
  if (known !== undefined) return known
  const thread = new Worker(new URL('./command-thread.js', import.meta.url), { workerData: program })
  threads.set(program, thread)
  return thread
}
