/** The cells of an experiment, each made ready to run when it is first needed. */

import { nameOfPopulation, type Population } from '../../gossip/population.ts'
import type { MembershipProtocol } from '../../gossip/protocol.ts'
import { loadLocatedMembership } from '../../loader/load.ts'
import { loadMembers } from '../../loader/population.ts'
import type { SimulationSettings } from '../../simulation/settings.ts'
import { type Cell, countRuns, type Experiment, fingerprint } from '../cell.ts'
import { sampleCurve } from '../curves.ts'
import { type Done, runOne } from '../run-one.ts'
import { logsToTerminal } from './logs.ts'
import type { HowFar } from './progress-board.ts'

type Trace = NonNullable<SimulationSettings['trace']>

interface Ready {
  readonly population: Population
  readonly members: MembershipProtocol | undefined
  readonly print: string
}

export interface HowPrepared {
  /** Is the S-curve of each run asked for? */
  readonly curves?: boolean | undefined
  /** Told now and then how far the run under way has come, and when it is over. */
  readonly tell?: ((howFar: HowFar | undefined) => void) | undefined
  /** Does what the strategies log go to stderr? */
  readonly logs?: boolean | undefined
  /** Hears every event. */
  readonly trace?: SimulationSettings['trace']
}

export class Prepared {
  readonly #experiment: Experiment
  readonly #how: HowPrepared
  #last: { readonly cell: number; readonly ready: Promise<Ready> } | undefined

  constructor(experiment: Experiment, how: HowPrepared) {
    this.#experiment = experiment
    this.#how = how
  }

  /** Does one of the experiment's runs, numbered over all cells. @throws {Error} one line */
  async run(index: number): Promise<Done> {
    const { cells, runs, seed } = this.#experiment
    const { curves, tell, trace } = this.#how
    const logs = this.#how.logs ? logsToTerminal() : undefined
    const cell = Math.floor(index / runs)
    const run = index % runs
    const { population, members, print } = await this.#ready(cell)
    const { settings } = cells[cell]!
    const { nodes } = settings
    const progress =
      tell && ((events: number, reached: number, now: number) => tell({ nodes, events, reached, now }))
    const order = { population, members, settings, fingerprint: print, seed, run }
    const { outcome, curve } = runOne(order, {
      trace: trace && this.#marked(trace, population, run),
      progress,
      logs,
    })
    tell?.(undefined)
    return { cell, outcome, ...(curves ? { curve: sampleCurve(curve(), nodes) } : {}) }
  }

  /** Events of one run of several say which: merged they would make nonsense. */
  #marked(trace: Trace, population: Population, run: number): Trace {
    if (countRuns(this.#experiment) === 1) return trace
    const strategy = nameOfPopulation(population)
    return (event) => trace({ ...event, strategy, run })
  }

  /** Runs come cell by cell. */
  #ready(index: number): Promise<Ready> {
    if (this.#last?.cell === index) return this.#last.ready
    const cell = this.#experiment.cells[index]!
    const ready = readied(cell)
    this.#last = { cell: index, ready }
    return ready
  }
}

async function readied(cell: Cell): Promise<Ready> {
  const { membership: it } = cell
  const members = it && (await loadLocatedMembership(it.membership, it.options))
  return { population: await loadMembers(cell.members), members, print: fingerprint(cell) }
}
