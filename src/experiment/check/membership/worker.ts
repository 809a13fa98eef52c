/** A worker thread of a membership's check: does the seeds that it is sent. */
import { workerData } from 'node:worker_threads'
import { mark } from '../../../gossip/handler-progress.ts'
import { allowInstances, loadInstances, shutPlatform } from '../../../loader/instances.ts'
import { type Located, loadLocatedMembership, loadStrategy } from '../../../loader/load.ts'
import { takeBoard } from '../../../watchdog/threads.ts'
import type { PoolData } from '../../parallel/pool.ts'
import { countApart } from '../apart.ts'
import { Common } from '../language-globals.ts'
import { APART_SEEDS, LONG_SEEDS } from '../settings.ts'
import { TrappedLoading } from '../trapped-loading.ts'
import type { Seeds } from '../worker.ts'
import { checkMembersSeed, type MembersApart, type MembersReport } from './check-seed.ts'

export interface MembersWorkerData {
  readonly membership: Located
  readonly options: Readonly<Record<string, unknown>>
  readonly nodes: number
  /** The first of all seeds. */
  readonly seed: number
}

/** What runs on it. */
const STRATEGY = 'push'

const { membership, options, nodes, seed, boards } = workerData as MembersWorkerData & PoolData
takeBoard(boards)
allowInstances(membership)
shutPlatform(membership)
const common = new Common()
const trapped = new TrappedLoading('membership', membership)
let loaded: ReturnType<typeof load> | undefined

export default async function checkMembersSeeds({ from, to }: Seeds): Promise<MembersReport[]> {
  loaded ??= load()
  const { protocol, strategy } = await loaded
  const reports: MembersReport[] = []
  for (let it = from; it < to; it++) {
    mark(it - seed)
    const apart = it - seed < APART_SEEDS ? await trapped.load(loadApart) : undefined
    const isLong = it - seed < LONG_SEEDS
    const always = trapped.flaws
    reports.push(checkMembersSeed({ protocol, strategy, common, isLong, apart, always }, nodes, it))
  }
  return reports
}

async function load() {
  const strategy = await loadStrategy(STRATEGY)
  return { protocol: await trapped.load(() => loadLocatedMembership(membership, options)), strategy }
}

async function loadApart(): Promise<MembersApart> {
  const load = (instance: string) => loadLocatedMembership(membership, options, instance)
  const [one, other, ...each] = await loadInstances(load, countApart(nodes) + 2)
  return { each, all: [one!, other!] }
}
