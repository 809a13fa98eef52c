/** A worker thread of a check: does the seeds that it is sent. */
import { workerData } from 'node:worker_threads'
import { mark } from '../../gossip/handler-progress.ts'
import type { Protocol } from '../../gossip/protocol.ts'
import { allowInstances, loadInstances, shutPlatform } from '../../loader/instances.ts'
import { type Located, loadLocated } from '../../loader/load.ts'
import { takeBoard } from '../../watchdog/threads.ts'
import type { PoolData } from '../parallel/pool.ts'
import { type Apart, countApart } from './apart.ts'
import { checkSeed } from './check-seed.ts'
import type { Flaw, SeedReport } from './claims.ts'
import { Common } from './language-globals.ts'
import { APART_SEEDS, LONG_SEEDS, MANY_SEEDS } from './settings.ts'
import { setTraps, used } from './traps.ts'

export interface WorkerData {
  readonly strategy: Located
  readonly options: Readonly<Record<string, unknown>>
  readonly nodes: number
  /** The first of all seeds. */
  readonly seed: number
  /** The first side door that the text of the file has, if there is one. */
  readonly door: string | undefined
}

/** `from` up to and without `to`. */
export interface Seeds {
  readonly from: number
  readonly to: number
}

const { strategy, options, nodes, seed, door, boards } = workerData as WorkerData & PoolData
takeBoard(boards)
allowInstances(strategy)
shutPlatform(strategy)
const common = new Common()
/** What traps that were set as the file was loaded have caught since. */
const sprung: (readonly string[])[] = []
let loaded: Promise<Protocol> | undefined

export default async function checkSeeds({ from, to }: Seeds): Promise<SeedReport[]> {
  loaded ??= trapped(() => loadLocated(strategy, options))
  const protocol = await loaded
  const reports: SeedReport[] = []
  for (let it = from; it < to; it++) {
    mark(it - seed)
    const apart = it - seed < APART_SEEDS ? await trapped(loadApart) : undefined
    const [isLong, isMany] = [it - seed < LONG_SEEDS, it - seed < MANY_SEEDS]
    reports.push(checkSeed({ protocol, common, isLong, isMany, apart, always }, nodes, it))
  }
  return reports
}

async function loadApart(): Promise<Apart> {
  const [one, other, ...each] = await loadInstances(strategy, options, countApart(nodes) + 2)
  return { each, all: [one!, other!] }
}

/** Clocks and dice answer, nothing else comes of what is done as a file is loaded. */
async function trapped<T>(load: () => Promise<T>): Promise<T> {
  const traps = setTraps(false)
  sprung.push(traps.sprung)
  try {
    return await load()
  } finally {
    traps.remove()
  }
}

function always(): Flaw[] {
  const [name] = sprung.flat()
  const what = [
    ...(door === undefined ? [] : [door]),
    ...(name === undefined ? [] : [`as it is loaded, or with what it took aside then: ${used(name)}`]),
  ]
  return what
    .slice(0, 1)
    .map((it) => ({ claim: 'no own clock, dice or I/O', what: `strategy ${strategy.name}: ${it}` }))
}
