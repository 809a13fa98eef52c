/** `compare()`: strategies side by side in the simulator, from a script. */
import { z } from 'zod'
import { countRuns, type Experiment } from '../experiment/cell.ts'
import { runAll } from '../experiment/parallel/run-all.ts'
import { type Contender, cellsOf, MAX_VALUES, type SweptValue } from '../experiment/plan.ts'
import { type Spread, Summary } from '../experiment/summary.ts'
import { MAX_PARTS } from '../gossip/population.ts'
import { FIGURES, type ForFigures } from '../measure/figures.ts'
import { parse, settings } from './arguments.ts'
import { type RunOptions, runSettings, runShape } from './run-options.ts'
import { type WhichStrategy, whichStrategy } from './strategy-argument.ts'

export interface CompareOptions extends RunOptions {
  /** May be empty, if there is a mix. */
  readonly strategies: readonly WhichStrategy[]
  /**
   * Values of a setting (any but until, rounds and scenario) or of an option of the strategies, by its name; several
   * multiply, up to 10,000 combinations.
   */
  readonly sweep?: Readonly<Record<string, readonly SweptValue[]>>
  /** One more contender, in which some nodes run this and some that, in proportion to the weights (above 0). */
  readonly mix?: readonly MixPart[]
}

export interface MixPart {
  readonly strategy: WhichStrategy
  readonly weight: number
}

/** A strategy, or a mix, under one combination of what is swept. */
export interface ComparedRow {
  /** Its name; of a mix `"push:50,silent:50"`. */
  readonly strategy: string
  /** The values of what is swept, by name; empty where nothing is. */
  readonly swept: Readonly<Record<string, SweptValue>>
  readonly runs: number
  /** The number of the run that went worst: it left out the most nodes, or else took longest. */
  readonly worstRun: number | undefined
  /** Median, mean with its 95% confidence interval (Student's t; not of one run), and between what 95% of the runs lie. */
  readonly figures: ForFigures<Spread>
}

const RUNS = 20

const values = z
  .array(z.union([z.string(), z.number(), z.boolean()]), 'must be a list of values')
  .min(1, 'has no value')
  .max(MAX_VALUES)
  .refine((it) => new Set(it).size === it.length, 'names a value twice')
const weight = z.number().refine((it) => it > 0 && it <= 1e9, 'must be greater than 0')

const schema = settings({
  strategies: z.array(whichStrategy, 'must be a list of strategies'),
  ...runShape(RUNS),
  sweep: z.record(z.string(), values).default({}),
  mix: z
    .array(settings({ strategy: whichStrategy, weight }))
    .min(1)
    .max(MAX_PARTS)
    .optional(),
})

/**
 * Runs strategies side by side in the simulator, all under the same luck, 20 runs each by default.
 *
 * A strategy that lacks a swept option is run once instead of for each of its values. Units are those of `simulate()`.
 *
 * ```js
 * const rows = await compare({ strategies: ['push', 'pull'], sweep: { loss: [0, 0.1] }, nodes: 200 })
 * for (const { strategy, swept, figures } of rows) console.log(strategy, swept.loss, figures.tLast.median)
 * ```
 * @returns a row for each strategy and combination, in the order in which they were named
 * @throws {Error} (rejects) one line, as `simulate()` does
 */
export async function compare(asked: CompareOptions): Promise<ComparedRow[]> {
  const { strategies, mix, sweep, ...given } = parse('compare', schema, asked)
  const { options: set, scenario, runs, seed, workers } = given
  const contenders: Contender[] = strategies.map((it) => [it])
  if (mix !== undefined) contenders.push(mix.map((it) => ({ ...it.strategy, weight: it.weight })))
  checkNames(contenders)
  const cells = await cellsOf({
    contenders,
    set,
    settings: runSettings('compare', given, asked),
    scenario,
    sweeps: Object.entries(sweep).map(([name, values]) => ({ name, values })),
  })
  const experiment: Experiment = { cells, runs, seed }
  const rows = cells.map(({ swept }) => ({ strategy: '', swept, summary: new Summary() }))
  for await (const { cell, outcome } of runAll(
    experiment,
    { from: 0, to: countRuns(experiment) },
    { workers, isGuarded: true },
  )) {
    const row = rows[cell]!
    row.strategy = outcome.strategy
    row.summary.add(outcome)
  }
  return rows.map(({ summary, ...row }) => ({
    ...row,
    runs: summary.runs,
    worstRun: summary.worst,
    figures: figuresOf(summary),
  }))
}

/** Rows must be told apart. @throws {Error} one line */
function checkNames(contenders: readonly Contender[]): void {
  if (contenders.length === 0) throw new Error('compare: strategies: names none to compare')
  const [mix] = contenders.filter((it) => it.length > 1)
  const alone = contenders.filter((it) => it !== mix)
  for (const parts of [alone.flat(), mix ?? []]) {
    const names = parts.map(({ name }) => name)
    const twice = names.find((it, i) => names.indexOf(it) < i)
    if (twice !== undefined)
      throw new Error(`compare: two strategies are called ${twice}; name one: { ...mine, name: 'mine' }`)
  }
}

function figuresOf(summary: Summary): ComparedRow['figures'] {
  const known = FIGURES.filter((it) => summary.has(it))
  return Object.fromEntries(known.map((it) => [it, summary.of(it)])) as ComparedRow['figures']
}
