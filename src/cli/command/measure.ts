/** bin/gossip measure: the result record of recorded event streams. */
import { Command } from 'commander'
import { measureFiles } from '../../loader/measure-files.ts'
import type { ClockOffsets } from '../../measure/clock-offsets.ts'
import { COUNTED } from '../../measure/figures.ts'
import type { Measured, MeasuredPeers } from '../../measure/from-events.ts'
import { OVERLAY_FIGURES, overlayNumbers } from '../../measure/overlay-table.ts'
import { digits } from '../../report/format.ts'
import { table } from '../output/table.ts'
import { print, printJson } from '../output/terminal.ts'

export const measureCommand = new Command('measure')
  .description("Measures recorded events: of a simulation's or a cluster's --trace, or of nodes' watch.")
  .argument('<file...>', 'one event a line, in order of time; the files of one run together, of any size')
  .option('--json', 'print one JSON object a value')
  .addHelpText(
    'after',
    `
A line a value that a client handed in; of several runs that one --trace recorded, run by run. Where
each node with a membership was recorded from its start on the overlay, too: who could pick whom as
it ended. Not told by events, and so left out: faults, how a run ended, and when the last estimate
was made (after).
Nodes whose clocks differ (up to 20,000 nodes) are put right by the messages between them, and by
how much is said.
A recording may end with its cluster: where at the end no node runs, the figures are those from
before the last departures, which are no more than 2 s apart. Who was killed, or left while others
went on, is dead.

Example:
  bin/gossip simulate --strategy push --trace run.jsonl && bin/gossip measure run.jsonl`,
  )
  .action(runMeasure)

async function runMeasure(files: readonly string[], { json: asJson }: { json?: true }): Promise<void> {
  const { courses, peers, offsets } = await measureFiles(files)
  const results = courses.map((it) => it.measured)
  if (results.length === 0 && peers.length === 0)
    throw new Error('no client handed in a value in these events')
  if (asJson) {
    for (const result of results.length === 0 ? peers : results) printJson(result)
    return
  }
  if (results.length > 0) printValues(results)
  if (peers.length > 0) print(`${results.length > 0 ? '\n' : ''}${overlayTable(peers)}`)
  if (offsets !== undefined) print(`\n${inWords(offsets)}`)
}

function printValues(results: readonly Measured[]): void {
  const isMarked = results.some((it) => it.run !== undefined)
  const columns = COLUMNS.filter((it) => results.some((result) => result[it] !== undefined))
  print(
    table(
      [...(isMarked ? MARKS : []), 'timestamp', 'nodes', ...columns],
      results.map((it) => row(it, isMarked, columns)),
    ),
  )
  const estimates = results.flatMap(estimateRows)
  if (estimates.length > 0) print(`\n${table(ESTIMATES, estimates)}`)
}

/** A line a run. */
function overlayTable(peers: readonly MeasuredPeers[]): string {
  const rows = peers.map((it) => ({ whose: whoseRun(it), figures: overlayNumbers(it) }))
  const names = OVERLAY_FIGURES.filter((it) => rows.some(({ figures }) => figures[it] !== undefined))
  return table(
    ['overlay', ...names],
    rows.map(({ whose, figures }) => [whose, ...names.map((it) => shown(figures[it]))]),
  )
}

function whoseRun({ strategy = '', run }: Pick<Measured, 'strategy' | 'run'>): string {
  return run === undefined ? '' : `${strategy} run ${run}`
}

function shown(figure: number | undefined): string {
  return figure === undefined ? '-' : String(digits(figure))
}

const MARKS = ['strategy', 'run']
const COLUMNS = ['values', 'infected', ...COUNTED] as const
/** Shown in full. */
const COUNTS: ReadonlySet<string> = new Set(['values', 'infected'])
const ESTIMATES = ['estimates', 'of', 'least', 'greatest', 'truth', 'error']

function row(it: Measured, isMarked: boolean, columns: readonly (typeof COLUMNS)[number][]): string[] {
  const marks = isMarked ? [it.strategy ?? '', String(it.run ?? '')] : []
  const figures = columns.map((name) => {
    const value = it[name]
    return value === undefined ? '-' : String(COUNTS.has(name) ? value : Number(value.toPrecision(4)))
  })
  return [...marks, String(it.timestamp), String(it.nodes), ...figures]
}

function estimateRows(it: Measured): string[][] {
  return Object.entries(it.reports ?? {}).map(([name, { least, greatest, truth, error }]) => [
    whoseRun(it),
    name,
    ...[least, greatest, truth, error].map(shown),
  ])
}

function inWords({ apart, within }: ClockOffsets): string {
  const [ms, most] = [apart, within ?? 0].map((it) => Number(it.toPrecision(3)))
  if (within === null)
    return `the nodes' clocks are at least ${ms} ms apart: times are corrected by what messages tell, which went only one way between some nodes`
  return `the nodes' clocks are about ${ms} ms apart: times are corrected, and right to ${most} ms`
}
