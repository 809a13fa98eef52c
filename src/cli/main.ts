/** Runs a program: one line and exit code 1 for a user's mistake, never a stack trace. */
import type { Command } from 'commander'
import { describe } from '../daemon/system-faults.ts'
import { version } from '../loader/version.ts'

/** Columns of a help text, where the terminal has no less. */
const HELP_WIDTH = 100

export async function main(program: Command): Promise<void> {
  program.showSuggestionAfterError(true)
  program.version(version(), '-V, --version', 'print the version')
  const getOutHelpWidth = (): number => Math.min(process.stdout.columns ?? HELP_WIDTH, HELP_WIDTH)
  for (const it of [program, ...program.commands]) it.configureOutput({ getOutHelpWidth })
  // A closed pipe (| head) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    fail(`standard output: ${describe(error)}`)
  })
  // Whoever started it and would have ended it (a cluster, --watch) is gone, however that came.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
  try {
    await program.parseAsync()
  } catch (error) {
    fail(describe(error))
  }
}

/** Says what was wrong, a line each, and ends the process. */
export function fail(...messages: readonly string[]): never {
  for (const it of messages) process.stderr.write(`error: ${it}\n`)
  process.exit(1)
}
