/** The verdict of an exercise on a file: what a check holds any file to, and then the exercise's figures. */
import { assertKind, type Verdict } from '../../../exercise/exercise.ts'
import { exerciseOf } from '../../../exercise/index.ts'
import { kindOf, locateMembership, locateStrategy } from '../../../loader/load.ts'
import { TIMEOUT_MS } from '../../../watchdog/stall.ts'
import { Stuck } from '../../../watchdog/threads.ts'
import { openPool } from '../../parallel/pool.ts'
import { checkMembership, checkNamed, type Threads } from '../check-parallel.ts'
import { COMMON_CLAIMS } from '../claims.ts'
import type { ExerciseWorkerData, Judged } from './worker.ts'

/** Of that the file shares nothing between nodes, keeps its schemas and so on. */
const SEEDS = 2
const HEAP_MB = 2048
const COMMON: ReadonlySet<string> = new Set(COMMON_CLAIMS)

export interface ExerciseVerdict extends Verdict {
  /** What any file is held to, and this one is not, in words. */
  readonly flaws: readonly string[]
}

/**
 * @param which a name, or the path of a file
 * @throws {Error} one line: no such exercise, no such file, or one of the other kind, or a fault in it
 */
export async function judgeExercise(
  number: number,
  which: string,
  threads: Threads,
): Promise<ExerciseVerdict> {
  const exercise = exerciseOf(number)
  assertKind(exercise, kindOf(which))
  const located = exercise.kind === 'strategy' ? locateStrategy(which) : locateMembership(which)
  const subject = { which, set: {} }
  const given = { seeds: SEEDS, residue: 1 }
  const checked =
    exercise.kind === 'strategy'
      ? await checkNamed(subject, given, threads)
      : await checkMembership(subject, given, threads)
  const violated = checked.filter((it) => it.verdict === 'violated' && COMMON.has(it.claim))
  const flaws = violated.map((it) => `${it.claim}: ${it.what}`)
  if (flaws.length > 0) return { flaws, figures: [], seed: null }
  const judged = await inThread({ located, number }, threads.timeout ?? TIMEOUT_MS)
  return 'fault' in judged ? { flaws: [judged.fault], figures: [], seed: null } : { flaws, ...judged }
}

async function inThread(data: ExerciseWorkerData, timeout: number): Promise<Judged> {
  const file = new URL('./worker.js', import.meta.url)
  const pool = openPool<null, Judged>(file, 1, data, timeout, HEAP_MB)
  try {
    return await pool.run(null)
  } catch (error) {
    if (error instanceof Stuck) return { fault: error.message }
    throw error
  } finally {
    await pool.destroy()
  }
}
