/** Which file an experiment is written to, and in which form: its ending says it. */
import { accessSync, appendFileSync, constants, existsSync, writeFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import type { RunResult } from '../simulation/simulate.ts'
import { csvHead, csvLine } from './csv.ts'
import type { ChartName } from './names.ts'
import type { Report } from './report.ts'

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

/** Lines of a table, as the runs come: memory does not grow with their number. */
export class CsvFile {
  readonly #file: string
  readonly #swept: readonly string[]

  constructor(file: string, swept: readonly string[]) {
    this.#file = file
    this.#swept = swept
    writeFileSync(file, csvHead(swept))
  }

  add(swept: Readonly<Record<string, string | number | boolean>>, result: RunResult): void {
    appendFileSync(this.#file, csvLine(this.#swept, swept, result))
  }
}

/**
 * Charts and tables at the end. The library of charts is loaded only here, as it takes a while.
 * @param chart which one, for SVG
 */
export async function writeReport(
  file: string,
  form: Exclude<Form, '.csv'>,
  report: Report,
  chart: ChartName,
): Promise<void> {
  writeFileSync(file, await textOf(form, report, chart))
}

async function textOf(form: Exclude<Form, '.csv'>, report: Report, chart: ChartName): Promise<string> {
  if (form === '.json') return (await import('./json.ts')).json(report)
  if (form === '.html') return (await import('./html.ts')).html(report)
  return (await import('./paper.ts')).paper(report, chart)
}
