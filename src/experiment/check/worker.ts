/** A worker thread of a check: does the seeds that it is sent. */
import { workerData } from 'node:worker_threads'
import type { Protocol } from '../../gossip/protocol.ts'
import { mark } from '../../gossip/pulse.ts'
import { type Located, loadLocated } from '../../loader/load.ts'
import { takeBoard } from '../../watchdog/threads.ts'
import type { PoolData } from '../pool.ts'
import { checkSeed } from './check-seed.ts'
import type { SeedReport } from './claims.ts'

export interface WorkerData {
  readonly strategy: Located
  readonly options: Readonly<Record<string, unknown>>
  readonly nodes: number
  /** The first of all seeds. */
  readonly seed: number
}

/** `from` up to and without `to`. */
export interface Seeds {
  readonly from: number
  readonly to: number
}

const { strategy, options, nodes, seed, boards } = workerData as WorkerData & PoolData
takeBoard(boards)
let loaded: Promise<Protocol> | undefined

export default async function checkSeeds({ from, to }: Seeds): Promise<SeedReport[]> {
  loaded ??= loadLocated(strategy, options)
  const protocol = await loaded
  const reports: SeedReport[] = []
  for (let it = from; it < to; it++) {
    mark(it - seed)
    reports.push(checkSeed(protocol, nodes, it))
  }
  return reports
}
