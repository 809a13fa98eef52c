/** The cells of an experiment, each made ready to run when it is first needed. */

import type { Population } from '../gossip/population.ts'
import { loadMembers } from '../loader/members.ts'
import type { SimulationSettings } from '../simulation/settings.ts'
import { type Experiment, fingerprint } from './cell.ts'
import { sampleCurve } from './curves.ts'
import { type Done, runOne } from './run-one.ts'

interface Ready {
  readonly population: Population
  readonly print: string
}

export class Prepared {
  readonly #experiment: Experiment
  readonly #curves: boolean
  #last: { readonly cell: number; readonly ready: Promise<Ready> } | undefined

  /** @param curves is the S-curve of each run asked for? */
  constructor(experiment: Experiment, curves: boolean) {
    this.#experiment = experiment
    this.#curves = curves
  }

  /** Does one of the experiment's runs, numbered over all cells. @throws {Error} one line */
  async run(index: number, listeners: Pick<SimulationSettings, 'trace' | 'progress'> = {}): Promise<Done> {
    const { cells, runs, seed } = this.#experiment
    const cell = Math.floor(index / runs)
    const run = index % runs
    const { population, print } = await this.#ready(cell)
    const { settings } = cells[cell]!
    const { outcome, curve } = runOne({ population, settings, fingerprint: print, seed, run }, listeners)
    return { cell, outcome, ...(this.#curves ? { curve: sampleCurve(curve(), settings.nodes) } : {}) }
  }

  /** Runs come cell by cell. */
  #ready(index: number): Promise<Ready> {
    if (this.#last?.cell === index) return this.#last.ready
    const cell = this.#experiment.cells[index]!
    const ready = loadMembers(cell.members).then((population) => ({ population, print: fingerprint(cell) }))
    this.#last = { cell: index, ready }
    return ready
  }
}
