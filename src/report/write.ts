/** Which file an experiment is written to, and in which form: its ending says it. */
import { accessSync, appendFileSync, constants, existsSync, writeFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import type { RunResult } from '../simulation/simulate.ts'
import { csvHead, csvLine } from './csv.ts'
import type { ChartName } from './names.ts'
import type { Report } from './report.ts'
import type { Texts } from './settings.ts'

export const FORMS = ['.html', '.svg', '.csv', '.json'] as const
export type Form = (typeof FORMS)[number]

/** @throws {Error} one line, if the ending is none of these, or there is no such folder to write to */
export function formOf(file: string): Form {
  const form = FORMS.find((it) => it === extname(file).toLowerCase())
  if (form === undefined) throw new Error(`${file}: must end with one of ${FORMS.join(', ')}`)
  const folder = dirname(file)
  if (!existsSync(folder)) throw new Error(`${file}: there is no folder ${folder}`)
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK)
  } catch {
    throw new Error(`${file}: not allowed to write there`)
  }
  return form
}

/** Is it a file of summaries instead of runs? */
export function isSummary(file: string): boolean {
  return /\.summary\.csv$/i.test(file)
}

/** Lines of a table, as the runs come: memory does not grow with their number. */
export class CsvFile {
  readonly #file: string
  readonly #swept: readonly string[]
  readonly #settings: readonly string[]

  /** @param settings the names of those that were not swept */
  constructor(file: string, swept: readonly string[], settings: readonly string[]) {
    this.#file = file
    this.#swept = swept
    this.#settings = settings
    writeFileSync(file, csvHead(swept, settings))
  }

  /** @param texts the run's settings */
  add(swept: Readonly<Record<string, string | number | boolean>>, result: RunResult, texts: Texts): void {
    appendFileSync(this.#file, csvLine(this.#swept, swept, result, this.#settings, texts))
  }
}

/**
 * Charts and tables at the end. The library of charts is loaded only here, as it takes a while.
 * @param chart which one, for SVG
 */
export async function writeReport(file: string, form: Form, report: Report, chart: ChartName): Promise<void> {
  writeFileSync(file, await textOf(form, report, chart))
}

async function textOf(form: Form, report: Report, chart: ChartName): Promise<string> {
  if (form === '.csv') return (await import('./summary-csv.ts')).summaryCsv(report)
  if (form === '.json') return (await import('./json.ts')).json(report)
  if (form === '.html') return (await import('./html.ts')).html(report, today())
  return (await import('./paper.ts')).paper(report, chart)
}

/**
 * The day, in UTC: nothing finer, so that one report written twice is the same file. SOURCE_DATE_EPOCH (seconds since
 * 1970) sets it, as for other reproducible files.
 */
function today(): string {
  const { SOURCE_DATE_EPOCH: given = '' } = process.env
  const date = /^\d{1,11}$/.test(given) ? new Date(1000 * Number(given)) : new Date()
  return date.toISOString().slice(0, 10)
}
