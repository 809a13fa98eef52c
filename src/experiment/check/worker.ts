/** A worker thread of a check: does the seeds that it is sent. */
import { workerData } from 'node:worker_threads'
import { type Located, loadLocated } from '../../loader/load.ts'
import { checkSeed } from './check-seed.ts'
import type { SeedReport } from './claims.ts'

export interface WorkerData {
  readonly strategy: Located
  readonly options: Readonly<Record<string, unknown>>
  readonly nodes: number
}

/** `from` up to and without `to`. */
export interface Seeds {
  readonly from: number
  readonly to: number
}

const { strategy, options, nodes } = workerData as WorkerData
const loaded = loadLocated(strategy, options)

export default async function checkSeeds({ from, to }: Seeds): Promise<SeedReport[]> {
  const protocol = await loaded
  return Array.from({ length: to - from }, (_, i) => checkSeed(protocol, nodes, from + i))
}
