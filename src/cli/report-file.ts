/** compare --out: what an experiment is written to, besides the table in the terminal. */
import { basename } from 'node:path'
import type { Cell } from '../experiment/cell.ts'
import type { Done } from '../experiment/run-one.ts'
import { nameOfTopology } from '../network/topology/topology.ts'
import type { ChartName } from '../report/names.ts'
import type { RealRun, ReportRow } from '../report/report.ts'
import { sweptNumber } from '../report/swept.ts'
import { CsvFile, type Form, formOf, writeReport } from '../report/write.ts'
import type { SimulationOptions } from './simulation-options.ts'

export interface ReportOptions {
  readonly out: string
  readonly chart: ChartName
  readonly real: readonly RealRun[]
}

export class ReportFile {
  readonly #options: ReportOptions
  readonly #asked: SimulationOptions
  readonly #cells: readonly Cell[]
  readonly #form: Form
  readonly #csv: CsvFile | undefined

  /** @throws {Error} one line, if that file can't be written */
  constructor(options: ReportOptions, asked: SimulationOptions, cells: readonly Cell[]) {
    this.#options = options
    this.#asked = asked
    this.#cells = cells
    this.#form = formOf(options.out)
    const { chart } = options
    if (this.#form === '.svg' && chart.startsWith('sweep') && sweptNumber(cells) === undefined)
      throw new Error(`chart ${chart}: no numbers were swept`)
    const swept = [...new Set(cells.flatMap((it) => Object.keys(it.swept)))]
    this.#csv = this.#form === '.csv' ? new CsvFile(options.out, swept) : undefined
  }

  get wantsCurves(): boolean {
    return this.#csv === undefined
  }

  add({ cell, outcome }: Done): void {
    this.#csv?.add(this.#cells[cell]!.swept, outcome)
  }

  /** @returns what it says of it: a line */
  async write(rows: readonly ReportRow[]): Promise<string> {
    const { out, chart, real } = this.#options
    if (this.#form !== '.csv') {
      const report = {
        title: [...new Set(rows.map(({ strategy }) => strategy))].join(', '),
        command: typed(),
        seed: this.#asked.seed,
        unit: this.#asked.rounds ? 'rounds' : 'ms',
        settings: settingsOf(this.#asked, rows),
        rows,
        real,
      }
      await writeReport(out, this.#form, report, chart)
    }
    return `written to ${out}`
  }
}

/** Those that all rows share: what is swept stands in each row. */
function settingsOf(asked: SimulationOptions, rows: readonly ReportRow[]): Record<string, string> {
  const { nodes, runs, rounds, period, loss, duplicate, crash, topology, scenario } = asked
  const shares = Object.entries({ loss, duplicate, crash }).filter(([, share]) => share > 0)
  const all: Record<string, string> = {
    nodes: String(nodes),
    runs: String(runs),
    ...(rounds ? { time: 'in rounds' } : { period: `${period} ms` }),
    ...Object.fromEntries(shares.map(([name, share]) => [name, String(share)])),
    topology: nameOfTopology(topology),
    ...(scenario === undefined ? {} : { scenario }),
  }
  const isSwept = (name: string): boolean => rows.some(({ swept }) => Object.hasOwn(swept, name))
  return Object.fromEntries(Object.entries(all).filter(([name]) => !isSwept(name)))
}

/** This very command, as one can type it in a shell. */
function typed(): string {
  const [, program = '', ...words] = process.argv
  const quoted = words.map((it) => (/^[\w@%+=:,./-]+$/.test(it) ? it : `'${it.replaceAll("'", "'\\''")}'`))
  return [`bin/${basename(program)}`, ...quoted].join(' ')
}
