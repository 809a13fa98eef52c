/** Runs a program: one line and exit code 1 for a user's mistake, never a stack trace. */
import type { Command } from 'commander'
import { describe } from '../daemon/system-faults.ts'
import { version } from '../loader/version.ts'
import { complain } from './terminal.ts'

/** Columns of a help text, where the terminal has no less. */
const HELP_WIDTH = 100

export async function main(program: Command): Promise<void> {
  program.showSuggestionAfterError(true)
  program.version(version(), '-V, --version', 'print the version')
  const getOutHelpWidth = (): number => Math.min(process.stdout.columns ?? HELP_WIDTH, HELP_WIDTH)
  for (const it of [program, ...program.commands]) it.configureOutput({ getOutHelpWidth })
  // A closed pipe (| head) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    await program.parseAsync()
  } catch (error) {
    fail(describe(error))
  }
}

/** Says what was wrong, a line each, and ends the process. */
export function fail(...messages: readonly string[]): never {
  for (const it of messages) complain(`error: ${it}`)
  process.exit(1)
}
