/** bin/gossip compare: strategies side by side, under the same luck. */
import { Command, Option } from 'commander'
import type { Contender, Sweep } from '../../experiment/plan.ts'
import { SWEPT } from '../../experiment/settings.ts'
import { CHART_NAMES, type ChartName } from '../../report/chart-names.ts'
import { realRuns } from '../../report/recorded-runs.ts'
import type { RealRun } from '../../report/report.ts'
import { FORMS, type Form, formOf } from '../../report/write.ts'
import { parseMix } from '../option/mix.ts'
import { byFunction } from '../option/parse.ts'
import { addSimulationOptions, givenBy, type SimulationOptions } from '../option/simulation-options.ts'
import { parseSweep } from '../option/sweep.ts'
import type { ReportOptions } from '../output/report-file.ts'
import { runExperiment } from '../run-experiment.ts'

interface CompareOptions extends SimulationOptions {
  readonly mix?: readonly Contender[]
  readonly sweep?: readonly Sweep[]
  readonly out?: string
  readonly format?: Form
  readonly chart: ChartName
  readonly real?: readonly string[]
}

const command = new Command('compare')
  .description('Runs strategies side by side in the simulator, all under the same luck.')
  .argument('[name|file.ts...]', 'the strategies')
  .option(
    '--sweep <name=values>',
    `a setting (${SWEPT.join(', ')}) or an option of the strategies that takes several values; repeatable, several multiply`,
    parseSweep,
  )
  .option(
    '--mix <name:weight,...>',
    'one more contender, in which some nodes run this and some that; repeatable',
    (text: string, before: readonly Contender[] = []) => [...before, byFunction(parseMix)(text)],
  )

export const compareCommand = addSimulationOptions(command, 20)
  .option(
    '--out <file>',
    'write a report (.html), one chart (.svg), a line a run (.csv), a line a figure (.summary.csv) or data (.json); its ending says which; -: to standard output',
  )
  .addOption(
    new Option(
      '--format <ending>',
      'what --out is, where it is a pipe or ends otherwise (of a pipe: csv)',
    ).argParser(byFunction(parseForm)),
  )
  .addOption(new Option('--chart <name>', 'the chart of an .svg').choices(CHART_NAMES).default('curve'))
  .option(
    '--real <file>',
    'lay a recorded run of real nodes over the curves, in .html, .svg and .json; repeatable',
    (file: string, before: readonly string[] = []) => [...before, file],
  )
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip compare push pull push-pull rumor plumtree --nodes 1000 --runs 20
  bin/gossip compare infect-and-die --sweep fanout=1..6
  bin/gossip compare push --sweep loss=0,0.1,0.3 --sweep topology=grid,small-world:4,0.1,full
  bin/gossip compare push-sum rumor --rounds --sweep nodes=100,1000 --sweep topology=line,grid
  bin/gossip compare push --mix push:50,silent:50
  bin/gossip compare push push-pull --nodes 1000 --out report.html`,
  )
  .action(runCompare)

async function runCompare(
  names: readonly string[],
  options: CompareOptions,
  command: Command,
): Promise<void> {
  const { mix = [], sweep = [], ...rest } = options
  const contenders = [...names.map((name) => [{ name, weight: 1 }]), ...mix]
  if (contenders.length === 0)
    throw new Error('names no strategy to compare; `bin/gossip strategies` lists them')
  await runExperiment({
    ...rest,
    contenders,
    sweeps: sweep,
    tellsDifferences: true,
    report: await reportOf(options),
    isGiven: givenBy(command),
  })
}

/** "csv" or ".csv". @throws {Error} one line */
function parseForm(text: string): Form {
  const form = FORMS.find((it) => it === text || it === `.${text}`)
  if (form === undefined) throw new Error(`must be one of ${FORMS.map((it) => it.slice(1)).join(', ')}`)
  return form
}

/** @throws {Error} one line: what can't go together, or a recording that is none */
async function reportOf({
  out,
  format,
  chart,
  real = [],
  rounds,
}: CompareOptions): Promise<ReportOptions | undefined> {
  if (real.length > 0 && out === undefined) throw new Error('--real needs --out: it is laid over its curves')
  if (real.length > 0 && rounds) throw new Error('--real is in ms: leave --rounds out')
  if (out === undefined && format !== undefined) throw new Error('--format needs --out: it says what that is')
  if (out === undefined) return undefined
  const form = formOf(out, format)
  const runs: RealRun[][] = []
  for (const file of real) runs.push(await realRuns(file))
  return { out, form, chart, real: runs.flat() }
}
