/** Which file an experiment is written to, and in which form: its ending says it. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isPipe } from '../files/bytes.ts'
import { cantWrite } from '../files/faults.ts'
import { isStandardOutput, Output } from '../files/output.ts'
import type { RunResult } from '../measure/result.ts'
import type { ChartName } from './chart-names.ts'
import { type CsvColumns, csvHead, csvLine } from './csv.ts'
import type { Report } from './report.ts'
import type { Texts } from './settings.ts'

export const FORMS = ['.html', '.svg', '.csv', '.summary.csv', '.json'] as const
/** The longer one first. */
const ENDINGS = FORMS.toSorted((a, b) => b.length - a.length)
export type Form = (typeof FORMS)[number]

/**
 * What a pipe gets is said beside it: it has no ending, as a file has.
 * @param asked the form, where that is said
 * @throws {Error} one line, if it is none of these, or there is no such folder to write to
 */
export function formOf(file: string, asked?: Form): Form {
  const isOpen = isStandardOutput(file) || isPipe(file)
  const lower = file.toLowerCase()
  const form = asked ?? ENDINGS.find((it) => lower.endsWith(it)) ?? (isOpen ? '.csv' : undefined)
  if (form === undefined)
    throw new Error(`${file}: must end with one of ${FORMS.join(', ')}, or --format says what it is`)
  if (!isOpen) assertWritable(file)
  return form
}

function assertWritable(file: string): void {
  const folder = dirname(file)
  if (!existsSync(folder)) throw new Error(`${file}: there is no folder ${folder}`)
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK)
  } catch (error) {
    throw cantWrite(file, error)
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${file}: that is a folder`)
}

/** Lines of a table, as the runs come: memory does not grow with their number. */
export class CsvFile {
  readonly #output: Output
  readonly #columns: CsvColumns

  constructor(file: string, columns: CsvColumns) {
    this.#columns = columns
    this.#output = new Output(file)
    this.#output.write(csvHead(columns))
  }

  /** @param texts the run's settings */
  add(swept: Readonly<Record<string, string | number | boolean>>, result: RunResult, texts: Texts): void {
    this.#output.write(csvLine(this.#columns, swept, result, texts))
  }
}

/**
 * Charts and tables at the end. The library of charts is loaded only here, as it takes a while.
 * @param chart which one, for SVG
 */
export async function writeReport(file: string, form: Form, report: Report, chart: ChartName): Promise<void> {
  const text = await textOf(form, report, chart)
  const output = new Output(file)
  output.write(text)
  output.close()
}

async function textOf(form: Form, report: Report, chart: ChartName): Promise<string> {
  if (form === '.summary.csv') return (await import('./summary-csv.ts')).summaryCsv(report)
  if (form === '.json') return (await import('./json.ts')).json(report)
  if (form === '.html') return (await import('./html.ts')).html(report, today())
  return (await import('./single-chart.ts')).paper(report, chart)
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
