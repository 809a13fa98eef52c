/** One simulated run, as far as one lets time pass, and its result. */
import { nameOfPopulation, optionsOf } from '../gossip/population.ts'
import { estimated } from '../measure/estimates.ts'
import { largest } from '../measure/extremes.ts'
import type { Estimates, RunResult } from '../measure/result.ts'
import { lengthOf, loadOf, roundOf } from '../scenario/load.ts'
import { absentAtFirst, perform, propagates } from '../scenario/perform-step.ts'
import type { Scenario, Step } from '../scenario/scenario.ts'
import { WARM_UP_PERIODS } from './membership/bootstrap.ts'
import { overlayOf } from './membership/overlay.ts'
import { randomStream } from './random.ts'
import { MAX_PERIODS, type SimulationSettings } from './settings.ts'
import { World } from './world.ts'

/** The value that a run spreads. */
const VALUE = 'value'

/**
 * A population's run: a value is handed to node 0 at time 0, or a load to several, or what the scenario says is done.
 * It ends when the scenario and its loads are over and every live node holds the last value of each key or, where all
 * strategies say who is `interested`, when nobody is; what is then in flight still arrives. Times are ms, or rounds, since
 * the value came in.
 */
export class Run {
  readonly world: World
  readonly #settings: SimulationSettings
  readonly #scenario: Scenario
  /** When the value came in, by the world's time. */
  readonly #since: number
  readonly #limit: number
  /** Steps of the scenario that are still to come. */
  #left: number
  #isOver = false

  /**
   * @throws {StrategyError} if a handler of the strategy fails
   * @throws {Error} one line, if the topology does not fit the number of nodes, or a first step could not be done
   */
  constructor(settings: SimulationSettings) {
    const world = new World(settings)
    this.world = world
    this.#settings = settings
    const { nodes, rounds, period, until } = settings
    const load = loadOf(settings, nodes)
    const scenario: Scenario = [
      ...(load ? [{ at: 0, do: 'load', ...load } as const] : []),
      ...(settings.scenario ?? []),
    ]
    this.#scenario = scenario
    this.#left = scenario.length
    world.startAll(absentAtFirst(scenario))
    if (world.views.findPeers) world.time.run(() => false, WARM_UP_PERIODS * period)
    world.views.detection.forget()
    crash(world)
    this.#since = world.time.now
    world.costs?.begin()
    if (!propagates(scenario)) world.propagate(0, VALUE)
    for (const step of scenario) this.#await(step)
    this.#limit = until ?? MAX_PERIODS * (rounds ? 1 : period) + loadsOf(scenario, rounds)
  }

  get now(): number {
    return this.world.time.now - this.#since
  }

  /** Did it come to its end, or to the latest time that it may take? */
  get isOver(): boolean {
    return this.#isOver || this.now >= this.#limit
  }

  /**
   * Lets time pass up to that moment, or the run's end.
   * @throws {StrategyError} if a handler of the strategy fails
   * @throws {Error} one line, if a step of the scenario could not be done
   */
  advance(to = Number.POSITIVE_INFINITY): void {
    if (this.isOver) return
    const isDone = (): boolean => this.#left === 0 && this.world.isDone
    this.#isOver = this.world.time.run(isDone, this.#since + Math.min(to, this.#limit))
  }

  /** @throws {Error} one line, if it ended before its scenario or its load did */
  result(): RunResult {
    const { world } = this
    if (this.#left > 0) {
      const { do: word, at } = this.#scenario[this.#scenario.length - this.#left]!
      throw new Error(`scenario, ${word} at ${at}: the run ended before that; give it a longer --until`)
    }
    if (world.isLoading)
      throw new Error('the run ended before all values were handed in; give it a longer --until')
    const { population, nodes, seed, run } = this.#settings
    const { figures, faults } = world
    const strategy = nameOfPopulation(population)
    const options = optionsOf(population)
    const ended = this.#isOver ? 'done' : 'limit'
    const { events } = world.time
    return {
      ...{ strategy, options, nodes, seed, run, ...figures, ended, faults, events },
      ...unreachable(world),
      ...overlayOf(world, this.#settings, this.#since),
      ...world.costs?.figures,
      ...reportsOf(world, this.#since),
    }
  }

  #await(step: Step): void {
    const act = (): void => {
      this.#left -= 1
      this.world.faults += perform(this.world, step)
    }
    if (step.at === 0) act()
    else this.world.time.at(this.#since + step.at, act)
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
