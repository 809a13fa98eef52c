/** Runs a program: one line and exit code 1 for a user's mistake, never a stack trace. */
import type { Command } from 'commander'
import { isClosedPipe } from '../files/output.ts'
import { version } from '../loader/version.ts'
import { describe } from '../parse/system-errors.ts'
import { printableLines } from '../text/printable.ts'
import { complain } from './output/terminal.ts'

/** Columns of a help text, where the terminal has no less. */
const HELP_WIDTH = 100
/** Characters of a complaint. */
const MOST_SAID = 2000

export async function main(program: Command): Promise<void> {
  setUp(program)
  // A closed pipe (| head) is no fault.
  process.stdout.on('error', (error) => {
    if (isClosedPipe(error)) process.exit(0)
    fail(`standard output: ${describe(error)}`)
  })
  process.stderr.on('error', () => {})
  // Whoever started it and would have ended it (a cluster, --watch) is gone, however that came.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
  await perform(program)
}

/** Once a program, before it is performed. */
export function setUp(program: Command): void {
  program.showSuggestionAfterError(true)
  program.version(version(), '-V, --version', 'print the version')
  const getOutHelpWidth = (): number => Math.min(process.stdout.columns ?? HELP_WIDTH, HELP_WIDTH)
  const outputError = (text: string, write: (text: string) => void): void => write(readable(text))
  for (const it of [program, ...program.commands]) it.configureOutput({ getOutHelpWidth, outputError })
}

/** Does what the command line says. */
export async function perform(program: Command): Promise<void> {
  try {
    await program.parseAsync()
  } catch (error) {
    if (isClosedPipe(error)) process.exit(0)
    fail(describe(error))
  }
}

/** What commander says of a mistake quotes it as it was typed, however odd or long that is. */
function readable(text: string): string {
  const short = text.replace(/(argument|value|option|command) '([^']{60})[^']{20,}'/g, "$1 '$2...'")
  return printableLines(short.length > MOST_SAID ? `${short.slice(0, MOST_SAID)}...\n` : short)
}

/** Says what was wrong, a line each, and ends the process. */
export function fail(what: string | readonly string[]): never {
  for (const it of [what].flat()) complain(`error: ${it}`)
  process.exit(1)
}
