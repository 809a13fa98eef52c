/** A worker thread of a check: does the seeds that it is sent. */
import { workerData } from 'node:worker_threads'
import { mark } from '../../gossip/handler-progress.ts'
import { allowInstances, loadInstances, shutPlatform } from '../../loader/instances.ts'
import { type Located, loadLocated, loadLocatedMembership } from '../../loader/load.ts'
import type { LocatedMembership } from '../../loader/membership.ts'
import { takeBoard } from '../../watchdog/threads.ts'
import type { PoolData } from '../parallel/pool.ts'
import { type Apart, countApart } from './apart.ts'
import { checkSeed } from './check-seed.ts'
import type { SeedReport } from './claims.ts'
import { Common } from './language-globals.ts'
import { APART_SEEDS, LONG_SEEDS, MANY_SEEDS } from './settings.ts'
import { TrappedLoading } from './trapped-loading.ts'

export interface WorkerData {
  readonly strategy: Located
  readonly options: Readonly<Record<string, unknown>>
  /** On which it runs, if it does on one. */
  readonly membership: LocatedMembership | undefined
  readonly nodes: number
  /** The first of all seeds. */
  readonly seed: number
}

/** `from` up to and without `to`. */
export interface Seeds {
  readonly from: number
  readonly to: number
}

const { strategy, options, membership, nodes, seed, boards } = workerData as WorkerData & PoolData
takeBoard(boards)
allowInstances(strategy)
shutPlatform(strategy)
const common = new Common()
const trapped = new TrappedLoading('strategy', strategy)
let loaded: ReturnType<typeof load> | undefined

export default async function checkSeeds({ from, to }: Seeds): Promise<SeedReport[]> {
  loaded ??= load()
  const { protocol, members } = await loaded
  const reports: SeedReport[] = []
  for (let it = from; it < to; it++) {
    mark(it - seed)
    const apart = it - seed < APART_SEEDS ? await trapped.load(loadApart) : undefined
    const [isLong, isMany] = [it - seed < LONG_SEEDS, it - seed < MANY_SEEDS]
    const always = trapped.flaws
    reports.push(checkSeed({ protocol, members, common, isLong, isMany, apart, always }, nodes, it))
  }
  return reports
}

async function load() {
  const members = membership && (await loadLocatedMembership(membership.membership, membership.options))
  return { protocol: await trapped.load(() => loadLocated(strategy, options)), members }
}

async function loadApart(): Promise<Apart> {
  const load = (instance: string) => loadLocated(strategy, options, instance)
  const [one, other, ...each] = await loadInstances(load, countApart(nodes) + 2)
  return { each, all: [one!, other!] }
}
