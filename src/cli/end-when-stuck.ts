/** A handler that does not come back ends the process: one line that names strategy, handler and place, exit code 1. */
import { closeSync } from 'node:fs'
import type { Command } from 'commander'
import { placeInStrategies } from '../loader/load.ts'
import { watchMainThread } from '../watchdog/main-thread.ts'
import { handlerTimeout } from './handler-timeout.ts'
import { complain } from './output/terminal.ts'

/** Commands that run strategies in their own thread. */
const RUN_STRATEGIES: readonly string[] = [
  'node',
  'cluster',
  'simulate',
  'compare',
  'strategies',
  'memberships',
]

let say = (line: string): void => complain(`error: ${line}`)

export function guard(command: Command): void {
  if (RUN_STRATEGIES.includes(command.name())) watchMainThread(end, handlerTimeout())
}

/** Where a log is read it is said there. */
export function sayStuck(inLog: (line: string) => void): void {
  say = inLog
}

function end(what: string, stack: readonly string[]): void {
  const error = new Error(what)
  error.stack = stack.join('\n')
  const place = placeInStrategies(error)
  say(place === undefined ? what : `${what} (${place})`)
  // The platform would tell there of the debugger that held it.
  if (process.stderr.fd === 2) closeSync(2)
  process.exit(1)
}
