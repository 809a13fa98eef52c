/** A worker thread that judges a file by an exercise: with the same guards as a check. */
import { workerData } from 'node:worker_threads'
import type { Verdict } from '../../../exercise/exercise.ts'
import { exerciseOf } from '../../../exercise/index.ts'
import { StrategyError } from '../../../gossip/strategy-error.ts'
import { allowInstances, shutPlatform } from '../../../loader/instances.ts'
import { type Located, loadLocated, loadLocatedMembership } from '../../../loader/load.ts'
import { takeBoard } from '../../../watchdog/threads.ts'
import type { PoolData } from '../../parallel/pool.ts'
import { TrappedLoading } from '../trapped-loading.ts'

export interface ExerciseWorkerData {
  readonly located: Located
  readonly number: number
}

/** The verdict, or a handler's fault in one line. */
export type Judged = Verdict | { readonly fault: string }

const { located, number, boards } = workerData as ExerciseWorkerData & PoolData
takeBoard(boards)
allowInstances(located)
shutPlatform(located)

export default async function judge(): Promise<Judged> {
  const exercise = exerciseOf(number)
  const trapped = new TrappedLoading(exercise.kind, located)
  try {
    return exercise.kind === 'strategy'
      ? exercise.judge(await trapped.load(() => loadLocated(located)))
      : exercise.judge(await trapped.load(() => loadLocatedMembership(located)))
  } catch (error) {
    if (error instanceof StrategyError) return { fault: error.message }
    throw error
  }
}
