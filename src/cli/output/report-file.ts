/** compare --out: what an experiment is written to, besides the table in the terminal. */
import { basename } from 'node:path'
import type { Cell } from '../../experiment/cell.ts'
import type { Compared } from '../../experiment/differences.ts'
import type { Done } from '../../experiment/run-one.ts'
import { hasLoad } from '../../experiment/settings.ts'
import { isStandardOutput } from '../../files/output.ts'
import { optionsOf } from '../../gossip/population.ts'
import { loadMembers } from '../../loader/population.ts'
import { version } from '../../loader/version.ts'
import type { ChartName } from '../../report/chart-names.ts'
import type { RealRun, ReportRow, RowVerdict } from '../../report/report.ts'
import { optionTexts, settingTexts, type Texts } from '../../report/settings.ts'
import { sweptNumber } from '../../report/sweep-axis.ts'
import { CsvFile, type Form, writeReport } from '../../report/write.ts'
import type { SimulationOptions } from '../option/simulation-options.ts'

export interface ReportOptions {
  readonly out: string
  readonly form: Form
  readonly chart: ChartName
  readonly real: readonly RealRun[]
}

export class ReportFile {
  readonly #options: ReportOptions
  readonly #asked: SimulationOptions
  readonly #cells: readonly Cell[]
  readonly #form: Form
  readonly #texts: readonly Texts[]
  readonly #swept: readonly string[]
  readonly #csv: CsvFile | undefined

  /** @throws {Error} one line, if that file can't be written */
  static async open(
    options: ReportOptions,
    asked: SimulationOptions,
    cells: readonly Cell[],
  ): Promise<ReportFile> {
    const { chart, form } = options
    if (form === '.svg' && chart.startsWith('sweep') && sweptNumber(cells) === undefined)
      throw new Error(`chart ${chart}: no numbers were swept`)
    const texts = cells.map(async ({ members, settings }) => ({
      ...settingTexts(settings, asked.scenario),
      ...optionTexts(optionsOf(await loadMembers(members))),
    }))
    return new ReportFile(options, asked, cells, await Promise.all(texts))
  }

  private constructor(
    options: ReportOptions,
    asked: SimulationOptions,
    cells: readonly Cell[],
    texts: readonly Texts[],
  ) {
    this.#options = options
    this.#asked = asked
    this.#cells = cells
    this.#texts = texts
    this.#form = options.form
    this.#swept = namesOf(cells.map((it) => it.swept))
    const columns = {
      swept: this.#swept,
      settings: namesOf(texts),
      hasLoad: cells.some((it) => hasLoad(it.settings)),
    }
    this.#csv = this.#form === '.csv' ? new CsvFile(options.out, columns) : undefined
  }

  get wantsCurves(): boolean {
    return !this.#form.endsWith('.csv')
  }

  add({ cell, outcome }: Done): void {
    this.#csv?.add(this.#cells[cell]!.swept, outcome, this.#texts[cell]!)
  }

  /** @returns what it says of it: a line; nothing where it stands on the screen itself */
  async write(
    rows: readonly ReportRow[],
    compared: readonly Compared[],
    verdicts: readonly RowVerdict[],
  ): Promise<string | undefined> {
    const { out, chart, real } = this.#options
    if (this.#csv === undefined) {
      const report = {
        title: [...new Set(rows.map(({ strategy }) => strategy))].join(', '),
        command: typed(),
        version: version(),
        seed: this.#asked.seed,
        unit: this.#asked.rounds ? 'rounds' : 'ms',
        settings: this.#settings(),
        rows,
        compared,
        verdicts,
        real,
      }
      await writeReport(out, this.#form, report, chart)
    }
    return isStandardOutput(out) ? undefined : `written to ${out}`
  }

  /** All but what is swept, which stands in each row, and the strategies' options, which stand there, too. */
  #settings(): Record<string, string> {
    const { scenario, runs } = this.#asked
    const all = { runs: String(runs), ...settingTexts(this.#cells[0]!.settings, scenario) }
    return Object.fromEntries(Object.entries(all).filter(([name]) => !this.#swept.includes(name)))
  }
}

function namesOf(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(records.flatMap((it) => Object.keys(it)))]
}

/** This very command, as one can type it in a shell. */
function typed(): string {
  const [, program = '', ...words] = process.argv
  const quoted = words.map((it) => (/^[\w@%+=:,./-]+$/.test(it) ? it : `'${it.replaceAll("'", "'\\''")}'`))
  return [`bin/${basename(program)}`, ...quoted].join(' ')
}
