/** Runs a program: one line and exit code 1 for a user's mistake, never a stack trace. */
import type { Command } from 'commander'
import { describe } from '../daemon/system-faults.ts'

export async function main(program: Command): Promise<void> {
  program.showSuggestionAfterError(true)
  // A closed pipe (| head) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    await program.parseAsync()
  } catch (error) {
    fail(describe(error))
  }
}

/** Says what was wrong, and ends the process. */
export function fail(message: string): never {
  process.stderr.write(`error: ${message}\n`)
  process.exit(1)
}
