/** The compiler, as the page has it: in a worker of its own. */
import { type Remote, wrap } from 'comlink'
import type { Compiled } from './compiled.ts'
import type { CompilerWorker } from './worker.ts'

/** Ms until an answer: the first takes seconds on a slow machine. */
const PATIENCE = 60_000

export interface Compiler {
  /** For the editor, which speaks to it as someone types. */
  readonly worker: Remote<CompilerWorker>
  /**
   * @param fileName ends with .ts
   * @throws {Error} (rejects) one line: the compiler can't be had, or does not answer
   */
  compile(source: string, fileName: string): Promise<Compiled>
  /** Nothing is answered afterwards. */
  close(): void
}

/** @param url of the bundled `worker.ts`; loaded at once, answers come when it is there */
export function openCompiler(url: string | URL): Compiler {
  const thread = new Worker(url, { type: 'module', name: 'compiler' })
  const worker = wrap<CompilerWorker>(thread)
  const failed = new Promise<never>((_, reject) => {
    thread.onerror = ({ message }) =>
      reject(new Error(`the compiler failed: ${message ?? 'it was not loaded'}`))
  })
  failed.catch(() => {})
  return {
    worker,
    compile: (source, fileName) => within(PATIENCE, Promise.race([worker.compile(source, fileName), failed])),
    close: () => thread.terminate(),
  }
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the compiler did not answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
