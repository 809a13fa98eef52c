/** One simulated run, from the injection of a value to its end, and its result. */
import type { Figures } from '../measure/record.ts'
import { MAX_PERIODS, type SimulationSettings } from './settings.ts'
import { World } from './world.ts'

export interface RunResult extends Figures {
  readonly strategy: string
  readonly options: Readonly<Record<string, unknown>>
  readonly nodes: number
  readonly seed: number
  readonly run: number
  /** Faults that really fired. */
  readonly faults: number
  /** Things that happened: messages that arrived, periods, timers. */
  readonly events: number
  /** What nodes reported, by name; only there if they did. */
  readonly reports?: Readonly<Record<string, Estimates>>
}

/** The last estimates of all live nodes. */
export interface Estimates {
  readonly least: number
  readonly greatest: number
  /** When the run ended, after the value came in: ms, or rounds. */
  readonly after: number
}

/** Periods that nodes with tables of their own have to find each other. */
const WARM_UP_PERIODS = 3
/** The value that a run spreads. */
const VALUE = 'value'

/**
 * Runs a strategy once: a value is handed to node 0 at time 0. It ends when every live node holds the value or,
 * where the strategy says who is `interested`, when nobody is; what is then in flight still arrives.
 * @returns the result, and when the value first came to each node that it reached, sorted
 * @throws {Fault} if a handler of the strategy fails
 */
export function simulate(settings: SimulationSettings): { result: RunResult; curve: () => Float64Array } {
  const world = new World(settings)
  const { protocol, nodes, seed, run, rounds, period, until } = settings
  world.startAll()
  // Tables fill before there is anything to spread.
  if (settings.topology === 'real') world.time.run(() => false, WARM_UP_PERIODS * period)
  world.crash(settings.crash)
  world.propagate(0, VALUE)
  const since = world.time.now
  world.time.run(() => world.isDone, since + (until ?? MAX_PERIODS * (rounds ? 1 : period)))
  const figures = world.record.figures(world.infected, world.live)
  const { name: strategy, options } = protocol
  const { faults } = world
  const { events } = world.time
  return {
    result: { strategy, options, nodes, seed, run, ...figures, faults, events, ...reportsOf(world, since) },
    curve: () => world.record.curve(),
  }
}

function reportsOf(world: World, since: number): { reports?: Record<string, Estimates> } {
  const after = world.time.now - since
  const reports = [...world.reports].map(([name, estimates]): [string, Estimates] => {
    const live = estimates.filter((it, index) => world.isLive(index) && !Number.isNaN(it)).sort()
    return [name, { least: live[0] ?? Number.NaN, greatest: live.at(-1) ?? Number.NaN, after }]
  })
  return reports.length === 0 ? {} : { reports: Object.fromEntries(reports) }
}
