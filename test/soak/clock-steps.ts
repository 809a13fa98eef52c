/** Lets the clock of a process that is under way be set, as an administrator or a time server might. */
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const LOOK_MS = 200

/** What processes must be started with. @param folder where they are told what to add to the time */
export function environment(folder: string): Record<string, string> {
  const program = `
    import { readFileSync } from 'node:fs'
    const now = Date.now
    let ahead = 0
    Date.now = () => now() + ahead
    setInterval(() => {
      try { ahead = Number(readFileSync(${JSON.stringify(join(folder, 'clock-'))} + process.pid, 'utf8')) } catch {}
    }, ${LOOK_MS}).unref()`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` }
}

/** Sets the clock of a process to so many ms ahead of the right time, or behind if less than 0. */
export async function setAhead(folder: string, pid: number, ms: number): Promise<void> {
  const file = join(folder, `clock-${pid}`)
  await writeFile(`${file}.new`, `${ms}`)
  await rename(`${file}.new`, file)
}
