/** bin/gossip measure: the result record of recorded event streams. */
import { Command } from 'commander'
import { readEvents } from '../loader/events.ts'
import type { GossipEvent } from '../measure/event.ts'
import { type Measured, measure } from '../measure/from-events.ts'
import { table } from './table.ts'

export const measureCommand = new Command('measure')
  .description("Measures recorded events: of a simulation's --trace, or of nodes' watch.")
  .argument('<file...>', 'one event a line; the files of one run together')
  .option('--json', 'print one JSON object a value')
  .addHelpText(
    'after',
    '\nExample:\n  bin/gossip simulate --strategy push --trace run.jsonl && bin/gossip measure run.jsonl',
  )
  .action(runMeasure)

async function runMeasure(files: readonly string[], { json: asJson }: { json?: true }): Promise<void> {
  const events: GossipEvent[] = []
  for (const file of files) for await (const event of readEvents(file)) events.push(event)
  const results = measure(events)
  if (results.length === 0) throw new Error('no client handed in a value in these events')
  if (asJson) for (const result of results) console.log(JSON.stringify(result))
  else console.log(table(HEAD, results.map(row)))
}

const HEAD = [
  'timestamp',
  'nodes',
  'infected',
  'residue',
  'traffic',
  'control',
  'tAverage',
  'tLast',
  'hopsLast',
  'duplicates',
]

function row(it: Measured): string[] {
  const { timestamp, nodes, infected, residue, traffic, control, tAverage, tLast, hopsLast, duplicates } = it
  const figures = [residue, traffic, control, tAverage, tLast, hopsLast, duplicates].map((x) =>
    String(Number(x.toPrecision(4))),
  )
  return [String(timestamp), String(nodes), String(infected), ...figures]
}
