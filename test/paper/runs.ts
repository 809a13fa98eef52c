/** Many runs of one setting, and what may be said of their mean. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { RunResult } from '../../src/measure/result.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { type Given, settings } from '../simulation/settings.ts'

export type Column = 'residue' | 'traffic' | 'tAverage' | 'tLast'

/** So many runs in the papers' rounds, each with its own luck. */
export function runs(
  count: number,
  strategy: unknown,
  options: Readonly<Record<string, unknown>>,
  given: Given = {},
): RunResult[] {
  const run = (i: number) => simulate(settings(strategy, options, { rounds: true, ...given, run: i })).result
  return Array.from({ length: count }, (_, i) => run(i))
}

export function mean(figures: readonly number[]): number {
  return figures.reduce((sum, it) => sum + it, 0) / figures.length
}

/** How far the mean of these may well be from the true one: their deviation / sqrt(how many). */
export function standardError(figures: readonly number[]): number {
  const middle = mean(figures)
  const squares = figures.reduce((sum, it) => sum + (it - middle) ** 2, 0)
  return Math.sqrt(squares / (figures.length - 1) / figures.length)
}

/** Half a unit of the last digit that is printed: of "3.1e-2" it is 0.0005. */
export function rounding(printed: string): number {
  const [digits = '', exponent = '0'] = printed.split('e')
  const decimals = digits.split('.')[1]?.length ?? 0
  return 0.5 * 10 ** (Number(exponent) - decimals)
}

/**
 * The mean is what the paper printed, but for chance and rounding: 4 standard errors of our runs and half a
 * unit of the last printed digit.
 * @param paperError share of the figure by which the paper's own mean, of unknown many runs, may be off
 */
export function assertPrinted(
  t: TestContext,
  results: readonly RunResult[],
  column: Column,
  printed: string,
  paperError = 0,
): void {
  const figures = results.map((it) => it[column])
  const tolerance = 4 * standardError(figures) + rounding(printed) + paperError * Number(printed)
  const ours = mean(figures)
  t.diagnostic(`${column}: ours ${ours.toPrecision(3)}, printed ${printed}, +- ${tolerance.toPrecision(2)}`)
  assert.ok(
    Math.abs(ours - Number(printed)) <= tolerance,
    `${column} is ${ours}, printed ${printed} (+- ${tolerance})`,
  )
}
