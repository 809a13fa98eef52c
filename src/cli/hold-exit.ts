/**
 * A command that ends with 0 only if something holds (bounds, a scenario's end) runs strategies in its own process, as
 * they are loaded and maybe as they run: one that ends the process has not earned the 0.
 */
import { isMainThread } from 'node:worker_threads'
import { complain } from './output/terminal.ts'

/** @returns what says that it was earned */
export function holdExit(): () => void {
  // Elsewhere an exit ends a thread.
  if (!isMainThread) return () => {}
  let isEarned = false
  // What `process.exit` calls, too; a strategy is loaded later, and finds only this one.
  const platform = process as typeof process & { reallyExit(code: unknown): never }
  const exit = platform.reallyExit.bind(process)
  platform.reallyExit = (code) => exit(isEarned ? code : refused(code))
  process.on('exit', (code) => {
    if (!isEarned && code === 0) platform.reallyExit(code)
  })
  return () => {
    isEarned = true
  }
}

function refused(code: unknown): number {
  if (Number(code) !== 0) return Number(code)
  complain('error: it ended before its bounds were looked at, as a strategy does that calls process.exit')
  return 1
}
