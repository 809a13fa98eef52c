/** Results as tidy data: a line a run, a column a variable (RFC 4180). */
import { FIGURES } from '../experiment/summary.ts'
import type { RunResult } from '../simulation/simulate.ts'

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

export function csvHead(swept: readonly string[]): string {
  return line(['strategy', ...swept, ...COLUMNS.filter((it) => !swept.includes(it))])
}

export function csvLine(
  swept: readonly string[],
  values: Readonly<Record<string, string | number | boolean>>,
  result: RunResult,
): string {
  return line([
    result.strategy,
    ...swept.map((name) => String(values[name] ?? '')),
    ...COLUMNS.filter((it) => !swept.includes(it)).map((it) => String(result[it] ?? '')),
  ])
}

function line(cells: readonly string[]): string {
  return `${cells.map((it) => (/[",\r\n]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it)).join(',')}\r\n`
}
