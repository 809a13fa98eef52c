/** The same check in threads of its own, over which the seeds are spread, and which can be ended. */
import { type Located, locateMembership, locateStrategy } from '../../loader/load.ts'
import { membershipOf } from '../../loader/membership.ts'
import { SideDoor } from '../../loader/source-text/side-doors.ts'
import { TIMEOUT_MS } from '../../watchdog/stall.ts'
import { Stuck } from '../../watchdog/threads.ts'
import { openPool } from '../parallel/pool.ts'
import { checkSettings } from './check.ts'
import { CLAIMS, type ClaimResult, type SeedReport } from './claims.ts'
import type { MembersReport } from './membership/check-seed.ts'
import { MEMBERSHIP_CLAIMS } from './membership/claims.ts'
import { membershipVerdicts } from './membership/verdicts.ts'
import type { MembersWorkerData } from './membership/worker.ts'
import { type Named, replayOf, replayOfMembership, type Subject } from './replay-command.ts'
import { type CheckSettings, MEMBERSHIP_SEEDS } from './settings.ts'
import { stuckVerdicts, unrunVerdicts, verdicts } from './verdicts.ts'
import type { Seeds, WorkerData } from './worker.ts'

export interface Checked extends Subject {
  readonly strategy: Located
}

/** How long it may take. */
export interface Threads {
  readonly workers: number
  /** Ms after which a handler counts as one that does not come back. */
  readonly timeout?: number | undefined
}

/** A check's runs are small. */
const HEAP_MB = 1024
/** Seeds in one task, and with how few a second thread would start for longer than it works. */
const CHUNK = 5

/**
 * A verdict on a strategy by its name, or the path of its file.
 * @throws {Error} one line: no such strategy or membership, or a fault in a file
 */
export async function checkNamed(
  subject: Subject,
  given: Partial<CheckSettings>,
  threads: Threads,
): Promise<ClaimResult[]> {
  const located = judged(() => locateStrategy(subject.which, true))
  if (typeof located === 'string') return unrunVerdicts(CLAIMS, 'no own clock, dice or I/O', located)
  return checkInThreads({ ...subject, strategy: located }, given, threads)
}

/**
 * The same of a membership.
 * @throws {Error} one line: no such membership, or a fault in its file
 */
export async function checkMembership(
  named: Named,
  given: Partial<CheckSettings>,
  threads: Threads,
): Promise<ClaimResult[]> {
  const membership = judged(() => locateMembership(named.which, true))
  if (typeof membership === 'string')
    return unrunVerdicts(MEMBERSHIP_CLAIMS, 'no own clock, dice or I/O', membership)
  const settings = checkSettings({ seeds: MEMBERSHIP_SEEDS, ...given })
  const { nodes, seed } = settings
  const data: MembersWorkerData = { membership, options: named.set, nodes, seed }
  const reports = await inThreads<MembersReport>('./membership/worker.js', data, settings, threads)
  if (!(reports instanceof Stuck)) return membershipVerdicts(reports, named, settings)
  return stuckVerdicts(MEMBERSHIP_CLAIMS, reports, membership.door, seed, (_, it) =>
    replayOfMembership(it, named, settings),
  )
}

/** @returns the fault, where it imports what can't be let run */
function judged(locate: () => Located): Located | string {
  try {
    return locate()
  } catch (error) {
    if (error instanceof SideDoor) return error.message
    throw error
  }
}

/** @throws {Error} one line */
export async function checkInThreads(
  { strategy, ...subject }: Checked,
  given: Partial<CheckSettings>,
  threads: Threads,
): Promise<ClaimResult[]> {
  const settings = checkSettings(given)
  const { nodes, seed } = settings
  const membership =
    subject.membership && (await membershipOf(subject.membership.which, subject.membership.set))
  const data: WorkerData = { strategy, options: subject.set, membership, nodes, seed }
  const reports = await inThreads<SeedReport>('./worker.js', data, settings, threads)
  if (!(reports instanceof Stuck)) return verdicts(reports, subject, settings)
  return stuckVerdicts(CLAIMS, reports, strategy.door, seed, (claim, it) =>
    replayOf(claim, it, subject, settings),
  )
}

/** @returns the reports in the order of their seeds, or which handler did not come back */
async function inThreads<Report>(
  worker: string,
  data: object,
  { seed, seeds }: CheckSettings,
  { workers, timeout = TIMEOUT_MS }: Threads,
): Promise<Report[] | Stuck> {
  const chunks = Array.from({ length: Math.ceil(seeds / CHUNK) }, (_, i): Seeds => {
    const from = seed + i * CHUNK
    return { from, to: Math.min(from + CHUNK, seed + seeds) }
  })
  const file = new URL(worker, import.meta.url)
  const pool = openPool<Seeds, Report[]>(file, Math.min(workers, chunks.length), data, timeout, HEAP_MB)
  try {
    return (await Promise.all(chunks.map((chunk) => pool.run(chunk)))).flat()
  } catch (error) {
    if (!(error instanceof Stuck)) throw error
    return error
  } finally {
    await pool.destroy()
  }
}
