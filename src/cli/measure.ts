/** bin/gossip measure: the result record of recorded event streams. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Command } from 'commander'
import { json, WireFault } from '../daemon/wire.ts'
import { FIGURES } from '../experiment/summary.ts'
import { oneLine } from '../gossip/protocol.ts'
import { eventSchema, type GossipEvent } from '../measure/event.ts'
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

async function* readEvents(file: string): AsyncGenerator<GossipEvent> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    yield parseEvent(line, `${file}:${number}`)
  }
}

/** @throws {Error} one line with file and line number */
function parseEvent(line: string, where: string): GossipEvent {
  try {
    const parsed = eventSchema.safeParse(json(line))
    if (parsed.success) return parsed.data
    throw new WireFault(oneLine(parsed.error))
  } catch (error) {
    throw new Error(`${where} is not an event: ${(error as Error).message}`)
  }
}

/** Events don't tell which of them were faults. */
const MEASURED = FIGURES.filter((it) => it !== 'faults')
const HEAD = ['timestamp', 'nodes', 'infected', ...MEASURED]

function row(it: Measured): string[] {
  const figures = MEASURED.map((name) => String(Number(it[name].toPrecision(4))))
  return [String(it.timestamp), String(it.nodes), String(it.infected), ...figures]
}
