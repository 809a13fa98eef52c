/** The same check in threads of its own, over which the seeds are spread, and which can be ended. */
import { type Located, locateStrategy } from '../../loader/load.ts'
import { SideDoor } from '../../loader/side-doors.ts'
import { TIMEOUT_MS } from '../../watchdog/stall.ts'
import { Stuck } from '../../watchdog/threads.ts'
import { openPool } from '../parallel/pool.ts'
import { checkSettings } from './check.ts'
import type { ClaimResult, SeedReport } from './claims.ts'
import type { CheckSettings } from './settings.ts'
import { stuckVerdicts, unrunVerdicts, verdicts } from './verdicts.ts'
import type { Seeds, WorkerData } from './worker.ts'

export interface Checked {
  readonly strategy: Located
  /** Its name or path, as it was typed. */
  readonly which: string
  readonly set: Readonly<Record<string, unknown>>
}

/** A check's runs are small. */
const HEAP_MB = 1024
/** Seeds in one task, and with how few a second thread would start for longer than it works. */
const CHUNK = 5

/**
 * A verdict on a strategy by its name, or the path of its file.
 * @throws {Error} one line: no such strategy, or a fault in its file
 */
export async function checkNamed(
  which: string,
  set: Readonly<Record<string, unknown>>,
  given: Partial<CheckSettings>,
  workers: number,
  timeout?: number,
): Promise<ClaimResult[]> {
  let strategy: Located
  try {
    strategy = locateStrategy(which, true)
  } catch (error) {
    if (!(error instanceof SideDoor)) throw error
    return unrunVerdicts('no own clock, dice or I/O', error.message)
  }
  return checkInThreads({ strategy, which, set }, given, workers, timeout)
}

/**
 * @param timeout ms after which a handler counts as one that does not come back
 * @throws {Error} one line
 */
export async function checkInThreads(
  { strategy, which, set }: Checked,
  given: Partial<CheckSettings>,
  workers: number,
  timeout = TIMEOUT_MS,
): Promise<ClaimResult[]> {
  const settings = checkSettings(given)
  const { nodes, seed, seeds } = settings
  const chunks = Array.from({ length: Math.ceil(seeds / CHUNK) }, (_, i): Seeds => {
    const from = seed + i * CHUNK
    return { from, to: Math.min(from + CHUNK, seed + seeds) }
  })
  const data: WorkerData = { strategy, options: set, nodes, seed, door: strategy.door }
  const threads = Math.min(workers, chunks.length)
  const file = new URL('./worker.js', import.meta.url)
  const pool = openPool<Seeds, SeedReport[]>(file, threads, data, timeout, HEAP_MB)
  try {
    const reports = await Promise.all(chunks.map((chunk) => pool.run(chunk)))
    return verdicts(reports.flat(), { which, set }, settings)
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return stuckVerdicts(error, strategy.door, { which, set }, settings)
  } finally {
    await pool.destroy()
  }
}
