/**
 * What processes that are soaked are started with: a clock that can be set while they are under way, as an
 * administrator or a time server might, and the word of what they hold once all garbage is gone. What the system sees
 * of a process also has what the engine took and keeps: that moves by tens of MiB for no reason of ours.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from '../daemon/until.ts'

const LOOK_MS = 200
/** A process that others keep from the processor may be slow to answer. */
const ANSWER_MS = 20_000

/** @param folder where processes are told what to add to the time, and tell what they hold */
export function environment(folder: string): Record<string, string> {
  const program = `
    import { readFileSync, renameSync, writeFileSync } from 'node:fs'
    import { setFlagsFromString } from 'node:v8'
    import { runInNewContext } from 'node:vm'
    const now = Date.now
    let ahead = 0
    Date.now = () => now() + ahead
    setInterval(() => {
      try { ahead = Number(readFileSync(${JSON.stringify(join(folder, 'clock-'))} + process.pid, 'utf8')) } catch {}
    }, ${LOOK_MS}).unref()
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc')
    process.on('SIGUSR2', () => {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      const file = ${JSON.stringify(join(folder, 'memory-'))} + process.pid
      writeFileSync(file + '.new', String(heapUsed + external))
      renameSync(file + '.new', file)
    })`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` }
}

/** Sets the clock of a process to so many ms ahead of the right time, or behind if less than 0. */
export async function setAhead(folder: string, pid: number, ms: number): Promise<void> {
  const file = join(folder, `clock-${pid}`)
  await writeFile(`${file}.new`, `${ms}`)
  await rename(`${file}.new`, file)
}

/** @returns bytes that a process can reach, of the heap and outside */
export async function reachableBy(folder: string, pid: number): Promise<number> {
  const file = join(folder, `memory-${pid}`)
  await rm(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  return until(
    'it says what it holds',
    async () => Number(await readFile(file, 'utf8').catch(() => '')),
    ANSWER_MS,
  )
}
