/** bin/gossip measure: the result record of recorded event streams. */
import { Command } from 'commander'
import { FIGURES } from '../experiment/summary.ts'
import { eventsInOrder } from '../loader/in-order.ts'
import { type Measured, Measuring } from '../measure/from-events.ts'
import { table } from './table.ts'

export const measureCommand = new Command('measure')
  .description("Measures recorded events: of a simulation's --trace, or of nodes' watch.")
  .argument('<file...>', 'one event a line, in order of time; the files of one run together, of any size')
  .option('--json', 'print one JSON object a value')
  .addHelpText(
    'after',
    '\nExample:\n  bin/gossip simulate --strategy push --trace run.jsonl && bin/gossip measure run.jsonl',
  )
  .action(runMeasure)

async function runMeasure(files: readonly string[], { json: asJson }: { json?: true }): Promise<void> {
  const measuring = new Measuring()
  for await (const event of eventsInOrder(files)) measuring.see(event)
  const results = measuring.measured()
  if (results.length === 0) throw new Error('no client handed in a value in these events')
  if (asJson) for (const result of results) console.log(JSON.stringify(result))
  else console.log(table(HEAD, results.map(row)))
}

/** Events don't tell which of them were faults. */
const MEASURED = FIGURES.filter((it) => it !== 'faults')
const HEAD = ['timestamp', 'nodes', 'infected', ...MEASURED]

function row(it: Measured): string[] {
  const figures = MEASURED.map((name) => String(Number(it[name].toPrecision(4))))
  return [String(it.timestamp), String(it.nodes), String(it.infected), ...figures]
}
