/** A worker thread of the pool: does the runs that it is sent. */
import { workerData } from 'node:worker_threads'
import { takeBoard } from '../../watchdog/threads.ts'
import type { Experiment, Part } from '../cell.ts'
import type { Done } from '../run-one.ts'
import type { PoolData } from './pool.ts'
import { Prepared } from './prepared.ts'
import { placeOn } from './progress-board.ts'

export interface WorkerData {
  readonly experiment: Experiment
  readonly curves: boolean
  readonly logs: boolean
  /** Where it says how far it has come, if somebody looks. */
  readonly board?: SharedArrayBuffer
}

const { experiment, curves, logs, board, boards } = workerData as WorkerData & PoolData
takeBoard(boards)
const prepared = new Prepared(experiment, { curves, logs, tell: board && placeOn(board) })

export default async function runPart({ from, to }: Part): Promise<Done[]> {
  const all: Done[] = []
  for (let index = from; index < to; index++) all.push(await prepared.run(index))
  return all
}
