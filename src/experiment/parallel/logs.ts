/** What strategies log in a run, on stderr: from any thread, at once, and not without end. */
import { writeSync } from 'node:fs'
import type { GossipEvent } from '../../measure/event.ts'
import { printable } from '../../text/printable.ts'

/** Lines of one run. */
const MOST_LINES = 10_000

/** Writes a line each, with time and node. */
export function logsToTerminal(): (event: GossipEvent) => void {
  let lines = 0
  return ({ at, node, text }) => {
    lines += 1
    if (lines > MOST_LINES) return
    const line = printable(`${Number(at.toFixed(3))} ${node}: ${text}`)
    write(lines < MOST_LINES ? line : 'what the strategy logs from here on is left out')
  }
}

function write(line: string): void {
  try {
    writeSync(2, `${line}\n`)
  } catch {
    // Nobody reads it, or too slowly.
  }
}
