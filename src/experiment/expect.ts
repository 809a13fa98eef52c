/** Bounds on the figures of runs, as "residue<=0.01 median.tLast<=600". */

import { FIGURE_TABLE, FIGURES, type Figure, type FigureName } from '../measure/figures.ts'
import type { RunResult } from '../measure/result.ts'
import { quoted } from '../text/quoted.ts'
import type { Summary } from './summary.ts'

const OPERATORS = {
  '<=': (a: number, b: number) => a <= b,
  '>=': (a: number, b: number) => a >= b,
  '<': (a: number, b: number) => a < b,
  '>': (a: number, b: number) => a > b,
  '=': (a: number, b: number) => a === b,
} as const

export interface Expectation {
  readonly text: string
  /** Of every run, or of the median or mean over the runs. */
  readonly of: 'every' | 'median' | 'mean'
  readonly field: FigureName
  holds(value: number): boolean
}

const FORM = /^(?:(median|mean)\.)?([A-Za-z]+)(<=|>=|<|>|=)(-?\d*\.?\d+(?:e-?\d+)?)$/
const EXAMPLE = 'such as residue<=0.01 or median.tLast<=600'

/** Several, divided by spaces or commas. @throws {Error} one line */
export function parseExpectations(text: string): Expectation[] {
  const parts = text.split(/[\s,]+/).filter(Boolean)
  if (parts.length === 0) throw new Error(`needs a bound ${EXAMPLE}`)
  return parts.map(parseExpectation)
}

function parseExpectation(text: string): Expectation {
  const [, of = 'every', field = '', operator, bound] = FORM.exec(text) ?? []
  if (operator === undefined) throw new Error(`${quoted(text)} is no bound ${EXAMPLE}`)
  const fields: readonly string[] = of === 'every' ? Object.keys(FIGURE_TABLE) : FIGURES
  if (!fields.includes(field))
    throw new Error(`${quoted(field)} is no figure; there are: ${fields.join(', ')}`)
  const compare = OPERATORS[operator as keyof typeof OPERATORS]
  return {
    text,
    of: of as Expectation['of'],
    field: field as FigureName,
    holds: (value) => compare(value, Number(bound)),
  }
}

/** What became of one bound. */
export interface Verdict {
  /** As it was given. */
  readonly bound: string
  readonly holds: boolean
  /** What was found, as the end of a sentence. */
  readonly seen: string
}

/** Which bounds runs of one cell have violated: the first run of each, and how many. */
export class Verdicts {
  readonly #expectations: readonly Expectation[]
  readonly #violations = new Map<
    Expectation,
    { readonly run: number; readonly value: number; count: number }
  >()

  constructor(expectations: readonly Expectation[]) {
    this.#expectations = expectations
  }

  see(result: Pick<RunResult, FigureName | 'run'>): void {
    for (const it of this.#expectations) {
      const value = result[it.field] ?? Number.NaN
      if (it.of !== 'every' || it.holds(value)) continue
      const before = this.#violations.get(it)
      if (before !== undefined) before.count += 1
      else this.#violations.set(it, { run: result.run, value, count: 1 })
    }
  }

  /** A line for each bound that does not hold. @param summary of all runs that were seen */
  violated(summary: Summary): string[] {
    return this.all(summary).flatMap(({ bound, holds, seen }) =>
      holds ? [] : [`expected ${bound}, but ${seen}`],
    )
  }

  /** One for each bound. @param summary of all runs that were seen */
  all(summary: Summary): Verdict[] {
    return this.#expectations.map((it) => {
      if (it.of !== 'every') {
        const value = summary.of(it.field as Figure)[it.of]
        return { bound: it.text, holds: it.holds(value), seen: `the ${it.of} is ${shown(value)}` }
      }
      const found = this.#violations.get(it)
      if (found === undefined)
        return { bound: it.text, holds: true, seen: `all ${summary.runs} runs keep it` }
      const { run, value, count } = found
      const seen = `run ${run} has ${shown(value)} (${count} of ${summary.runs} runs violate it)`
      return { bound: it.text, holds: false, seen }
    })
  }
}

/** A figure that a run has not keeps no bound. */
function shown(value: number): string {
  if (Number.isNaN(value))
    return 'no such figure (--size or --bandwidth gives those of links, --values those of a load)'
  return String(Number(value.toPrecision(6)))
}
