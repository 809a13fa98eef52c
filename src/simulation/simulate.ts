/** One simulated run, from the injection of a value to its end, and its result. */
import { nameOfPopulation, optionsOf } from '../gossip/population.ts'
import { estimated } from '../measure/estimates.ts'
import { largest } from '../measure/extremes.ts'
import type { Estimates, RunResult } from '../measure/result.ts'
import { lengthOf, loadOf, roundOf } from '../scenario/load.ts'
import { absentAtFirst, perform, propagates } from '../scenario/perform-step.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { WARM_UP_PERIODS } from './membership/bootstrap.ts'
import { overlayOf } from './membership/overlay.ts'
import { randomStream } from './random.ts'
import { MAX_PERIODS, type SimulationSettings } from './settings.ts'
import { World } from './world.ts'

/** The value that a run spreads. */
const VALUE = 'value'

/**
 * Runs a population once: a value is handed to node 0 at time 0, or a load to several, or what the scenario says is done.
 * It ends when the scenario and its loads are over and every live node holds the last value of each key or, where all strategies say who is `interested`, when nobody
 * is; what is then in flight still arrives.
 * @returns the result, and when the value first came to each node that it reached, sorted
 * @throws {StrategyError} if a handler of the strategy fails
 * @throws {Error} one line, if the topology does not fit the number of nodes, or a step of the scenario could not be done
 */
export function simulate(settings: SimulationSettings): { result: RunResult; curve: () => Float64Array } {
  const world = new World(settings)
  const { population, nodes, seed, run, rounds, period, until } = settings
  const load = loadOf(settings, nodes)
  const scenario: Scenario = [
    ...(load ? [{ at: 0, do: 'load', ...load } as const] : []),
    ...(settings.scenario ?? []),
  ]
  world.startAll(absentAtFirst(scenario))
  if (world.views.findPeers) world.time.run(() => false, WARM_UP_PERIODS * period)
  world.views.detection.forget()
  crash(world)
  const since = world.time.now
  world.costs?.begin()
  if (!propagates(scenario)) world.propagate(0, VALUE)
  let left = scenario.length
  for (const step of scenario) {
    const act = (): void => {
      left -= 1
      world.faults += perform(world, step)
    }
    if (step.at === 0) act()
    else world.time.at(since + step.at, act)
  }
  const isDone = (): boolean => left === 0 && world.isDone
  const most = MAX_PERIODS * (rounds ? 1 : period) + loadsOf(scenario, rounds)
  const cameToItsEnd = world.time.run(isDone, since + (until ?? most))
  if (left > 0) {
    const { do: word, at } = scenario[scenario.length - left]!
    throw new Error(`scenario, ${word} at ${at}: the run ended before that; give it a longer --until`)
  }
  if (world.isLoading)
    throw new Error('the run ended before all values were handed in; give it a longer --until')
  const { figures } = world
  const ended = cameToItsEnd ? 'done' : 'limit'
  const { faults } = world
  const { events } = world.time
  const strategy = nameOfPopulation(population)
  const options = optionsOf(population)
  return {
    result: {
      ...{ strategy, options, nodes, seed, run, ...figures, ended, faults, events },
      ...unreachable(world),
      ...overlayOf(world, settings, since),
      ...world.costs?.figures,
      ...reportsOf(world, since),
    },
    curve: () => world.record.curve(),
  }
}

/** Until the last value of the loads is handed in: ms, or rounds. */
function loadsOf(scenario: Scenario, rounds: boolean): number {
  const ends = scenario.map((it) => {
    if (it.do !== 'load') return 0
    return it.at + (rounds ? roundOf(lengthOf(it)) : lengthOf(it))
  })
  return largest([0, ...ends])
}

/** Each node but the first crashes with the probability that is set; nobody is told. */
function crash(world: World): void {
  const { crash: probability, nodes, seed, run } = world.settings
  const dice = randomStream(seed, run, 'faults')
  for (let i = 1; i < nodes && probability > 0; i++) {
    if (dice.random() >= probability || !world.isLive(i)) continue
    world.faults += 1
    world.kill(i)
  }
}

/** Nodes to which no way leads from where the value began; a topology that is not connected must not be hidden. */
function unreachable(world: World): { unreachable?: number } {
  if (world.graph === undefined) return {}
  const isReached = world.graph.reachable(world.record.origin)
  const count = isReached.reduce((sum, it) => sum + (1 - it), 0)
  return count === 0 ? {} : { unreachable: count }
}

function reportsOf(world: World, since: number): { reports?: Record<string, Estimates> } {
  if (world.reports.estimates.size === 0) return {}
  const after = world.time.now - since
  // The number that a simulated node starts with is its own.
  const numbers = Float64Array.from({ length: world.count }, (_, i) => i).filter((i) => world.isLive(i))
  const reports = [...world.reports.estimates].map(([name, estimates]): [string, Estimates] => {
    const ofLive = estimates.filter((_, index) => world.isLive(index))
    return [name, { ...estimated(name, ofLive, numbers), after }]
  })
  return { reports: Object.fromEntries(reports) }
}
