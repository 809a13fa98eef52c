/** What came of an experiment: printed as it comes with --json, else as tables and charts at the end. */
import { appendFileSync } from 'node:fs'
import type { Cell } from '../../experiment/cell.ts'
import { Curves } from '../../experiment/curves.ts'
import { type Compared, differencesOf } from '../../experiment/differences.ts'
import { Verdicts } from '../../experiment/expect.ts'
import { resultLine } from '../../experiment/parallel/results-file.ts'
import type { Contender, Sweep } from '../../experiment/plan.ts'
import type { Done } from '../../experiment/run-one.ts'
import { onlyEstimates, Summary } from '../../experiment/summary.ts'
import { predictionsFor } from '../../experiment/theory.ts'
import { cantWrite } from '../../files/faults.ts'
import { loadMembers } from '../../loader/population.ts'
import { type Known, labelOf, type ReportRow, type RowVerdict, reportRow } from '../../report/report.ts'
import { toldFigures } from '../../report/shown-figures.ts'
import { printableLines } from '../../text/printable.ts'
import type { SimulationOptions } from '../option/simulation-options.ts'
import type { ReportFile, ReportOptions } from './report-file.ts'
import { meansText, resultText } from './results.ts'
import { complain, print, printJson, printOwn } from './terminal.ts'
import { costBars, curveChart } from './text-charts.ts'

export interface Asked extends SimulationOptions {
  readonly contenders: readonly Contender[]
  readonly sweeps: readonly Sweep[]
  readonly trace?: string
  /** The only run of each cell that is traced. */
  readonly traceRun?: number
  /** Was that option given, or is its value the default? */
  readonly isGiven: (name: string) => boolean
  readonly report?: ReportOptions
  /** Is it told how sure the means are, and which rows differ? */
  readonly tellsDifferences?: true
}

/** What is known of each cell so far. */
export class ExperimentResults {
  readonly #asked: Asked
  readonly #cells: readonly Cell[]
  readonly #rows = new Map<number, Known & { readonly verdicts: Verdicts }>()
  readonly #report: ReportFile | undefined
  /** Are curves drawn in the terminal? */
  readonly #draws: boolean
  /** Is there a run that is not in the curves? They would be those of the others alone then. */
  #lacksCurves = false
  count = 0

  constructor(asked: Asked, cells: readonly Cell[], report: ReportFile | undefined) {
    this.#asked = asked
    this.#cells = cells
    this.#report = report
    this.#draws = (process.stdout.isTTY || asked.charts === true) && !asked.json
  }

  /** The results file keeps them for a report that may be asked for later. */
  get wantsCurves(): boolean {
    return this.#draws || this.reportsCurves || this.#asked.resume !== undefined
  }

  get reportsCurves(): boolean {
    return this.#report?.wantsCurves === true
  }

  /** A result that was there already. */
  take(done: Done): void {
    const { cell, outcome, curve } = done
    this.count += 1
    this.#report?.add(done)
    const { strategy, options } = outcome
    const { swept } = this.#cells[cell]!
    const row = this.#rows.get(cell) ?? {
      strategy,
      options,
      swept,
      summary: new Summary(),
      curves: new Curves(),
      verdicts: new Verdicts(this.#asked.expect ?? []),
    }
    this.#rows.set(cell, row)
    row.summary.add(outcome)
    row.verdicts.see(outcome)
    // Of a value that never leaves its node the curve is flat.
    if (onlyEstimates(outcome)) return
    if (curve !== undefined) row.curves.add(curve)
    else this.#lacksCurves = true
  }

  /** A result that just came. */
  add(done: Done): void {
    this.take(done)
    const { cell, outcome, curve } = done
    const { swept } = this.#cells[cell]!
    const result = Object.keys(swept).length > 0 ? { ...outcome, swept } : outcome
    if (this.#asked.json) printJson(result)
    if (this.#asked.resume !== undefined && curve !== undefined)
      addTo(this.#asked.resume, resultLine(result, curve))
  }

  async print(): Promise<void> {
    for (const it of this.#rows.values()) this.#warn(it)
    if (!this.#asked.json) this.#sayPart()
    if (this.#rows.size === 0) return
    const unit = this.#asked.rounds ? 'rounds' : 'ms'
    const rows = await Promise.all([...this.#rows].map(([cell, it]) => rowOf(this.#cells[cell]!, it)))
    const curves = this.#draws && !this.#lacksCurves ? curveChart(rows, unit, hasColors()) : ''
    const charts = [curves, this.#draws ? costBars(rows) : ''].filter((it) => it !== '')
    const compared = this.#asked.tellsDifferences ? this.#compared() : []
    const means = this.#asked.tellsDifferences ? meansText(rows, compared, unit) : ''
    const texts = [...charts, ...[resultText(rows, unit), means].map(printableLines)].filter(
      (it) => it !== '',
    )
    if (!this.#asked.json) printOwn(texts.join('\n'))
    const written = await this.#report?.write(rows, compared, this.#verdicts())
    if (written !== undefined) complain(written)
  }

  #compared(): Compared[] {
    const summaries = [...this.#rows.values()].map(({ summary }) => summary)
    const told = summaries.map(toldFigures)
    return differencesOf(summaries, (row, figure) => told[row]![figure] !== undefined)
  }

  #verdicts(): RowVerdict[] {
    return [...this.#rows.values()].flatMap((row) =>
      row.verdicts.all(row.summary).map((it) => ({ label: labelOf(row), ...it })),
    )
  }

  /** The table of a part is not that of the whole. */
  #sayPart(): void {
    const { shard, runs } = this.#asked
    if (shard === undefined) return
    const all = this.#cells.length * runs
    const part = `part ${shard.index} of ${shard.count}: ${this.count === 0 ? 'none' : this.count} of ${all} runs`
    print(`${part}; with --json the outputs of all parts in a row are the whole`)
  }

  /** The medians, by row. */
  figures(): Record<string, Record<string, number>> {
    const rows = [...this.#rows.values()].map((row): [string, Record<string, number>] => [
      labelOf(row),
      Object.fromEntries(Object.entries(toldFigures(row.summary)).map(([name, it]) => [name, it.median])),
    ])
    return Object.fromEntries(rows)
  }

  /** A line for each bound that a cell violates. */
  violated(): string[] {
    return [...this.#rows.values()].flatMap((row) =>
      row.verdicts.violated(row.summary).map((it) => `${labelOf(row)}: ${it}`),
    )
  }

  /** A topology that is not connected is no fault, but it must not be hidden. */
  #warn(row: Known): void {
    const { unreachable } = row.summary
    if (unreachable === 0) return
    complain(`warning: ${labelOf(row)}: the topology is not connected, no way leads to ${unreachable} nodes`)
  }
}

/** @throws {Error} one line that names the file */
function addTo(file: string, text: string): void {
  try {
    appendFileSync(file, text)
  } catch (error) {
    throw cantWrite(file, error)
  }
}

/** Not where NO_COLOR is set, nor in a pipe. */
function hasColors(): boolean {
  return process.stdout.isTTY && process.stdout.hasColors()
}

async function rowOf({ members, settings }: Cell, known: Known): Promise<ReportRow> {
  return reportRow(known, predictionsFor(await loadMembers(members), settings))
}
