/** Results as tidy data: a line a run, a column a variable (RFC 4180). */
import { FIGURES } from '../experiment/summary.ts'
import type { Estimates, RunResult } from '../simulation/simulate.ts'
import { isTold } from './told.ts'

/** Besides what is swept. */
const COLUMNS = [
  'nodes',
  'seed',
  'run',
  'infected',
  ...FIGURES,
  'messages',
  'lost',
  'duplicated',
  'ended',
] as const

/** What nodes estimated, and by the end their least and greatest estimate, when that was, and what was true. */
const ESTIMATES = [
  'least',
  'greatest',
  'after',
  'truth',
  'error',
] as const satisfies readonly (keyof Estimates)[]
/** Between several that one run estimated. */
const BETWEEN = ';'

export function csvHead(swept: readonly string[]): string {
  const columns = COLUMNS.filter((it) => !swept.includes(it))
  return line(['strategy', ...swept, ...columns, 'estimate', ...ESTIMATES])
}

/** What says nothing of a run is empty. */
export function csvLine(
  swept: readonly string[],
  values: Readonly<Record<string, string | number | boolean>>,
  result: RunResult,
): string {
  const { reports = {} } = result
  const columns = COLUMNS.filter((it) => !swept.includes(it))
  return line([
    result.strategy,
    ...swept.map((name) => String(values[name] ?? '')),
    ...columns.map((it) => (isTold(result, it) ? String(result[it] ?? '') : '')),
    Object.keys(reports).join(BETWEEN),
    ...ESTIMATES.map((end) =>
      Object.values(reports)
        .map((it) => it[end] ?? '')
        .join(BETWEEN),
    ),
  ])
}

function line(cells: readonly string[]): string {
  return `${cells.map((it) => (/[",\r\n]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it)).join(',')}\r\n`
}
