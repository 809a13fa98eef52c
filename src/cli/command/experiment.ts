/** Runs an experiment and prints what came of it: as it comes with --json, else as a table at the end. */
import { appendFileSync } from 'node:fs'
import { type Cell, type Experiment, type Part, shardOf } from '../../experiment/cell.ts'
import { Curves } from '../../experiment/curves.ts'
import { type Compared, differencesOf } from '../../experiment/differences.ts'
import { Verdicts } from '../../experiment/expect.ts'
import type { HowFar } from '../../experiment/parallel/progress-board.ts'
import { readFinished, resultLine } from '../../experiment/parallel/results-file.ts'
import { runAll, staysHere } from '../../experiment/parallel/run-all.ts'
import { withCurves } from '../../experiment/parallel/with-curves.ts'
import { type Contender, cellsOf, type Sweep } from '../../experiment/plan.ts'
import type { Done } from '../../experiment/run-one.ts'
import { onlyEstimates, Summary } from '../../experiment/summary.ts'
import { predictionsFor } from '../../experiment/theory.ts'
import { cantWrite } from '../../files/faults.ts'
import { loadMembers } from '../../loader/population.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { type Known, labelOf, type ReportRow, type RowVerdict, reportRow } from '../../report/report.ts'
import { toldFigures } from '../../report/shown-figures.ts'
import { printableLines } from '../../text/printable.ts'
import { fail } from '../main.ts'
import { runSettingsOf, type SimulationOptions } from '../option/simulation-options.ts'
import { costBars, curveChart } from '../output/charts.ts'
import { sayLeftOut } from '../output/left-out.ts'
import { Progress } from '../output/progress.ts'
import { ReportFile, type ReportOptions } from '../output/report-file.ts'
import { meansText, resultText } from '../output/results.ts'
import { complain, print, printJson, printOwn, shareStandardOutput } from '../output/terminal.ts'
import { TraceFile } from '../output/trace-file.ts'
import { tellWatcher, watchStrategies } from '../watch.ts'

/** Exit code after Ctrl-C, as a shell has it. */
const INTERRUPTED = 130

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

export async function runExperiment(asked: Asked): Promise<void> {
  shareStandardOutput({ '--trace': asked.trace, '--out': asked.report?.out }, asked.json)
  if (asked.watch) return watchStrategies(asked.contenders.flat().map(({ name }) => name))
  const cells = await cellsOf({
    contenders: asked.contenders,
    set: Object.fromEntries(asked.set ?? []),
    settings: runSettingsOf(asked, asked.sweeps, asked.isGiven),
    scenario: asked.scenario,
    sweeps: asked.sweeps,
  })
  sayLeftOut(cells.map((it) => it.settings.topology))
  const { runs, seed, traceRun } = asked
  if (traceRun !== undefined && asked.trace === undefined)
    throw new Error('--trace-run needs --trace FILE, to which it is written')
  if (traceRun !== undefined && traceRun >= runs)
    throw new Error(`there is no run ${traceRun} to trace: the ${runs} runs are 0 to ${runs - 1}`)
  const experiment: Experiment = { cells, runs, seed }
  const part = shardOf(experiment, asked.shard ?? { index: 1, count: 1 })
  const report = asked.report && (await ReportFile.open(asked.report, asked, cells))
  const results = new Results(asked, cells, report)
  for await (const done of finishedOf(asked, experiment, part, results.reportsCurves)) results.take(done)
  await runPart(asked, experiment, { from: part.from + results.count, to: part.to }, results)
  await traceOne(asked, experiment)
  await results.print()
  tellWatcher(results.figures())
  const violated = results.violated()
  if (violated.length > 0) fail(...violated)
}

/** What the results file holds already. @param curves does a report need their curves? */
function finishedOf(asked: Asked, experiment: Experiment, part: Part, curves: boolean): AsyncIterable<Done> {
  const { resume, report, workers } = asked
  if (resume === undefined) return noneDone()
  const finished = readFinished(resume, experiment, part)
  if (!curves) return finished
  const say = (): void => {
    complain(
      `${resume}: results without curves, which ${report?.out} is drawn from; these runs are run again`,
    )
  }
  return withCurves(finished, experiment, part, { workers, say })
}

async function* noneDone(): AsyncGenerator<Done> {}

/** That run is run once more, in this thread: it is the same run. */
async function traceOne({ trace: path, traceRun }: Asked, experiment: Experiment): Promise<void> {
  if (path === undefined || traceRun === undefined) return
  const file = new TraceFile(path)
  const how = { workers: 1, trace: (event: GossipEvent) => file.write(event) }
  try {
    for (const cell of experiment.cells.keys()) {
      const from = cell * experiment.runs + traceRun
      for await (const _done of runAll(experiment, { from, to: from + 1 }, how));
    }
  } finally {
    file.close()
  }
}

async function runPart(asked: Asked, experiment: Experiment, part: Part, results: Results): Promise<void> {
  const tracesAll = asked.trace !== undefined && asked.traceRun === undefined
  const trace = tracesAll ? new TraceFile(asked.trace!) : undefined
  const progress = new Progress(part.to - part.from, asked.rounds ? 'rounds' : 'ms')
  const interrupt = async (): Promise<void> => {
    progress.end()
    await results.print()
    process.exit(INTERRUPTED)
  }
  const how = {
    workers: asked.workers,
    curves: results.wantsCurves,
    // Of many runs nobody could read them.
    logs: experiment.runs === 1,
    trace: trace && ((event: GossipEvent) => trace.write(event)),
    progress: progress.isDrawn ? (underWay: readonly HowFar[]) => progress.show(underWay) : undefined,
  }
  // In this thread nobody would hear it before the end: it ends the process as it is.
  if (!staysHere(experiment, part, how)) process.once('SIGINT', interrupt)
  try {
    for await (const done of runAll(experiment, part, how)) {
      results.add(done)
      progress.done()
    }
  } finally {
    process.off('SIGINT', interrupt)
    progress.end()
    trace?.close()
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

/** What is known of each cell so far. */
class Results {
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

/** Not where NO_COLOR is set, nor in a pipe. */
function hasColors(): boolean {
  return process.stdout.isTTY && process.stdout.hasColors()
}

async function rowOf({ members, settings }: Cell, known: Known): Promise<ReportRow> {
  return reportRow(known, predictionsFor(await loadMembers(members), settings))
}
