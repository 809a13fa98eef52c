/** Runs an experiment: what is done already, then the rest, and what of it is traced. */
import { type Experiment, type Part, shardOf } from '../experiment/cell.ts'
import type { HowFar } from '../experiment/parallel/progress-board.ts'
import { readFinished } from '../experiment/parallel/results-file.ts'
import { runAll, staysHere } from '../experiment/parallel/run-all.ts'
import { withCurves } from '../experiment/parallel/with-curves.ts'
import { cellsOf } from '../experiment/plan.ts'
import type { Done } from '../experiment/run-one.ts'
import type { GossipEvent } from '../measure/event.ts'
import { handlerTimeout } from './handler-timeout.ts'
import { holdExit } from './hold-exit.ts'
import { fail } from './main.ts'
import { givenSettings } from './option/simulation-options.ts'
import { sayLeftOut } from './output/edge-warnings.ts'
import { type Asked, ExperimentResults } from './output/experiment-results.ts'
import { Progress } from './output/progress.ts'
import { ReportFile } from './output/report-file.ts'
import { complain, shareStandardOutput } from './output/terminal.ts'
import { TraceFile } from './output/trace-file.ts'
import { tellWatcher, watchStrategies } from './rerun-on-save.ts'

/** Exit code after Ctrl-C, as a shell has it. */
const INTERRUPTED = 130

export async function runExperiment(asked: Asked): Promise<void> {
  shareStandardOutput({ '--trace': asked.trace, '--out': asked.report?.out }, asked.json)
  if (asked.watch)
    return watchStrategies([...asked.contenders.flat().map(({ name }) => name), ...membershipsOf(asked)])
  const earned = asked.expect === undefined ? () => {} : holdExit()
  const cells = await cellsOf({
    contenders: asked.contenders,
    set: Object.fromEntries(asked.set ?? []),
    settings: givenSettings(asked, asked.sweeps, asked.isGiven),
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
  const results = new ExperimentResults(asked, cells, report)
  for await (const done of finishedOf(asked, experiment, part, results.reportsCurves)) results.take(done)
  await runPart(asked, experiment, { from: part.from + results.count, to: part.to }, results)
  await traceOne(asked, experiment)
  await results.print()
  tellWatcher(results.figures())
  const violated = results.violated()
  if (violated.length > 0) fail(violated)
  earned()
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
  return withCurves(finished, experiment, part, { workers, timeout: handlerTimeout(), say })
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

async function runPart(
  asked: Asked,
  experiment: Experiment,
  part: Part,
  results: ExperimentResults,
): Promise<void> {
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
    timeout: handlerTimeout(),
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

/** Those that are named, whether one or swept. */
function membershipsOf({ membership, sweeps }: Asked): string[] {
  const swept = sweeps.filter(({ name }) => name === 'membership').flatMap(({ values }) => values)
  return [...(membership === undefined ? [] : [membership]), ...swept.map(String)]
}
