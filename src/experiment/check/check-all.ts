/** The same check with its seeds spread over threads. */

import { type Located, loadLocated } from '../../loader/load.ts'
import { openPool } from '../pool.ts'
import { check, checkSettings } from './check.ts'
import type { ClaimResult, SeedReport } from './claims.ts'
import type { CheckSettings } from './settings.ts'
import { verdicts } from './verdicts.ts'
import type { Seeds, WorkerData } from './worker.ts'

export interface Checked {
  readonly strategy: Located
  /** Its name or path, as it was typed. */
  readonly which: string
  readonly set: Readonly<Record<string, unknown>>
}

/** Seeds in one task, and with how few a thread would start for longer than it works. */
const CHUNK = 5

/** @throws {Error} one line */
export async function checkInThreads(
  { strategy, which, set }: Checked,
  given: Partial<CheckSettings>,
  workers: number,
): Promise<ClaimResult[]> {
  const settings = checkSettings(given)
  const { nodes, seed, seeds } = settings
  const protocol = await loadLocated(strategy, set)
  if (workers === 1 || seeds <= CHUNK) return check(protocol, settings, { which, set })
  const chunks = Array.from({ length: Math.ceil(seeds / CHUNK) }, (_, i): Seeds => {
    const from = seed + i * CHUNK
    return { from, to: Math.min(from + CHUNK, seed + seeds) }
  })
  const data: WorkerData = { strategy, options: set, nodes }
  const threads = Math.min(workers, chunks.length)
  const pool = openPool<Seeds, SeedReport[]>(new URL('./worker.js', import.meta.url), threads, data)
  try {
    const reports = await Promise.all(chunks.map((chunk) => pool.run(chunk)))
    return verdicts(reports.flat(), { which, set }, settings)
  } finally {
    await pool.destroy()
  }
}
