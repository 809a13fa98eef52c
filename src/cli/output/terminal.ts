/** All that commands print: what others may have written is shown, and does nothing to a terminal. */
import { LineLimiter } from '../../daemon/log/line-limiter.ts'
import { isStandardOutput } from '../../files/output.ts'
import { printableJson, printableLines } from '../../text/printable.ts'

/** Is standard output a file that was asked for? What else is said goes to stderr then. */
let isTaken = false

/**
 * @param outputs by the options that ask for them: paths, of which `-` is standard output
 * @throws {Error} one line, if two would write there
 */
export function shareStandardOutput(
  outputs: Readonly<Record<string, string | undefined>>,
  json: boolean | undefined,
): void {
  const named = Object.entries(outputs).filter(([, path]) => path !== undefined && isStandardOutput(path))
  const all = [...named.map((it) => it.join(' ')), ...(json ? ['--json'] : [])]
  if (named.length > 0 && all.length > 1)
    throw new Error(`${all.join(' and ')} both write to standard output: give one of them a file`)
  isTaken = named.length > 0
}

/** Lines. */
export function print(text: string): void {
  printOwn(printableLines(text))
}

/** Lines that were made here, maybe with colours: what others wrote in them was made printable before. */
export function printOwn(text: string): void {
  const to = isTaken ? process.stderr : process.stdout
  to.write(`${text}\n`)
}

/** An object on a line of its own. */
export function printJson(it: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(it))}\n`)
}

/** Characters that wait where nobody reads. */
const MAX_WAITING = 1 << 20
const limiter = new LineLimiter()

/** A line of what happens, which strangers may cause as often as they like: no more than so many are told. */
export function tell(text: string, to: NodeJS.WriteStream = isTaken ? process.stderr : process.stdout): void {
  const write = (line: string): void => {
    if (to.writableLength < MAX_WAITING) to.write(`${printableLines(line)}\n`)
  }
  if (limiter.admits(text, write)) write(text)
}

/** Lines beside the results. */
export function complain(text: string): void {
  process.stderr.write(`${printableLines(text)}\n`)
}
