/** Results as tidy data: a line a run, a column a variable (RFC 4180). */
import { EACH_RUN, FIGURES, OF_MANY } from '../measure/figures.ts'
import type { Estimates, RunResult } from '../measure/result.ts'
import type { Texts } from './settings.ts'
import { isTold } from './shown-figures.ts'

/** Of single runs, behind the others. */
const OTHERS = EACH_RUN.filter((it) => it !== 'infected')
/** Besides what is swept, and the other settings; some only where there is a load. */
const COLUMNS = ['nodes', 'seed', 'run', 'infected', ...FIGURES, ...OTHERS, 'ended'] as const
/** Of a setting with the name of a column: `duplicates` is a figure, `nodes` the same in both. */
const isColumn = (name: string): boolean => COLUMNS.some((it) => it === name)

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

/** What a file of lines has besides what all have. */
export interface CsvColumns {
  readonly swept: readonly string[]
  /** The names of settings that were not swept. */
  readonly settings?: readonly string[]
  /** Has a run several values? */
  readonly hasLoad?: boolean
}

export function csvHead(columns: CsvColumns): string {
  const { swept, settings = [] } = columns
  const own = [...ownOf(columns), 'estimate', ...ESTIMATES]
  return csvRow(['strategy', ...swept, ...own, ...othersOf(swept, settings)])
}

function ownOf({ swept, hasLoad = false }: CsvColumns): (typeof COLUMNS)[number][] {
  return COLUMNS.filter((it) => !swept.includes(it) && (hasLoad || !OF_MANY.some((only) => only === it)))
}

/** What says nothing of a run is empty. */
export function csvLine(
  columns: CsvColumns,
  values: Readonly<Record<string, string | number | boolean>>,
  result: RunResult,
  texts: Texts = {},
): string {
  const { reports = {} } = result
  const { swept, settings = [] } = columns
  return csvRow([
    result.strategy,
    ...swept.map((name) => String(values[name] ?? '')),
    ...ownOf(columns).map((it) => (isTold(result, it) ? String(result[it] ?? '') : '')),
    Object.keys(reports).join(BETWEEN),
    ...ESTIMATES.map((end) =>
      Object.values(reports)
        .map((it) => it[end] ?? '')
        .join(BETWEEN),
    ),
    ...othersOf(swept, settings).map((name) => texts[name] ?? ''),
  ])
}

function othersOf(swept: readonly string[], settings: readonly string[]): string[] {
  return settings.filter((it) => !swept.includes(it) && !isColumn(it))
}

export function csvRow(cells: readonly string[]): string {
  const quoted = (it: string): string => (/[",\r\n]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it)
  return `${cells.map((it) => quoted(harmless(it))).join(',')}\r\n`
}

const NUMBERS = /^(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:;|$))+$/i

/**
 * A spreadsheet takes what begins so for a formula and runs it. An apostrophe says that it is text; numbers stay, those
 * below 0 too. (OWASP, "CSV injection".)
 */
function harmless(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) && !NUMBERS.test(cell) ? `'${cell}` : cell
}
